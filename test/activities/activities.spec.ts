import { AgendaCheck } from '../../src/modules/agenda';
import { CaseloadsService } from '../../src/modules/caseloads';
import { Actor } from '../../src/platform/access/actor';
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

const CALL = { kind: 'phone', outcome: 'done', minutes: '15' };
const on = (day: string): Record<string, string> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return { 'happenedOn-day': date, 'happenedOn-month': month, 'happenedOn-year': year };
};
const activities = (person: string): Promise<{ id: string; happened_on: string; kind: string; mode: string; minutes: number; withdrawn_reason: string | null; version: number }[]> =>
  app.rows('select a.id, a.happened_on::text, a.kind, a.mode, a.minutes, a.withdrawn_reason, a.version from activity a join activity_participant s on s.activity_id = a.id where s.participant_id = $1 order by a.happened_on, a.kind, a.outcome', [person]);
const silence = async (person: string): Promise<string | null> =>
  (await app.rows<{ due_on: string }>("select due_on::text from agenda_entry where participant_id = $1 and key = 'silence' and done_on is null", [person]))[0]?.due_on ?? null;

describe('a coach notes a contact', () => {
  it('with five fields, the person chosen beforehand, and is back where they came from', async () => {
    const form = (await ana.get(`/today?participant=${awa}`).expect(200)).text;
    expect(form).toContain(`<option value="${awa}" selected>Koné, Awa</option>`);
    await ana.post('/activities/new?from=today', { participantIds: awa, ...CALL, note: 'Starts on Monday' }).expect(303).expect('location', '/today');
    await ana.post('/activities/new?from=person', { participantIds: awa, ...CALL, kind: 'visit' }).expect(303).expect('location', `/participants/${awa}`);
    expect(await activities(awa)).toMatchObject([{ happened_on: '2026-03-02', kind: 'phone', mode: 'call', minutes: 15 }, { kind: 'visit', mode: 'in-person' }]);
    expect(wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text)).toContain('Starts on Monday');
  });

  it('once, however often the button is pressed', async () => {
    const same = { _key: 'double-click-1', participantIds: awa, ...CALL };
    await ana.post('/activities/new', same).expect(303);
    await ana.post('/activities/new', same).expect(303);
    expect(await activities(awa)).toHaveLength(1);
  });

  it('once for somebody who is chosen in the list and ticked among several', async () => {
    await aParticipant(app, world.ana);
    const form = (await ana.get(`/activities/new?participant=${awa}`).expect(200)).text;
    expect([...form.matchAll(new RegExp(`value="${awa}" (?:selected|checked)`, 'g'))]).toHaveLength(2);
    await ana.post('/activities/new', { participantIds: [awa, awa], ...CALL }).expect(303);
    expect(await activities(awa)).toHaveLength(1);
  });

  it('begun in the short form goes on in the long one: with whom, and every word typed, right or wrong', async () => {
    const awu = await aParticipant(app, world.ana, { givenNames: 'Awu', familyNames: 'Diop' });
    for (const from of ['/today', `/participants/${awa}`]) {
      const short = (await ana.get(from).expect(200)).text;
      const further = /<button[^>]* formaction="(\/activities\/further[^"]*)"/.exec(short)![1]!.replaceAll('&amp;', '&');
      const long = (await ana.post(further, { participantIds: awa, kind: 'visit', outcome: 'no-show', minutes: 'long', note: 'Two lines\nof what was said' }).expect(200)).text;
      expect(long).toContain(`<option value="${awa}" selected>Koné, Awa</option>`);
      expect(long).toContain('Two lines\nof what was said');
      expect(long).toMatch(/name="minutes"[^>]*value="long"/);
      for (const chosen of ['visit', 'no-show']) expect(long).toMatch(new RegExp(`value="${chosen}"[^>]* checked`));
      expect([...long.matchAll(/<details[^>]* open>/g)]).toHaveLength(2);
      expect(long).not.toContain('<title>Error');
      const action = /<form action="(\/activities\/new[^"]*)"/.exec(long)![1]!.replaceAll('&amp;', '&');
      await ana.post(action, { participantIds: [awa, awu], ...CALL, note: 'Two lines' }).expect(303).expect('location', '/today');
    }
    expect(await activities(awu)).toHaveLength(2);
  });

  it('for several people at once, but only for people of their own', async () => {
    const ben = await aParticipant(app, world.ana);
    await ana.post('/activities/new', { participantIds: [awa, ben], ...CALL }).expect(303).expect('location', '/today');
    expect(await activities(awa)).toEqual(await activities(ben));
    const elsewhere = await aParticipant(app, world.ben);
    const refused = await ana.post('/activities/new', { participantIds: [awa, elsewhere], ...CALL }).expect(422);
    expect(wordsOf(refused.text)).toContain('choose from the list');
    expect(await activities(elsewhere)).toEqual([]);
  });

  it('dated back but not ahead; what was typed stays', async () => {
    const refused = await ana.post('/activities/new', { participantIds: awa, ...CALL, ...on('2026-03-03'), note: 'Met at the market' }).expect(422);
    expect(refused.text).toContain('Met at the market');
    expect(refused.text).toMatch(/<title>Error: /);
    const old = await ana.post('/activities/new', { participantIds: awa, ...CALL, ...on('1900-01-01') }).expect(422);
    expect(wordsOf(old.text)).toContain('not before 1 January 2000');
    await ana.post('/activities/new', { participantIds: awa, ...CALL, ...on('2025-11-30') }).expect(303);
    expect(await activities(awa)).toMatchObject([{ happened_on: '2025-11-30' }]);
  });

  it('never before one of the people was born, not even by a correction', async () => {
    const api = await app.api(world.ana);
    const young = ((await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'year', bornYear: 2009, gender: 'x', documentKind: 'none' }).expect(201)).body as { id: string }).id;
    const refused = await ana.post('/activities/new', { participantIds: [awa, young], ...CALL, ...on('2008-12-31') }).expect(422);
    expect(wordsOf(refused.text)).toContain('not before the person was born, 1 January 2009 at the earliest');
    const { id } = (await api.post('/api/v1/activities', { participantIds: [young], kind: 'phone', outcome: 'done', minutes: 15 }).expect(201)).body as { id: string };
    await api.put(`/api/v1/activities/${id}`, { kind: 'phone', outcome: 'done', minutes: 15, happenedOn: '2008-12-31', version: 1 }).expect(422);
    await api.put(`/api/v1/activities/${id}`, { kind: 'phone', outcome: 'done', minutes: 15, happenedOn: '2009-01-01', version: 1 }).expect(200);
  });

  it('takes at least a minute where somebody was reached, so that nothing counts which was not', async () => {
    const refused = await ana.post('/activities/new', { participantIds: awa, ...CALL, minutes: '0', note: 'Kept' }).expect(422);
    expect(wordsOf(refused.text)).toContain('“Duration”: at least one minute for what took place');
    expect(refused.text).toContain('Kept');
    await ana.post('/activities/new', { participantIds: awa, ...CALL, minutes: '0', outcome: 'no-show' }).expect(303);
    const api = await app.api(world.ana);
    const { id } = (await api.post('/api/v1/activities', { participantIds: [awa], kind: 'phone', outcome: 'excused', minutes: 0 }).expect(201)).body as { id: string };
    expect((await api.put(`/api/v1/activities/${id}`, { kind: 'phone', outcome: 'done', minutes: 0, version: 1 }).expect(422)).body).toMatchObject({ errors: [{ field: 'minutes', code: 'took-no-time' }] });
    expect(await silence(awa)).toBeNull();
    await expect(app.acting(world.ana, () => app.database.sql("update activity set outcome = 'done' where id = $1", [id]))).rejects.toMatchObject({ code: '23514' });
  });

  it('says field by field what is missing', async () => {
    const refused = await ana.post('/activities/new', { minutes: 'a while' }).expect(422);
    for (const field of ['participantIds', 'kind', 'outcome', 'minutes']) expect(refused.text).toContain(`href="#${field}"`);
    const ahead = await ana.post('/activities/new', { ...CALL, ...on('2026-03-03'), minutes: '0' }).expect(422);
    for (const field of ['participantIds', 'minutes', 'happenedOn']) expect(ahead.text).toContain(`href="#${field}"`);
  });

  it('finds somebody by name without the name in the address', async () => {
    const found = await ana.post('/activities/find', { q: 'kone' }).expect(200);
    expect(found.text).toContain(`<option value="${awa}" selected>Koné, Awa</option>`);
    expect(wordsOf((await ana.post('/activities/find', { q: 'nobody of this name' }).expect(200)).text)).toContain('Nobody matches');
  });

  it('with whoever is beyond the names that are listed: it is said, and looking for them loses nothing that was typed', async () => {
    for (let n = 0; n < 100; n += 1) await aParticipant(app, world.ana, { givenNames: `N${String(n)}`, familyNames: 'Abba' });
    const form = (await ana.get('/activities/new?from=today').expect(200)).text;
    expect(wordsOf(form)).toContain('The list shows only the first 100 names. Look for the others by name, above.');
    expect(wordsOf((await ana.get('/today').expect(200)).text)).toContain('The list shows only the first 100 names.');
    expect(form).not.toContain('Koné, Awa');
    const find = /<button[^>]* formaction="(\/activities\/find[^"]*)"/.exec(form)![1]!.replaceAll('&amp;', '&');
    const typed = { kind: 'visit', outcome: 'no-show', minutes: 'long', note: 'What was said', mode: 'in-person', place: 'At the bakery', ...on('2026-02-20') };
    for (const [q, said] of [['kone', 'One person matches “kone”'], ['nobody of this name', 'Nobody matches']] as const) {
      const found = (await ana.post(find, { participantIds: '', q, ...typed }).expect(200)).text;
      expect(wordsOf(found)).toContain(said);
      for (const kept of ['What was said', 'value="At the bakery"', `value="${q}"`, 'value="long"']) expect(found).toContain(kept);
      expect(found).toMatch(/name="happenedOn-day"[^>]*value="20"/);
      for (const chosen of ['visit', 'no-show']) expect(found).toMatch(new RegExp(`value="${chosen}"[^>]* checked`));
      expect(found).toContain('<option value="in-person" selected>');
      expect(found.includes(`<option value="${awa}" selected>Koné, Awa</option>`)).toBe(q === 'kone');
    }
    const both = (await ana.post(find, { participantIds: awa, q: 'N7 Abba', ...typed }).expect(200)).text;
    expect(both).toContain(`<option value="${awa}" selected>Koné, Awa</option>`);
    expect(both).toContain('Abba, N7<');
    // What was looked for is sent with the contact, and is in nobody's way; whoever was chosen is in the list again where it was refused.
    const refused = await ana.post('/activities/new', { participantIds: awa, q: 'kone', ...typed }).expect(422);
    expect(refused.text).toContain(`<option value="${awa}" selected>Koné, Awa</option>`);
    await ana.post('/activities/new?from=today', { participantIds: awa, q: 'kone', ...typed, minutes: '10' }).expect(303).expect('location', '/today');
    expect(await activities(awa)).toMatchObject([{ happened_on: '2026-02-20', kind: 'visit', mode: 'in-person' }]);
  });

  it('and silence is a month after the last one', async () => {
    expect(await silence(awa)).toBeNull();
    await ana.post('/activities/new', { participantIds: awa, ...CALL, ...on('2026-02-20') }).expect(303);
    expect(await silence(awa)).toBe('2026-03-22');
    await ana.post('/activities/new', { participantIds: awa, ...CALL }).expect(303);
    expect(await silence(awa)).toBe('2026-04-01');
    await ana.post('/activities/new', { participantIds: awa, ...CALL, outcome: 'no-show' }).expect(303);
    await ana.post('/activities/new', { participantIds: awa, ...CALL, kind: 'administration' }).expect(303);
    const called = (await activities(awa)).find((one) => one.happened_on === '2026-03-02' && one.kind === 'phone');
    await ana.post(`/activities/${called!.id}/withdraw`, { reason: 'Wrong person', version: '1' }).expect(303);
    expect(await silence(awa)).toBe('2026-03-22');
  });
});

describe('a contact noted', () => {
  let id: string;
  beforeEach(async () => {
    await ana.post('/activities/new', { participantIds: awa, ...CALL, note: 'First words' }).expect(303);
    id = (await activities(awa))[0]!.id;
  });

  it('is corrected by its author, for a week; its day moves with it', async () => {
    expect((await ana.get(`/activities/${id}/correct`).expect(200)).text).toContain('First words');
    await ana.post(`/activities/${id}/correct`, { ...CALL, minutes: '40', ...on('2026-03-01'), note: 'Better words', version: '1' }).expect(303);
    expect(await activities(awa)).toMatchObject([{ minutes: 40, happened_on: '2026-03-01', version: 2 }]);
    expect(await app.rows('select happened_on::text from activity_participant where activity_id = $1', [id])).toEqual([{ happened_on: '2026-03-01' }]);
    await ana.post(`/activities/${id}/correct`, { ...CALL, minutes: '40', ...on('2026-03-01'), note: 'Better words', version: '2' }).expect(303).expect('set-cookie', /notice=activities\.notice\.unchanged/);
    expect(await activities(awa)).toMatchObject([{ version: 2 }]);
    const stale = await ana.post(`/activities/${id}/correct`, { ...CALL, minutes: '99', version: '1' }).expect(409);
    expect(wordsOf(stale.text)).toContain('40');
    app.clock.set('2026-03-10T09:00:00Z');
    app.forget(world.ana);
    const late = await (await app.as(world.ana)).post(`/activities/${id}/correct`, { ...CALL, version: '2' }).expect(409);
    expect(wordsOf(late.text)).toContain('for 7 days');
  });

  it('is not for a colleague to correct, and a stranger to it finds nothing', async () => {
    const manager = await app.as(world.manager);
    await manager.post(`/activities/${id}/correct`, { ...CALL, version: '1' }).expect(409);
    await (await app.as(world.ben)).get(`/activities/${id}`).expect(404);
    await (await app.as((await app.world()).manager)).get(`/activities/${id}`).expect(404);
  });

  it('is never deleted: withdrawn with a reason it stays, and counts nowhere', async () => {
    await ana.post(`/activities/${id}/withdraw`, { version: '1' }).expect(422);
    await (await app.as(world.manager)).post(`/activities/${id}/withdraw`, { reason: 'Another Awa', version: '1' }).expect(303);
    const page = wordsOf((await ana.get(`/activities/${id}`).expect(200)).text);
    expect(page).toContain('Another Awa');
    expect(wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text)).toContain('Withdrawn: Another Awa');
    await ana.post(`/activities/${id}/withdraw`, { reason: 'again', version: '2' }).expect(409);
    expect(await silence(awa)).toBeNull();
  });

  it('is logged when written and when read', async () => {
    await ana.get(`/activities/${id}`).expect(200);
    expect((await app.rows<{ action: string }>('select action from audit_event where subject_id = $1 order by id', [id])).map((one) => one.action)).toEqual(['activity.logged', 'activity.opened']);
  });
});

describe('a contact with several people, one of whom has another coach by now', () => {
  let awu: string;
  let id: string;
  beforeEach(async () => {
    awu = (await aReferredPerson(app, world)).person;
    await ana.post('/activities/new', { participantIds: [awa, awu], ...CALL }).expect(303);
    id = (await activities(awa))[0]!.id;
    await app.acting(world.manager, async (actor) => {
      const lead = (await app.get(CaseloadsService).lastLeads(actor, { participantIds: [awu] })).get(awu)!;
      await app.get(CaseloadsService).handOver(actor, awu, { toCoachId: world.ben.id, on: '2026-03-02', reason: 'Ana has too many', version: lead.version });
    });
    await ana.get(`/participants/${awu}`).expect(404);
  });

  const lines = (person: string): Promise<unknown[]> =>
    app.rows("select action, actor_name from audit_event where subject_id = $1 and participant_id = $2 and outcome = 'done' and action <> 'activity.logged'", [id, person]);
  const differences = (): Promise<unknown[]> => {
    const system = Actor.system('agenda-check', world.service);
    return app.database.read(system, () => app.get(AgendaCheck).differences(system));
  };

  it('counts for neither once it is withdrawn, and stands in the file of both', async () => {
    expect(await silence(awu)).toBe('2026-04-01');
    await ana.post(`/activities/${id}/withdraw`, { reason: 'Nobody answered', version: '1' }).expect(303);
    expect([await silence(awa), await silence(awu)]).toEqual([null, null]);
    for (const person of [awa, awu]) expect(await lines(person)).toEqual([{ action: 'activity.withdrawn', actor_name: world.ana.name }]);
    expect(await differences()).toEqual([]);
  });

  it('moves for both when its day is corrected, and shows its author nobody else\'s people', async () => {
    const corrected = await (await app.api(world.ana)).put(`/api/v1/activities/${id}`, { kind: 'phone', outcome: 'done', minutes: 15, happenedOn: '2026-02-20', version: 1 }).expect(200);
    expect(corrected.body).toMatchObject({ participantIds: [awa] });
    expect([await silence(awa), await silence(awu)]).toEqual(['2026-03-22', '2026-03-22']);
    for (const person of [awa, awu]) expect(await lines(person)).toEqual([{ action: 'activity.corrected', actor_name: world.ana.name }]);
    expect(await differences()).toEqual([]);
  });
});

describe('the API', () => {
  it('notes contacts with the same people at once, in whatever order they are named', async () => {
    const api = await app.api(world.ana);
    const people: string[] = [];
    for (let n = 0; n < 8; n += 1) people.push((await aReferredPerson(app, world)).person);
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) =>
        api.post('/api/v1/activities', { participantIds: n % 2 ? people : [...people].reverse(), kind: 'phone', outcome: 'done', minutes: 15, happenedOn: `2026-02-${10 + round + n}` })));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    }
    expect(await activities(people[0]!)).toHaveLength(24);
  });

  it('logs, shows, corrects and withdraws', async () => {
    const api = await app.api(world.ana);
    const made = await api.post('/api/v1/activities', { participantIds: [awa], kind: 'interview', outcome: 'done', minutes: 50 }).expect(201);
    const address = made.headers.location!;
    expect(address).toBe(`/api/v1/activities/${(made.body as { id: string }).id}`);
    expect((await api.get(address).expect(200)).body).toMatchObject({ kind: 'interview', mode: 'in-person', participantIds: [awa], withdrawn: null, version: 1 });
    expect((await api.put(address, { kind: 'interview', outcome: 'done', minutes: 45, version: 1 }).expect(200)).body).toMatchObject({ minutes: 45, version: 2 });
    expect((await api.post(`${address}/withdraw`, { reason: 'Twice', version: 2 }).expect(200)).body).toMatchObject({ withdrawn: { reason: 'Twice' } });
    expect(((await api.get(`/api/v1/activities?participantId=${awa}`).expect(200)).body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('never coerces, and names every wrong field', async () => {
    const refused = await (await app.api(world.ana)).post('/api/v1/activities', { participantIds: [awa], kind: 'dance', outcome: 'done', minutes: '15', more: 1 }).expect(422);
    expect((refused.body as { errors: { field: string }[] }).errors.map((one) => one.field).sort()).toEqual(['kind', 'minutes', 'more']);
  });

  it('only reads with a token that only reads', async () => {
    await (await app.api(world.ana, ['read'])).post('/api/v1/activities', { participantIds: [awa], ...CALL, minutes: 1 }).expect(403);
  });
});
