import { CaseloadsService } from '../../src/modules/caseloads';
import { addDays } from '../../src/platform/days';
import { newId } from '../../src/platform/id';
import { startApp, type Browser, type TestApp, type TestUser } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, hiddenOf, wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let id: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  id = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
});

interface Row { coach_id: string; kind: string; from_on: string; until_on: string | null; reason: string | null; version: number }
const rows = (): Promise<Row[]> => app.rows<Row>('select coach_id, kind, from_on::text, until_on::text, reason, version from assignment where participant_id = $1 order by from_on, id', [id]);
const handOver = async (to: TestUser, on: string, version = 1) => (await app.api(world.manager)).post(`/api/v1/participants/${id}/hand-over`, { toCoachId: to.id, on, reason: 'New quarter', version });

describe('handing over one person', () => {
  it('a manager chooses coach, day and reason; the person follows on that day', async () => {
    const manager = await app.as(world.manager);
    const address = `/participants/${id}/hand-over`;
    const form = await manager.get(address).expect(200);
    expect(wordsOf(form.text)).toContain(`Today ${world.ana.name}, since 2 March 2026`);
    expect(form.text).toMatch(/name="on-day"[^>]* value="2"/);
    const given = { ...hiddenOf(form.text, address), toCoachId: world.ben.id, 'on-day': '9', 'on-month': '3', 'on-year': '2026', reason: 'New quarter' };
    await manager.post(address, given).expect(303);
    expect(await rows()).toMatchObject([{ coach_id: world.ana.id, from_on: '2026-03-02', until_on: '2026-03-09' }, { coach_id: world.ben.id, from_on: '2026-03-09', until_on: null, reason: 'New quarter' }]);
    await (await app.as(world.ana)).get(`/participants/${id}/profile`).expect(200);
    await (await app.as(world.ben)).get(`/participants/${id}/profile`).expect(404);
    app.clock.set('2026-03-09T09:00:00Z');
    for (const user of [world.ana, world.ben, world.manager]) app.forget(user);
    await (await app.as(world.ana)).get(`/participants/${id}/profile`).expect(404);
    expect(wordsOf((await (await app.as(world.ben)).get(`/participants/${id}/profile`).expect(200)).text)).toContain(world.ana.name);
  });

  it('is a manager\'s act: a coach is told so, in the page and in the API', async () => {
    await (await app.as(world.ana)).get(`/participants/${id}/hand-over`).expect(403);
    await (await app.api(world.ana)).post(`/api/v1/participants/${id}/hand-over`, { toCoachId: world.ben.id, on: '2026-03-09', reason: 'x', version: 1 }).expect(403);
    expect(await rows()).toHaveLength(1);
  });

  it('not to the same coach, not to somebody elsewhere, not before the lead began, not too far ahead, not without a reason', async () => {
    const faults = async (change: object): Promise<unknown> => {
      const answer = await (await app.api(world.manager)).post(`/api/v1/participants/${id}/hand-over`, { toCoachId: world.ben.id, on: '2026-03-09', reason: 'x', version: 1, ...change }).expect(422);
      return (answer.body as { errors: { field: string; code: string }[] }).errors.map(({ field, code }) => [field, code]);
    };
    expect(await faults({ toCoachId: world.ana.id })).toEqual([['toCoachId', 'same-coach']]);
    expect(await faults({ toCoachId: world.manager.id })).toEqual([['toCoachId', 'not-a-coach-here']]);
    expect(await faults({ toCoachId: (await app.world()).ana.id })).toEqual([['toCoachId', 'not-a-coach-here']]);
    expect(await faults({ on: '2026-03-01' })).toEqual([['on', 'before-the-lead']]);
    expect(await faults({ on: '2027-03-01' })).toEqual([['on', 'not-after']]);
    expect(await faults({ on: '2026-02-30' })).toEqual([['on', 'not-a-day']]);
    expect(await faults({ reason: ' ' })).toEqual([['reason', 'required']]);
    expect(await rows()).toHaveLength(1);
  });

  it('from a stale page, or twice at once: one wins', async () => {
    const answers = await Promise.all([handOver(world.ben, '2026-03-09'), handOver(world.ben, '2026-03-10')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await handOver(world.ben, '2026-03-10')).status).toBe(409);
    expect(await rows()).toHaveLength(2);
  });

  it('somebody of another service is nobody', async () => {
    const other = await app.world();
    const answer = await (await app.api(other.manager)).post(`/api/v1/participants/${id}/hand-over`, { toCoachId: other.ana.id, on: '2026-03-09', reason: 'x', version: 1 });
    expect(answer.status).toBe(404);
    expect(await rows()).toHaveLength(1);
  });

  it('whatever is tried, whatever the order: one lead on each day since the first, never none, never two', async () => {
    const third = await app.user('coach', { serviceId: world.service });
    const coaches = [world.ana, world.ben, third];
    let seed = 20260302;
    const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
    for (let round = 0; round < 60; round += 1) {
      app.clock.advance({ days: random(4) });
      app.forget(world.manager);
      const today = app.clock.today('Europe/Paris');
      const last = (await rows()).at(-1)!;
      const answer = await handOver(coaches[random(3)]!, addDays(today, random(25) - 12), random(5) === 0 ? 99 : last.version);
      expect([200, 409, 422]).toContain(answer.status);
      const leads = (await rows()).filter(({ kind }) => kind === 'lead');
      expect(leads[0]!.from_on).toBe('2026-03-02');
      leads.forEach((one, index) => expect(one.until_on).toBe(leads[index + 1]?.from_on ?? null));
    }
    expect((await rows()).length).toBeGreaterThan(5);
  });
});

describe('a hand-over that is still to come', () => {
  let manager: Browser;
  const address = (): string => `/participants/${id}/hand-over`;
  const planned = async (): Promise<string> => (await app.rows<{ id: string }>("select id from assignment where participant_id = $1 and from_on > '2026-03-02' and withdrawn_on is null", [id]))[0]!.id;
  const shown = async (): Promise<string> => wordsOf((await manager.get(`/participants/${id}/profile`).expect(200)).text);
  beforeEach(async () => {
    manager = await app.as(world.manager);
    await handOver(world.ben, '2026-03-09').then(({ status }) => expect(status).toBe(200));
  });

  it('is told with its day, and until then the present coach is shown', async () => {
    const page = await shown();
    expect(page).toContain(`with ${world.ana.name} · from 9 March 2026: ${world.ben.name}`);
    expect(page).toContain(`${world.ben.name} from 9 Mar 2026`);
    expect(page).toContain('Change the planned hand-over');
    const timeline = (await (await app.api(world.manager)).get(`/api/v1/participants/${id}/timeline`).expect(200)).text;
    expect([timeline.includes(world.ana.name), timeline.includes(world.ben.name)]).toEqual([true, false]);
    expect(wordsOf((await manager.get(address()).expect(200)).text)).toContain(`Today ${world.ana.name}, since 2 March 2026`);
  });

  it('is cancelled from its page: the present coach goes on, the log and the history keep it', async () => {
    const form = (await manager.get(address()).expect(200)).text;
    const answer = await manager.post(`${address()}/cancel`, hiddenOf(form, `${address()}/cancel`)).expect(303).expect('location', `/participants/${id}/profile`);
    expect(await rows()).toMatchObject([{ coach_id: world.ana.id, until_on: null }, { coach_id: world.ben.id, from_on: '2026-03-09', until_on: '2026-03-09' }]);
    const page = wordsOf((await manager.follow(answer).expect(200)).text);
    expect(page).toContain('The planned hand-over is cancelled: the present coach goes on.');
    expect(page).toContain('planned from 9 Mar 2026, cancelled on 2 Mar 2026');
    expect(page).not.toContain(`from 9 March 2026: ${world.ben.name}`);
    expect(await app.rows("select reason, changes ->> 'on' as on from audit_event where action = 'assignment.withdrawn' and participant_id = $1", [id])).toEqual([{ reason: 'New quarter', on: '2026-03-09' }]);
    app.clock.set('2026-03-09T09:00:00Z');
    for (const user of [world.ana, world.ben]) app.forget(user);
    await (await app.as(world.ana)).get(`/participants/${id}/profile`).expect(200);
    await (await app.as(world.ben)).get(`/participants/${id}/profile`).expect(404);
  });

  it('gets another day and another coach, and says in the notice from when and who', async () => {
    const third = await app.user('coach', { serviceId: world.service });
    const form = (await manager.get(address()).expect(200)).text;
    expect(form).toMatch(new RegExp(`<option value="${world.ben.id}" selected>`));
    const given = { ...hiddenOf(form, `${address()}/change`), toCoachId: third.id, 'on-day': '16', 'on-month': '3', 'on-year': '2026', reason: 'Later' };
    const answer = await manager.post(`${address()}/change`, given).expect(303);
    expect(decodeURIComponent(String([answer.headers.location, answer.headers['set-cookie']]))).not.toMatch(/Awa|Koné/);
    expect(wordsOf((await manager.follow(answer).expect(200)).text)).toContain(`From 16 March 2026, ${third.name} accompanies Awa Koné.`);
    expect((await rows()).map(({ coach_id: coach, from_on: from, until_on: until }) => [coach, from, until])).toEqual([
      [world.ana.id, '2026-03-02', '2026-03-16'], [world.ben.id, '2026-03-09', '2026-03-09'], [third.id, '2026-03-16', null],
    ]);
  });

  it('is changed and cancelled through the API, by what was seen planned; a plan seen before is refused', async () => {
    const api = await app.api(world.manager);
    const seen = await planned();
    const to = { assignmentId: seen, toCoachId: world.ben.id, on: '2026-03-20', reason: 'x' };
    const changed = (await api.post(`/api/v1${address()}/change`, to).expect(200)).body as { items: { coachId: string; fromOn: string; planned: boolean }[] };
    expect(changed.items.filter((one) => one.planned)).toMatchObject([{ coachId: world.ben.id, fromOn: '2026-03-20' }]);
    expect((await api.post(`/api/v1${address()}/change`, to).expect(409)).body).toMatchObject({ code: 'hand-over-not-planned' });
    expect((await api.post(`/api/v1${address()}/cancel`, { assignmentId: seen }).expect(409)).body).toMatchObject({ code: 'hand-over-not-planned' });
    expect((await api.post(`/api/v1${address()}/change`, { ...to, assignmentId: await planned(), toCoachId: world.ana.id }).expect(422)).body).toMatchObject({ errors: [{ field: 'toCoachId', code: 'same-coach' }] });
    expect(await rows()).toMatchObject([{ until_on: '2026-03-20' }, { until_on: '2026-03-09' }, { from_on: '2026-03-20', until_on: null }]);
    await api.post(`/api/v1${address()}/cancel`, { assignmentId: await planned() }).expect(200);
    await api.post(`/api/v1${address()}/cancel`, { assignmentId: seen }).expect(409);
    expect((await rows()).filter(({ until_on: until }) => until === null)).toMatchObject([{ coach_id: world.ana.id }]);
  });

  it('that has begun is changed no more', async () => {
    const seen = await planned();
    app.clock.set('2026-03-09T09:00:00Z');
    app.forget(world.manager);
    const api = await app.api(world.manager);
    for (const [act, more] of [['cancel', {}], ['change', { toCoachId: world.ana.id, on: '2026-03-20', reason: 'x' }]] as const) {
      expect((await api.post(`/api/v1${address()}/${act}`, { assignmentId: seen, ...more }).expect(409)).body).toMatchObject({ code: 'hand-over-not-planned' });
    }
    expect(await rows()).toMatchObject([{ until_on: '2026-03-09' }, { until_on: null }]);
  });
});

describe('handing over several people', () => {
  let second: string;
  beforeEach(async () => {
    second = await aParticipant(app, world.ana, { givenNames: 'Paul', familyNames: 'Guérin' });
  });
  const leadOf = async (person: string): Promise<string[]> => (await app.rows<{ coach_id: string }>("select coach_id from assignment where participant_id = $1 and kind = 'lead' and until_on is null", [person])).map((one) => one.coach_id);
  const send = async (people: object[], more: object = {}) => (await app.api(world.manager)).post('/api/v1/caseload/hand-over', { people, toCoachId: world.ben.id, on: '2026-03-09', reason: 'New quarter', ...more });

  it('a manager ticks them in the caseload, and says once to whom, from when and why; the day is today unless told otherwise', async () => {
    const manager = await app.as(world.manager);
    const list = (await manager.get('/caseload').expect(200)).text;
    expect(addressesOf(list)).toContain('/caseload/hand-over');
    expect([...list.matchAll(/name="participantIds" type="checkbox" value="([^"]*)"/g)].map(([, person]) => person)).toEqual(expect.arrayContaining([id, second]));
    const form = (await manager.get(`/caseload/hand-over?participantIds=${id}&participantIds=${second}`).expect(200)).text;
    expect(wordsOf(form)).toMatch(/Guérin, Paul .*Koné, Awa/);
    expect(form).toMatch(/name="on-day"[^>]* value="2"/);
    const given = hiddenOf(form, '/caseload/hand-over');
    await manager.post('/caseload/hand-over', { ...given, toCoachId: world.ben.id, 'on-day': '2', 'on-month': '3', 'on-year': '2026', reason: 'Leaves' }).expect(303).expect('location', '/caseload').then(async (answer) => {
      expect(wordsOf((await manager.follow(answer).expect(200)).text)).toContain(`2 people handed over to ${world.ben.name} from 2 March 2026.`);
    });
    expect([await leadOf(id), await leadOf(second)]).toEqual([[world.ben.id], [world.ben.id]]);
    expect(await app.rows("select reason from audit_event where action = 'assignment.handed-over' and participant_id = any ($1)", [[id, second]])).toEqual([{ reason: 'Leaves' }, { reason: 'Leaves' }]);
  });

  it('all of a coach who leaves, from the team page, but who stays', async () => {
    const manager = await app.as(world.manager);
    expect(addressesOf((await manager.get('/team').expect(200)).text)).toContain(`/caseload/hand-over?coach=${world.ana.id}`);
    const form = (await manager.get(`/caseload/hand-over?coach=${world.ana.id}`).expect(200)).text;
    const given = hiddenOf(form, '/caseload/hand-over');
    const staying = Object.entries(given).find(([, value]) => value === second)![0].replace('participantId', 'stays');
    await manager.post('/caseload/hand-over', { ...given, [staying]: 'on', toCoachId: world.ben.id, 'on-day': '9', 'on-month': '3', 'on-year': '2026', reason: 'Leaves' }).expect(303);
    expect([await leadOf(id), await leadOf(second)]).toEqual([[world.ben.id], [world.ana.id]]);
    // What is planned already is told, and stands no more among those to choose.
    const again = wordsOf((await manager.get(`/caseload/hand-over?participantIds=${id}`).expect(200)).text);
    expect(again).toContain(`Koné, Awa: a hand-over to ${world.ben.name} is planned already, on 9 March 2026`);
    expect(again).toContain('Change or cancel the hand-over of Koné, Awa');
    expect(again).toContain('Nobody is chosen');
  });

  it('all or none: one who cannot go keeps everybody, and the form comes back with what was typed', async () => {
    expect((await send([{ participantId: id, version: 1 }, { participantId: second, version: 2 }])).status).toBe(409);
    expect((await send([{ participantId: id, version: 1 }, { participantId: newId(), version: 1 }])).status).toBe(404);
    expect((await send([{ participantId: id, version: 1 }], { on: '2026-03-01' })).body).toMatchObject({ errors: [{ field: 'on', code: 'before-the-lead' }] });
    expect((await send([{ participantId: id, version: 1 }], { toCoachId: world.ana.id })).body).toMatchObject({ errors: [{ field: 'people', code: 'nobody-to-hand-over' }] });
    expect((await send([{ participantId: id, version: 1 }], { toCoachId: world.manager.id })).body).toMatchObject({ errors: [{ field: 'toCoachId', code: 'not-a-coach-here' }] });
    const refused = await (await app.as(world.manager)).post('/caseload/hand-over', { 'people.0.participantId': id, 'people.0.version': '1', toCoachId: world.ben.id, 'on-day': '9', 'on-month': '3', 'on-year': '2026' }).expect(422);
    expect(wordsOf(refused.text)).toContain('Koné, Awa');
    expect(refused.text).toMatch(new RegExp(`<option value="${world.ben.id}" selected>`));
    expect([await leadOf(id), await leadOf(second)]).toEqual([[world.ana.id], [world.ana.id]]);
    expect((await send([{ participantId: id, version: 1 }, { participantId: second, version: 1 }])).body).toEqual({ handedOver: 2 });
  });

  it('is a manager\'s act, about people of the service', async () => {
    await (await app.as(world.ana)).get('/caseload/hand-over').expect(403);
    expect((await (await app.as(world.ana)).get('/caseload').expect(200)).text).not.toContain('/caseload/hand-over');
    const other = await app.world();
    const answer = await (await app.api(other.manager)).post('/api/v1/caseload/hand-over', { people: [{ participantId: id, version: 1 }], toCoachId: other.ana.id, on: '2026-03-09', reason: 'x' });
    expect(answer.status).toBe(404);
    expect(await leadOf(id)).toEqual([world.ana.id]);
  });
});

describe('the second wall', () => {
  const insert = 'insert into assignment (id, service_id, participant_id, coach_id, kind, from_on, version) values ($1, $2, $3, $4, $5, $6, 1)';

  it('lets no coach take somebody who exists: neither as lead, nor in the team, nor for a colleague, nor on another day', async () => {
    const bens = await aParticipant(app, world.ben);
    for (const [person, coach, kind, from] of [[bens, world.ana.id, 'lead', '2026-03-02'], [bens, world.ana.id, 'team', '2026-03-02'], [newId(), world.ben.id, 'lead', '2026-03-02'], [newId(), world.ana.id, 'lead', '2026-03-01'], [newId(), world.ana.id, 'team', '2026-03-02']]) {
      await expect(app.acting(world.ana, (actor) => app.database.sql(insert, [newId(), actor.service, person, coach, kind, from]))).rejects.toMatchObject({ code: '42501' });
    }
    await expect(app.acting(world.ana, (actor) => app.database.sql(insert, [newId(), actor.service, id, actor.id, 'cover', '2026-03-02']))).rejects.toMatchObject({ code: '42501' });
  });

  it('lets a coach change no assignment, and nobody delete one or move it to another', async () => {
    const ended = await app.acting(world.ana, (actor) => app.database.sql("update assignment set until_on = '2026-04-01' where participant_id = $1 returning id", [id]).then((found) => [found.length, actor.role]));
    expect(ended).toEqual([0, 'coach']);
    for (const statement of ['delete from assignment where participant_id = $1', "update assignment set coach_id = gen_random_uuid() where participant_id = $1"]) {
      await expect(app.acting(world.manager, () => app.database.sql(statement, [id]))).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('shows a coach her assignments, and who else was with her people; not those of others', async () => {
    await aParticipant(app, world.ben);
    const seen = await app.acting(world.ana, () => app.database.sql<{ participant_id: string }>('select participant_id from assignment'));
    expect(seen.map((one) => one.participant_id)).toEqual([id]);
  });

  it('a person is assigned once as lead', async () => {
    await expect(app.acting(world.manager, (actor) => app.get(CaseloadsService).assign(actor, { participantId: id, coachId: world.ben.id, kind: 'lead', fromOn: '2026-03-02' }))).rejects.toMatchObject({ code: 'already-assigned' });
  });
});
