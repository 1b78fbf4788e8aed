import { connected } from '../../src/platform/database/roles';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let awa: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  [ana, api] = [await app.as(world.ana), await app.api(world.ana)];
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
});

const owner = (statement: string): Promise<unknown> => connected(app.postgres.ownerUrl, (client) => client.query(statement));
const readings = (): Promise<{ action: string; participant_id: string | null }[]> =>
  app.rows("select action, participant_id from audit_event where actor_id = $1 and outcome = 'read' order by id", [world.ana.id]);

describe('what is read of one person', () => {
  it.each(['activities', 'agenda'])('is recorded as the opening of the file: %s', async (list) => {
    await api.post('/api/v1/activities', { participantIds: [awa], kind: 'phone', outcome: 'done', minutes: 15, note: 'Said in confidence' }).expect(201);
    const before = await readings();
    const { items } = (await api.get(`/api/v1/${list}?participantId=${awa}`).expect(200)).body as { items: unknown[] };
    expect(items.length).toBeGreaterThan(0);
    expect((await readings()).slice(before.length)).toEqual([{ action: 'participant.opened', participant_id: awa }]);
  });

  it.each([['an entry of the agenda, through the API', (id: string) => api.get(`/api/v1/agenda/${id}`)], ['the form that puts it off', (id: string) => ana.get(`/agenda/${id}/postpone`)]])('is recorded as well: %s', async (_, read) => {
    const [{ id }] = (await app.rows<{ id: string }>('select id from agenda_entry where participant_id = $1 limit 1', [awa])) as [{ id: string }];
    const before = await readings();
    await read(id).expect(200);
    expect((await readings()).slice(before.length)).toEqual([{ action: 'participant.opened', participant_id: awa }]);
    await (await app.api(world.ben)).get(`/api/v1/agenda/${id}`).expect(404);
  });

  it.each([['activities', 404], ['agenda', 200]])('is not recorded where nothing was shown: %s of a colleague\'s person', async (list, status) => {
    const bens = (await aReferredPerson(app, world, { coach: world.ben })).person;
    await api.get(`/api/v1/${list}?participantId=${bens}`).expect(status);
    expect(await readings()).toEqual([]);
  });
});

describe('who opened a file', () => {
  it('is one line a day for each colleague, with its hours and by whose clock, in the page and through the API', async () => {
    for (const minutes of [5, 25]) {
      app.clock.set(`2026-03-02T09:${String(minutes).padStart(2, '0')}:00Z`);
      for (const tab of ['profile', 'information', 'pathway']) await ana.get(`/participants/${awa}/${tab}`).expect(200);
    }
    await (await app.as(world.manager)).get(`/participants/${awa}/profile`).expect(200);
    const { items, next } = (await api.get(`/api/v1/participants/${awa}/opened`).expect(200)).body as { items: { actorName: string; times: number; acts: { action: string; times: number }[] }[]; next: null };
    expect(next).toBeNull();
    expect(items.map(({ actorName }) => actorName)).toEqual([world.manager.name, world.ana.name]);
    expect(items[1]!.acts.find(({ action }) => action === 'participant.opened')).toMatchObject({ times: 6 });
    const page = (await ana.get(`/participants/${awa}/opened`).expect(200)).text;
    expect(page.split('<tbody')[1]!.split('<tr').length - 1).toBe(2);
    expect(wordsOf(page)).toContain('Time zone: Central European Time');
    expect(wordsOf(page)).toMatch(new RegExp(`${world.ana.name} job coach 2 March 2026 from \\d\\d:\\d\\d to \\d\\d:25 \\d+ times read the record`));
    await (await app.as(world.ben)).get(`/participants/${awa}/opened`).expect(404);
  });
});

describe('a look for who is alike', () => {
  const given = { givenNames: 'Aïssata', familyNames: 'Diarra', bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none' };
  const compared = [{ action: 'participant.compared', participant_id: null }];
  beforeEach(async () => {
    for (let n = 0; n < 3; n += 1) await aParticipant(app, world.ben, { givenNames: 'Aïssata', familyNames: 'Diarra' });
  });

  it('is one line, however many it shows, through the API', async () => {
    const { items } = (await api.post('/api/v1/participants/duplicates', { familyNames: 'Diarra', givenNames: 'Aissata' }).expect(200)).body as { items: unknown[] };
    expect(items.length).toBeGreaterThan(0);
    expect(await readings()).toEqual(compared);
  });

  it('is one line where a registration through the API is refused by it, and nothing is told without', async () => {
    const refused = await api.post('/api/v1/participants', given).expect(409);
    expect((refused.body as { people: unknown[] }).people.length).toBeGreaterThan(0);
    expect(await readings()).toEqual(compared);
    await owner('revoke insert on audit_event from jalon_app');
    const untold = await api.post('/api/v1/participants', given);
    await owner('grant insert on audit_event to jalon_app');
    expect([untold.status, (untold.body as { code: string }).code]).toEqual([503, 'audit-unavailable']);
    expect(untold.text).not.toContain('Diarra');
    app.log.takeFaults();
  });

  it('is one line before registering, and one when the form is shown again', async () => {
    await ana.post('/participants/new', { familyNames: 'Diarra', givenNames: 'Aissata' }).expect(200);
    expect(await readings()).toEqual(compared);
    expect((await ana.post('/participants', given).expect(409)).text).toContain(world.ben.name);
    expect(await readings()).toEqual([...compared, ...compared]);
  });
});
