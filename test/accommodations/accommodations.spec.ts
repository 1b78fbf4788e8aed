import { AgendaCheck } from '../../src/modules/agenda';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let awa: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
});

const day = (name: string, value: string): Record<string, string> => {
  const [year, month, date] = value.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const NEED = { need: 'Standing for more than half an hour\nis hard', kind: 'tools', raisedBy: 'worker' };
const api = async (): Promise<Awaited<ReturnType<TestApp['api']>>> => app.api(world.ana);
const raised = async (more: object = {}): Promise<string> =>
  ((await (await api()).post(`/api/v1/participants/${awa}/needs`, { ...NEED, raisedOn: '2026-03-01', ...more }).expect(201)).body as { id: string }).id;
const tasks = (): Promise<{ due_on: string; params: object }[]> =>
  app.rows("select due_on::text, params from agenda_entry where participant_id = $1 and kind = 'need-unseen' and done_on is null", [awa]);
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};
async function hired(firstDayOn: string): Promise<string> {
  const employerId = newId();
  await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Bakery', 'bakery', 'FR', now())", [employerId, world.service]);
  return app.acting(world.ana, async (actor) => {
    const placements = app.get(PlacementsService);
    const id = await placements.plan(actor, awa, { employerId, title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' });
    await placements.start(actor, awa, id, { firstDayOn, evidence: 'worker-word', version: 1 });
    return id;
  });
}

describe('a need at work', () => {
  it('is noted in the words of the person, shown, seen to by somebody, and settled', async () => {
    expect(wordsOf((await ana.get(`/participants/${awa}/needs/new`).expect(200)).text)).toContain('Never the medical reason, nor a diagnosis.');
    const sent = await ana.post(`/participants/${awa}/needs`, { ...NEED, ...day('raisedOn', '2026-03-01') }).expect(303);
    const page = (await ana.get(sent.headers.location as string).expect(200)).text;
    expect(page).toContain('Standing for more than half an hour\nis hard');
    expect(wordsOf(page)).toContain('It lacks somebody who sees to it, or an interim measure');
    const id = (sent.headers.location as string).split('/').at(-1)!;
    const edited = { ...NEED, ...day('raisedOn', '2026-03-01'), owner: 'other', ownerName: 'Ms Petit', interim: 'A stool from the break room', ...day('interimFromOn', '2026-03-02'), version: '1' };
    await ana.post(`/participants/${awa}/needs/${id}/edit`, edited).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}/needs/${id}`).expect(200)).text)).toContain('Somebody else · Ms Petit');
    await ana.post(`/participants/${awa}/needs/${id}/settle`, { state: 'in-place', ...day('stateOn', '2026-03-02'), version: '2' }).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}/needs`).expect(200)).text)).toContain('In place · Somebody else · Ms Petit · meanwhile: A stool from the break room');
  });

  it('says field by field what makes no sense, and keeps what was typed', async () => {
    const refused = await ana.post(`/participants/${awa}/needs`, {
      ...NEED, kind: 'illness', ...day('raisedOn', '2026-03-03'), ...day('agreedOn', '2026-02-01'), ownerName: 'Ms Petit', interim: 'A stool',
    }).expect(422);
    for (const field of ['kind', 'raisedOn', 'owner', 'interimFromOn']) expect(refused.text).toContain(`href="#${field}"`);
    expect(refused.text).toContain('is hard');
    await (await api()).post(`/api/v1/participants/${awa}/needs`, { ...NEED, raisedOn: '2026-03-01', agreedOn: '2026-02-01' }).expect(422);
    await (await api()).post(`/api/v1/participants/${awa}/needs`, { ...NEED, raisedOn: '2026-03-01', placementId: newId() }).expect(422);
    await (await api()).post(`/api/v1/participants/${awa}/needs`, { ...NEED, raisedOn: '2026-03-01', owner: 'other' }).expect(422);
  });

  it('becomes a dated task once the person works, and is done when somebody sees to it and something stands meanwhile', async () => {
    const id = await raised();
    expect(await tasks()).toEqual([]);
    await hired('2026-02-20');
    expect(await tasks()).toEqual([{ due_on: '2026-03-08', params: { missing: 'owner' } }]);
    expect(await differences()).toEqual([]);
    const caller = await api();
    await caller.put(`/api/v1/participants/${awa}/needs/${id}`, { ...NEED, raisedOn: '2026-03-01', owner: 'coach', version: 1 }).expect(200);
    expect(await tasks()).toMatchObject([{ params: { missing: 'interim' } }]);
    await caller.put(`/api/v1/participants/${awa}/needs/${id}`, { ...NEED, raisedOn: '2026-03-01', owner: 'coach', interim: 'A stool', interimFromOn: '2026-03-02', version: 2 }).expect(200);
    expect(await tasks()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('of a job goes with the job', async () => {
    const job = await hired('2026-02-20');
    await raised({ placementId: job });
    expect(await tasks()).toHaveLength(1);
    await app.acting(world.ana, (actor) => app.get(PlacementsService).annul(actor, awa, job, { reason: 'typed twice', version: 2 }));
    expect(await tasks()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('stands in nobody else’s file, and a stale edit shows both values', async () => {
    const id = await raised();
    const other = await aParticipant(app, world.ana);
    await ana.get(`/participants/${other}/needs/${id}`).expect(404);
    const ben = await app.as(world.ben);
    await ben.get(`/participants/${awa}/needs/${id}`).expect(404);
    await ben.post(`/participants/${awa}/needs`, { ...NEED, ...day('raisedOn', '2026-03-01') }).expect(404);
    const caller = await api();
    await caller.put(`/api/v1/participants/${awa}/needs/${id}`, { ...NEED, kind: 'time', raisedOn: '2026-03-01', version: 1 }).expect(200);
    const stale = await caller.put(`/api/v1/participants/${awa}/needs/${id}`, { ...NEED, kind: 'tasks', raisedOn: '2026-03-01', version: 1 }).expect(409);
    expect(stale.body).toMatchObject({ now: { kind: 'time' }, sent: { kind: 'tasks' } });
    const again = await ana.post(`/participants/${awa}/needs/${id}/edit`, { ...NEED, kind: 'premises', ...day('raisedOn', '2026-03-01'), version: '1' }).expect(409);
    expect(wordsOf(again.text)).toContain('Hours and breaks');
  });

  it('is noted once, however often the form is sent', async () => {
    const same = { _key: 'double-click-1', ...NEED, ...day('raisedOn', '2026-03-01') };
    await ana.post(`/participants/${awa}/needs`, same).expect(303);
    await ana.post(`/participants/${awa}/needs`, same).expect(303);
    expect(await app.rows('select id from accommodation where participant_id = $1', [awa])).toHaveLength(1);
  });
});

describe('no need known', () => {
  it('is an answer, as long as none is open', async () => {
    await ana.post(`/participants/${awa}/needs/none-known`, day('answeredOn', '2026-03-02')).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}/needs`).expect(200)).text)).toContain('No need known: asked on 2 March 2026.');
    await raised();
    const refused = await ana.post(`/participants/${awa}/needs/none-known`, day('answeredOn', '2026-03-02')).expect(422);
    expect(wordsOf(refused.text)).toContain('one need is open. Note first where it stands');
    await (await api()).post(`/api/v1/participants/${awa}/needs/none-known`, { answeredOn: '2026-03-03' }).expect(422);
  });
});
