import { AccommodationsService } from '../../src/modules/accommodations';
import { AgendaCheck } from '../../src/modules/agenda';
import { EntryService, InformationService } from '../../src/modules/participants';
import { ENTRY_ITEMS } from '../../src/modules/participants/entry/entry-items';
import { EnrolmentsService, StepsService } from '../../src/modules/pathways';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob } from '../support/factories/placements';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
let awa: string;
let enrolment: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
/** Admitted on 10 January, and it is March. */
beforeEach(async () => {
  app.clock.set('2026-01-10T09:00:00Z');
  world = await app.world();
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' }));
  await app.acting(world.ana, async (actor) => {
    await app.get(InformationService).inform(actor, awa, { givenOn: '2026-01-10', format: 'plain', willing: 'yes' });
    await app.get(EntryService).answer(actor, awa, { version: 0, answers: ENTRY_ITEMS.map(({ key, options }) => ({ item: key, value: key === 'unemployed-for' ? 'not-concerned' : options[0]! })) });
    const { version } = await app.get(EnrolmentsService).get(actor, enrolment);
    await app.get(StepsService).take(actor, enrolment, { step: 'admit', version });
  });
  app.clock.set('2026-03-02T09:00:00Z');
});

const stage = (): Promise<string> => app.acting(world.ana, async (actor) => (await app.get(EnrolmentsService).get(actor, enrolment)).stage);
const ended = (id: string, lastDayOn: string): Promise<void> =>
  app.acting(world.ana, (actor) => app.get(PlacementsService).end(actor, awa, id, { lastDayOn, by: 'employer', reason: 'economic', version: 2 }));
const open = async (like: string): Promise<string[]> =>
  (await app.rows<{ key: string }>('select key from agenda_entry where participant_id = $1 and done_on is null and key like $2 order by key', [awa, like])).map(({ key }) => key.replace(/[0-9a-f-]{36}/, 'id'));
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};

it('follows the first day to the hire, and the end of the last job back to searching, with one talk to have', async () => {
  const first = await aJob(app, world.ana, awa, '2026-02-10');
  expect(await stage()).toBe('hired');
  const second = await aJob(app, world.ana, awa, '2026-02-20');
  await ended(first, '2026-02-28');
  expect(await stage()).toBe('hired');
  await ended(second, '2026-03-02');
  expect(await stage()).toBe('searching');
  expect(await open('%contact-after-job%')).toEqual(['placements.contact-after-job:id']);
  expect(await differences()).toEqual([]);
});

it('is no hire of who was in work when the support began: the job is entered with its real start', async () => {
  await aJob(app, world.ana, awa, '2019-09-01', { foundBy: 'already-there' });
  expect(await stage()).toBe('admitted');
  await app.acting(world.ana, async (actor) => {
    const { version } = await app.get(EnrolmentsService).get(actor, enrolment);
    await app.get(StepsService).take(actor, enrolment, { step: 'take-on-in-job', version });
  });
  expect(await stage()).toBe('sustaining');
  expect(await differences()).toEqual([]);
});

it('asks somebody to look where what a step rested on was entered in error', async () => {
  const id = await aJob(app, world.ana, awa, '2026-02-10');
  await app.acting(world.ana, (actor) => app.get(PlacementsService).annul(actor, awa, id, { reason: 'somebody else', version: 2 }));
  expect(await stage()).toBe('hired');
  expect(await open('pathways.evidence:%')).toHaveLength(1);
  expect(await differences()).toEqual([]);
});

describe('the task of the hire that asks about needs at work', () => {
  const needs = (): Promise<string[]> => open('pathways.task:%:needs');
  const asked = <T>(work: (actor: Actor, service: AccommodationsService) => Promise<T>): Promise<T> => app.acting(world.ana, (actor) => work(actor, app.get(AccommodationsService)));

  it('is done by the answer that none is known, said since the first day', async () => {
    await asked((actor, service) => service.noneKnown(actor, awa, { answeredOn: '2026-01-10' }));
    await aJob(app, world.ana, awa, '2026-02-10');
    expect(await needs()).toHaveLength(1);
    await asked((actor, service) => service.noneKnown(actor, awa, { answeredOn: '2026-03-02' }));
    expect(await needs()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('is done once somebody sees to each known need and something stands meanwhile', async () => {
    const NEED = { need: 'A place to sit', kind: 'premises', raisedBy: 'worker', raisedOn: '2026-01-10' } as const;
    const id = await asked((actor, service) => service.raise(actor, awa, NEED));
    await aJob(app, world.ana, awa, '2026-02-10');
    expect([await needs(), await open('accommodations.need:%')].map((one) => one.length)).toEqual([1, 1]);
    await asked((actor, service) => service.edit(actor, awa, id, { ...NEED, owner: 'employer', interim: 'A stool', interimFromOn: '2026-03-02', version: 1 }));
    expect([await needs(), await open('accommodations.need:%')]).toEqual([[], []]);
    expect(await differences()).toEqual([]);
  });

  it('does not open where all is seen to before the first day', async () => {
    const NEED = { need: 'A place to sit', kind: 'premises', raisedBy: 'worker', raisedOn: '2026-01-10', owner: 'coach', interim: 'A stool', interimFromOn: '2026-01-10' } as const;
    await asked((actor, service) => service.raise(actor, awa, NEED));
    await aJob(app, world.ana, awa, '2026-02-10');
    expect(await needs()).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});

it('asks for an agreement with the employer only while the person lets them know of the support', async () => {
  const task = (): Promise<string[]> => open('pathways.task:%:three-party-agreement');
  const decides = async (given: object): Promise<void> => { await (await app.api(world.ana)).post(`/api/v1/participants/${awa}/disclosure`, { decidedOn: app.clock.today('Europe/Paris'), format: 'plain', giver: 'self', ...given }).expect(201); };
  await aJob(app, world.ana, awa, '2026-02-10');
  expect(await task()).toHaveLength(1); // nobody has decided yet
  await decides({ answer: 'nothing' });
  expect(await task()).toEqual([]);
  expect(await differences()).toEqual([]);
  await decides({ answer: 'some', support: ['tutor'] });
  expect(await task()).toHaveLength(1);
  expect(await differences()).toEqual([]);
});

it('does not ask for it at all at the hire of who has said that the employer knows nothing', async () => {
  await (await app.api(world.ana)).post(`/api/v1/participants/${awa}/disclosure`, { answer: 'nothing', decidedOn: '2026-02-01', format: 'plain', giver: 'self' }).expect(201);
  await aJob(app, world.ana, awa, '2026-02-10');
  expect(await open('pathways.task:%:three-party-agreement')).toEqual([]);
  expect(await differences()).toEqual([]);
});
