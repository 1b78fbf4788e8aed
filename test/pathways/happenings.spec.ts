import { ActivitiesService } from '../../src/modules/activities';
import { AgendaCheck, AgendaService } from '../../src/modules/agenda';
import { InformationService } from '../../src/modules/participants';
import { EnrolmentsService, StepsService } from '../../src/modules/pathways';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Browser, type TestApp } from '../support/app';
import { SettableClock } from '../support/clock';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, wordsOf } from '../support/html';
import { requirement, smallProtocol, step } from './small-protocol';

let app: TestApp;
let world: World;
let ana: Browser;
let person: string;
let id: string;
const clock = new SettableClock();
beforeAll(async () => { app = await startApp({ clock }); });
afterAll(() => app.close());

/** The small protocol, in which a job that begins leads to its end: told by whom it happened to, and met twice. */
const protocol = (version: number): object => {
  const { steps, ...rest } = smallProtocol({ version });
  return { ...rest, steps: [...steps.filter(({ key }) => key !== 'finish'), step('finish', ['admitted', 'working'], 'done', [requirement('informed', 'informed'), requirement('meetings', 'activities', { count: 2 })], { on: 'placement-started' })] };
};
const adopt = async (version: number): Promise<string> => {
  const editor = await app.api(world.editor);
  const made = ((await editor.post('/api/v1/protocols', { document: JSON.stringify(protocol(version)) }).expect(201)).body as { protocol: { id: string } }).protocol.id;
  await editor.post(`/api/v1/protocols/${made}/publication`, { version: 1 }).expect(204);
  await (await app.as(world.administrator)).post(`/protocols/${made}/adoption`, { versionId: made, programmeId: world.programme }).expect(303);
  return made;
};
const happened = (on = '2026-03-02'): Promise<boolean> => {
  const system = Actor.system('placements', world.service, { zone: 'Europe/Paris' });
  return app.database.write(system, () => app.get(StepsService).happened(system, id, 'placement-started', on));
};
const missing = (): Promise<[string, string, string][]> => app.acting(world.ana, async (actor) =>
  (await app.get(AgendaService).openOf(actor, person)).filter(({ kind }) => kind === 'condition-missing').map(({ key, fromOn, dueOn }): [string, string, string] => [key.split(':')[2]!, fromOn, dueOn]).sort());
const stage = async (): Promise<string> => (await app.acting(world.ana, (actor) => app.get(EnrolmentsService).get(actor, id))).stage;
const take = (key: string, more: object = {}): Promise<void> => app.acting(world.ana, async (actor) => app.get(StepsService).take(actor, id, { step: key, version: (await app.get(EnrolmentsService).get(actor, id)).version, ...more }));
const meet = (): Promise<string> => app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { participantIds: [person], kind: 'interview', minutes: 30, outcome: 'done' }));
const inform = (willing: 'yes' | 'no' = 'yes'): Promise<string> => app.acting(world.ana, (actor) => app.get(InformationService).inform(actor, person, { givenOn: '2026-03-02', format: 'plain', willing }));

beforeEach(async () => {
  clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  await adopt(7);
  person = await aParticipant(app, world.ana);
  id = await app.acting(world.ana, (actor) => app.get(EnrolmentsService).open(actor, person, { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-02-20' }));
  await inform();
  await take('admit');
});
// Whatever a test did, the agenda says what the facts say.
afterEach(async () => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
});

describe('what happens elsewhere', () => {
  it('takes the step that answers it, where nothing is missing', async () => {
    await meet();
    await meet();
    expect(await happened()).toBe(true);
    expect(await stage()).toBe('done');
    expect(await missing()).toEqual([]);
  });

  it('is kept where conditions are missing: they become dated tasks that lead to the step, and are done when their facts come', async () => {
    await inform('no');
    expect(await happened('2026-03-01')).toBe(false);
    expect(await stage()).toBe('admitted');
    expect(await missing()).toEqual([['informed', '2026-03-02', '2026-03-16'], ['meetings', '2026-03-02', '2026-03-16']]);
    expect(await app.rows('select name, step, happened_on::text, learned_on::text from happening where enrolment_id = $1', [id])).toEqual([{ name: 'placement-started', step: 'finish', happened_on: '2026-03-01', learned_on: '2026-03-02' }]);
    const today = (await ana.get('/today').expect(200)).text;
    expect(wordsOf(today)).toContain('Missing: meetings');
    expect(addressesOf(today)).toContain(`/participants/${person}/pathway/${id}/steps/finish`);
    expect(wordsOf((await ana.get(`/participants/${person}/opened`)).text)).toContain('placements');

    await inform('yes');
    expect(await missing()).toEqual([['meetings', '2026-03-02', '2026-03-16']]);
    await meet();
    expect((await missing()).map(([key]) => key)).toEqual(['meetings']);
    await meet();
    expect(await missing()).toEqual([]);
    expect(await app.rows("select outcome from agenda_entry where enrolment_id = $1 and kind = 'condition-missing'", [id])).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  it('asks again when a fact goes, once for each condition however often it happens, and no more once the step is taken', async () => {
    expect(await happened()).toBe(false);
    clock.advance({ days: 3 });
    app.forget(world.ana);
    expect(await happened()).toBe(false);
    expect(await missing()).toEqual([['meetings', '2026-03-02', '2026-03-16']]);
    const first = await meet();
    await meet();
    expect(await missing()).toEqual([]);
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).withdraw(actor, first, { reason: 'another person', version: 1 }));
    expect((await missing()).map(([key]) => key)).toEqual(['meetings']);
    await meet();
    await take('finish');
    expect(await missing()).toEqual([]);
    expect(await stage()).toBe('done');
  });

  it('asks nothing of who leaves, and again when leaving was a mistake', async () => {
    await happened();
    await take('leave', { reason: 'moved' });
    expect(await missing()).toEqual([]);
    await app.acting(world.ana, async (actor) => app.get(StepsService).annul(actor, id, { reason: 'the wrong person', version: (await app.get(EnrolmentsService).get(actor, id)).version }));
    expect((await missing()).map(([key]) => key)).toEqual(['meetings']);
  });

  it('asks nothing under a version that has no such step', async () => {
    await happened();
    const manager = await app.api(world.manager);
    const { version } = (await manager.get(`/api/v1/enrolments/${id}`)).body as { version: number };
    const plainer = await (async () => {
      const editor = await app.api(world.editor);
      const made = ((await editor.post('/api/v1/protocols', { document: JSON.stringify(smallProtocol({ version: 8 })) }).expect(201)).body as { protocol: { id: string } }).protocol.id;
      await editor.post(`/api/v1/protocols/${made}/publication`, { version: 1 }).expect(204);
      await (await app.as(world.administrator)).post(`/protocols/${made}/adoption`, { versionId: made, programmeId: world.programme }).expect(303);
      return made;
    })();
    await manager.post(`/api/v1/enrolments/${id}/protocol`, { versionId: plainer, reason: 'simpler', version }).expect(204);
    expect(await missing()).toEqual([]);
  });
});
