import { AgendaCheck, AgendaService, type Want } from '../../src/modules/agenda';
import { EntryService, ProfileService } from '../../src/modules/participants';
import { ENTRY_KEYS } from '../../src/modules/participants/entry/entry-items';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, hiddenOf, wordsOf } from '../support/html';

const wanted: Want[] = [];
let app: TestApp;
let world: World;
let ana: Browser;
beforeAll(async () => {
  app = await startApp();
  app.get(AgendaCheck).registerSource('of these tests', async () => wanted);
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
});

const want = (participantId: string, more: Partial<Want>): Promise<void> => app.acting(world.ana, (actor) => {
  const one: Want = {
    participantId, key: 'call', kind: 'silence', nature: 'task', fromOn: '2026-02-01', dueOn: '2026-03-05', forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since: '2026-02-01' }, ...more,
  };
  // No fact of the product wants it: what is undone is asked of the facts again.
  wanted.push(one);
  app.database.hold([participantId]);
  return app.get(AgendaService).want(actor, one);
});
const page = async (query = ''): Promise<string> => (await ana.get(`/today${query}`).expect(200)).text;
/** The part of the page that is about one group. */
const group = (html: string, name: string): string => new RegExp(`<section class="jalon-group" id="${name}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';
const namesIn = (html: string): string[] => [...html.matchAll(/<h3 class="jalon-reason__name"><a[^>]*>([^<]*)</g)].map(([, name]) => name!);

describe('Today', () => {
  it('is empty, and says so, while there is nobody', async () => {
    expect(await page()).toContain('Your caseload is empty');
  });

  it('tells what waits, and what is late', async () => {
    await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-05' });
    const html = await page();
    expect(namesIn(group(html, 'late'))).toEqual(['Awa Koné']);
    expect(wordsOf(html)).toContain('Answer the referral');
    // The eye knows where to start: one full button in what is late, none elsewhere.
    expect(group(html, 'late')).toContain('class="govuk-button jalon-button--s"');
    await aReferredPerson(app, world, { givenNames: 'Paul', familyNames: 'Guérin', receivedOn: '2026-03-01' });
    const waiting = group(await page(), 'wait');
    expect(waiting).toContain('govuk-button--secondary');
    expect(waiting).toContain('jalon-badge--wait');
  });

  it('has each person once, where the most pressing reason puts them, with all the others', async () => {
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await want(awa, { key: 'warned', nature: 'warning', kind: 'silence' });
    await want(awa, { key: 'due', kind: 'review-waiting', subject: { kind: 'enrolment', id: null } });
    await want(awa, { key: 'late', kind: 'pause-ends', dueOn: '2026-02-27', subject: { kind: 'enrolment', id: null } });
    await want(await aParticipant(app, world.ana, { givenNames: 'Paul', familyNames: 'Guérin' }), { key: 'late', kind: 'pause-ends', dueOn: '2026-02-20' });
    const html = await page();
    expect(namesIn(html)).toEqual(['Paul Guérin', 'Awa Koné']);
    const late = wordsOf(group(html, 'late'));
    expect(late.indexOf('Resume after the pause', late.indexOf('Awa'))).toBeLessThan(late.indexOf('Review the waiting'));
    expect(late.indexOf('Review the waiting')).toBeLessThan(late.indexOf('Not heard from'));
    expect(wordsOf(group(html, 'warn'))).toContain('Warnings 0');
  });

  it('counts people beside its name, the same as on the page', async () => {
    const { person } = await aReferredPerson(app, world, { receivedOn: '2026-01-05' });
    await want(person, { key: 'other' });
    await want(await aParticipant(app, world.ana), { dueOn: '2026-06-01' });
    const html = await page();
    expect(/jalon-sidenav__count">(\d+)/.exec(html)?.[1]).toBe('1');
    expect([...html.matchAll(/jalon-tally__n">(\d+)/g)].map(([, n]) => n)).toEqual(['1', '0', '0', '0']);
  });

  it('looks two weeks ahead; what is due later is one link away, and the address says so', async () => {
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    const paul = await aParticipant(app, world.ana, { givenNames: 'Paul', familyNames: 'Guérin' });
    await want(awa, { key: 'near', dueOn: '2026-03-16' });
    await want(awa, { key: 'far', kind: 'review-waiting', dueOn: '2026-03-17' });
    await want(paul, { key: 'far', dueOn: '2026-05-01' });
    await want(paul, { key: 'asked', kind: 'answer-referral', nature: 'request', dueOn: '2026-05-01', fromOn: '2026-04-01' });
    const html = await page();
    expect(namesIn(html)).toEqual(['Awa Koné']);
    expect(wordsOf(html)).not.toContain('Review the waiting');
    expect(addressesOf(html)).toContain('/today?later=on#later');
    expect(wordsOf(html)).toContain('Later: 2 things due after 16 March 2026');
    const all = await page('?later=on');
    // As many lines as the link said: what is due later stands there, with whoever it is about, and nowhere else.
    expect(namesIn(group(all, 'due'))).toEqual(['Awa Koné']);
    expect(wordsOf(group(all, 'due'))).not.toContain('Review the waiting');
    expect(namesIn(group(all, 'later'))).toEqual(['Awa Koné', 'Paul Guérin']);
    expect(wordsOf(group(all, 'later'))).toContain('Later 2 after 16 Mar');
    await ana.get('/today?later=perhaps').expect(422);
    const api = await app.api(world.ana);
    expect((await api.get('/api/v1/today').expect(200)).body).toMatchObject({ total: 1, later: { count: 2, after: '2026-03-16' } });
    expect((await api.get('/api/v1/today?later=true').expect(200)).body).toMatchObject({ total: 1, groups: [{ people: [] }, { people: [{ name: 'Awa Koné', reasons: [{ group: 'due' }] }] }, {}, {}, { group: 'later', people: [{ name: 'Awa Koné', reasons: [{ group: 'later' }] }, { name: 'Paul Guérin', reasons: [{ group: 'later' }] }] }] });
  });

  it('names the act on the button, and leads to where it is done', async () => {
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    const recognition = await app.acting(world.ana, (actor) => app.get(ProfileService).addRecognition(actor, awa, { scheme: 'rqth', state: 'granted', validFrom: '2024-03-20', validUntil: '2026-03-20' }));
    await want(awa, { key: 'meeting', kind: 'protocol-task', params: { title: { fr: 'x', es: 'x', en: 'First meeting' }, contact: 'interview' } });
    await want(awa, { key: 'by-hand', kind: 'protocol-task', byHand: true, dueOn: '2026-03-06', params: { title: { fr: 'x', es: 'x', en: 'Read the profile' } }, subject: { kind: 'enrolment', id: null } });
    const html = await page();
    expect(wordsOf(html)).toContain('Note the interview – Awa Koné');
    expect(wordsOf(html)).toContain('Renew the RQTH – Awa Koné');
    expect(wordsOf(html)).toContain('It is done – Read the profile, Awa Koné');
    const addresses = addressesOf(html);
    expect(addresses).toContain(`/participants/${awa}/recognitions/${recognition}`);
    expect(addresses).toContain(`/today?participant=${awa}&kind=interview#contact`);
    const form = await page(`?participant=${awa}&kind=interview`);
    expect(form).toMatch(/value="interview" checked/);
    const done = addresses.filter((one) => /^\/agenda\/[^/]+\/done$/.test(one));
    await ana.get(addresses.find((one) => one.startsWith(`/participants/${awa}/recognitions/`))!).expect(200);
    expect(done.length).toBeGreaterThan(0);
  });

  it('says that a step is ready once the last condition is met, and leads to the page on which it is taken', async () => {
    const { person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-02-28' });
    const admit = `/participants/${person}/pathway/${enrolment}/steps/admit`;
    await ana.post(`/participants/${person}/informed`, { format: 'plain', willing: 'yes', 'givenOn-day': '2', 'givenOn-month': '3', 'givenOn-year': '2026' }).expect(303);
    expect(wordsOf(group(await page(), 'wait'))).toContain('Answer – Awa Koné');
    await app.acting(world.ana, (actor) => app.get(EntryService).answer(actor, person, { version: 0, answers: ENTRY_KEYS.map((item) => ({ item, value: 'refused' })) }));
    const ready = group(await page(), 'wait');
    expect(wordsOf(ready)).toContain('Ready for “Admission”. Every condition has been met since 2 March 2026.');
    expect(addressesOf(ready)).toContain(admit);
    await ana.post(admit, { step: 'admit', version: '1', 'effectiveOn-day': '2', 'effectiveOn-month': '3', 'effectiveOn-year': '2026' }).expect(303);
    expect(wordsOf(await page())).not.toContain('Ready for');
    await ana.post('/activities/new?from=today', { participantIds: person, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303).expect('location', '/today');
    const profile = group(await page(), 'due');
    expect(wordsOf(profile)).toContain('Ready for “Profile”');
    expect(addressesOf(profile)).toContain(`/participants/${person}/pathway/${enrolment}/steps/start-profiling`);
  });

  it('says of who is in a pause until when: nothing of the pathway is late meanwhile; the head of their page says it too', async () => {
    const { person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-03-01' });
    await want(person, { key: 'warned', nature: 'warning' });
    await (await app.api(world.ana)).post(`/api/v1/enrolments/${enrolment}/pause`, { reason: 'In hospital', until: '2026-05-01', version: 1 }).expect(({ status }) => expect([200, 204]).toContain(status));
    app.clock.set('2026-04-20T09:00:00Z');
    app.forget(world.ana);
    ana = await app.as(world.ana);
    const html = await page();
    expect(wordsOf(group(html, 'warn'))).toContain('Referral · Employment advice · in a pause until 1 May 2026');
    expect(namesIn(group(html, 'late'))).toEqual([]);
    expect(wordsOf((await ana.get(`/participants/${person}`).expect(200)).text)).toMatch(/pause.{0,12} until 1 May/i);
  });

  it('counts the others: accompanied, and nothing waits for the reader; who has left is none of them', async () => {
    await aParticipant(app, world.ana);
    await aParticipant(app, world.ana);
    const busy = await aParticipant(app, world.ana);
    await want(busy, {});
    const { person, enrolment } = await aReferredPerson(app, world, { receivedOn: '2026-03-01' });
    await (await app.api(world.ana)).post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'decline', version: 1, effectiveOn: '2026-03-02', reason: 'no-show', explainedFormat: 'plain' });
    await app.rows("update enrolment set closed_on = '2026-03-02', close_reason = 'moved' where id = $1 and closed_on is null", [enrolment]);
    await app.rows("update agenda_entry set done_on = '2026-03-02', outcome = 'withdrawn' where participant_id = $1 and done_on is null", [person]);
    await want(person, { key: 'left', nature: 'warning' });
    const html = wordsOf(await page());
    expect(html).toContain('For the other 2 people accompanied, nothing waits for you until 16 March 2026.');
    // The warning about who has left stands here; the caseload, which lists who is accompanied, counts and lists none.
    expect((await (await app.api(world.ana)).get('/api/v1/caseload/summary').expect(200)).body).toMatchObject({ people: 3, warned: 0 });
  });

  it('counts everybody however many there are, and shows each group a portion at a time, with a way on that needs no script', async () => {
    const late: string[] = [];
    for (let n = 0; n < 53; n += 1) late.push(await aParticipant(app, world.ana, { givenNames: 'Late', familyNames: `N${n}` }));
    const [awa, paul, busy] = [await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' }), await aParticipant(app, world.ana), await aParticipant(app, world.ana, { givenNames: 'Inès', familyNames: 'Roux' })];
    await aParticipant(app, world.ana);
    const write = (people: string[], due: string, each: number): Promise<unknown> => app.rows(
      `insert into agenda_entry (id, service_id, participant_id, key, kind, wanted_from_on, wanted_due_on, from_on, due_on, for_whom, subject_kind, params)
       select gen_random_uuid(), $1, p, 'k' || n, 'silence', '2026-01-01', cast($3 as date) + i::int % 7, '2026-01-01', cast($3 as date) + i::int % 7, 'coach', 'contact', '{"since":"2026-01-01"}'
         from unnest(cast($2 as uuid[])) with ordinality o(p, i), generate_series(1, $4) n`, [world.service, people, due, each]);
    await write(late, '2026-02-02', 1);
    // One about whom there is more than a whole list may hold: nobody behind them is lost.
    await write([busy], '2026-01-31', 520);
    await want(awa, {});
    await want(late[0]!, { key: 'warned', nature: 'warning' });
    await want(paul, { dueOn: '2026-06-01' });
    const tally = (html: string): string[] => [...html.matchAll(/jalon-tally__n">(\d+)/g)].map(([, n]) => n!);
    const html = await page();
    expect(tally(html)).toEqual(['54', '1', '0', '0']);
    expect(namesIn(group(html, 'late'))).toHaveLength(50);
    expect(namesIn(group(html, 'late'))[0]).toBe('Inès Roux');
    expect(wordsOf(group(html, 'late'))).toContain('Late 54 the oldest first');
    expect(namesIn(group(html, 'due'))).toEqual(['Awa Koné']);
    expect(wordsOf(html)).toContain('1 more person has a warning');
    expect(wordsOf(html)).toContain('For the other 2 people accompanied, nothing waits for you until 16 March 2026.');
    expect(wordsOf(html)).toContain('Later: 1 thing due after 16 March 2026');
    expect(/jalon-sidenav__count">(\d+)/.exec(html)?.[1]).toBe('55');
    expect(wordsOf(html)).toContain('The first 50 people are here: see all 54');
    expect(addressesOf(html)).toContain('/today?group=late');

    const [first, second] = [await page('?group=late'), await page('?group=late&page=2')];
    expect(addressesOf(first)).toContain('/today?group=late&page=2');
    const names = [...namesIn(first), ...namesIn(second)];
    expect([namesIn(second).length, new Set(names).size]).toEqual([4, 54]);
    expect(names.slice(0, 50)).toEqual(namesIn(group(html, 'late')));
    expect([group(second, 'due'), tally(second)]).toEqual(['', ['54', '1', '0', '0']]);
    expect(addressesOf(second)).toContain('/today#late');
    expect(namesIn(await page('?group=late&page=9'))).toEqual(namesIn(second));
    expect(namesIn(group(await page('?group=later'), 'later'))).toHaveLength(1);
    await ana.get('/today?group=everybody').expect(422);

    const api = await app.api(world.ana);
    const { body } = await api.get('/api/v1/today?group=late&page=2').expect(200) as { body: { groups: { group: string; people: unknown[] }[] } };
    expect(body).toMatchObject({ total: 55, size: 50, later: { count: 1 }, groups: [{ group: 'late', count: 54, page: 2 }, { group: 'due', count: 1, page: 1, people: [] }, { group: 'warn', count: 0, also: 1 }, { group: 'wait' }, { group: 'later', count: 1 }] });
    expect(body.groups[0]!.people).toHaveLength(4);
  });

  it('says of warnings where the others stand, so that the number is that of the caseload', async () => {
    const late = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await want(late, { key: 'late', kind: 'pause-ends', dueOn: '2026-02-27' });
    for (const person of [late, await aParticipant(app, world.ana), await aParticipant(app, world.ana)]) await want(person, { key: 'warned', nature: 'warning' });
    const warned = group(await page(), 'warn');
    expect(namesIn(warned)).toHaveLength(2);
    expect(wordsOf(warned)).toContain('1 more person has a warning: they are counted where it presses more.');
    const api = await app.api(world.ana);
    const { groups } = (await api.get('/api/v1/today').expect(200)).body as { groups: { group: string; people: unknown[]; also: number }[] };
    const { people, also } = groups.find((one) => one.group === 'warn')!;
    for (const [name, n] of [['warned', people.length + also], ['late', 1], ['silent', 3]] as const) {
      expect([name, (await api.get('/api/v1/caseload/summary').expect(200)).body]).toMatchObject([name, { [name]: n }]);
      expect([name, (await api.get(`/api/v1/caseload?${name}=true`).expect(200)).body]).toMatchObject([name, { people: n }]);
    }
  });

  it.each(['/', '/today', '/caseload', '/team', '/search', '/activities/new', '/caseload/export'])('%s opens for a manager', async (path) => {
    const answer = await (await app.as(world.manager)).get(path);
    expect([path, answer.status]).toEqual([path, path === '/' ? 303 : 200]);
  });
});

describe('what is ticked off', () => {
  let awa: string;
  const title = { fr: 'Lire le profil', es: 'Leer el perfil', en: 'Read the profile' };
  const task = (more: Partial<Want> = {}): Promise<void> => want(awa, { key: 'by-hand', kind: 'protocol-task', byHand: true, params: { title }, subject: { kind: 'enrolment', id: null }, ...more });
  const entry = async (): Promise<{ id: string; version: number }> => (await app.rows<{ id: string; version: number }>("select id, version from agenda_entry where participant_id = $1 and key = 'by-hand'", [awa]))[0]!;
  const tickOff = async () => ana.post(`/agenda/${(await entry()).id}/done`, { version: String((await entry()).version) }).expect(303).expect('location', '/today');
  const timeline = async (): Promise<{ type: string; on: string; agenda: object | null }[]> =>
    ((await (await app.api(world.ana)).get(`/api/v1/participants/${awa}/timeline`).expect(200)).body as { days: { facts: { type: string; on: string; agenda: object | null }[] }[] }).days.flatMap((one) => one.facts).filter((one) => one.agenda);
  beforeEach(async () => {
    awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await task();
  });

  it('is said by its name, with a way back that needs no script', async () => {
    const answer = await tickOff();
    expect(decodeURIComponent(String([answer.headers.location, answer.headers['set-cookie']]))).not.toMatch(/Awa|profile/);
    const after = (await ana.follow(answer).expect(200)).text;
    expect(wordsOf(after)).toContain('“Read the profile” for Awa Koné is marked as done. Undo');
    const undo = `/agenda/${(await entry()).id}/reopen`;
    const undone = await ana.post(undo, hiddenOf(after, undo)).expect(303).expect('location', '/today');
    const again = wordsOf((await ana.follow(undone).expect(200)).text);
    expect(again).toContain('It is to be done again.');
    expect(again).toContain('It is done – Read the profile, Awa Koné');
    expect((await app.rows<{ action: string }>("select action from audit_event where participant_id = $1 and action like 'agenda-entry.%' order by id", [awa])).map(({ action }) => action)).toEqual(['agenda-entry.done', 'agenda-entry.reopened']);
    expect(await timeline()).toEqual([]);
  });

  it('leaves a line in what happened, with who did it, and the way back on the same day', async () => {
    await tickOff();
    expect(await timeline()).toMatchObject([{ type: 'ticked-off', on: '2026-03-02', agenda: { byName: world.ana.name, reopen: { version: 2 } } }]);
    const overview = (await ana.get(`/participants/${awa}`).expect(200)).text;
    expect(wordsOf(overview)).toContain(`Done: Read the profile ${world.ana.name} Undo`);
    const undo = addressesOf(overview).find((one) => one.includes('/reopen'))!;
    expect(wordsOf((await (await app.as(world.manager)).get(`/participants/${awa}`).expect(200)).text)).not.toContain('Undo');
    await ana.post(undo, hiddenOf(overview, undo)).expect(303).expect('location', `/participants/${awa}`);
    expect((await entry()).version).toBe(3);
    await tickOff();
    app.clock.set('2026-03-03T09:00:00Z');
    app.forget(world.ana);
    ana = await app.as(world.ana);
    expect(await timeline()).toMatchObject([{ on: '2026-03-02', agenda: { reopen: null } }]);
  });

  it('is taken back by who did it, on that day, while nobody else has moved it; in the API as well', async () => {
    await tickOff();
    const { id, version } = await entry();
    const [api, manager] = [await app.api(world.ana), await app.api(world.manager)];
    expect((await manager.post(`/api/v1/agenda/${id}/reopen`, { version }).expect(409)).body).toMatchObject({ code: 'agenda-not-reopened' });
    expect((await api.post(`/api/v1/agenda/${id}/reopen`, { version: 1 }).expect(409)).body).toMatchObject({ code: 'edited-meanwhile' });
    expect((await api.get(`/api/v1/agenda/${id}`).expect(200)).body).toMatchObject({ closed: { on: '2026-03-02', outcome: 'done' } });
    expect((await api.post(`/api/v1/agenda/${id}/reopen`, { version }).expect(200)).body).toMatchObject({ closed: null, version: version + 1 });
    await api.post(`/api/v1/agenda/${id}/reopen`, { version: version + 1 }).expect(409);
    await tickOff();
    app.clock.set('2026-03-03T09:00:00Z');
    app.forget(world.ana);
    await (await app.api(world.ana)).post(`/api/v1/agenda/${id}/reopen`, { version: version + 2 }).expect(409);
  });
});

describe('what is put off', () => {
  it('says who did it, when, from which day and why: in what happened at once, on Today once it is back', async () => {
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await want(awa, { key: 'call', dueOn: '2026-03-05' });
    const [{ id }] = (await app.rows<{ id: string }>("select id from agenda_entry where participant_id = $1 and key = 'call'", [awa])) as [{ id: string }];
    const on = (day: string) => ({ 'dueOn-day': day, 'dueOn-month': '3', 'dueOn-year': '2026' });
    await (await app.as(world.manager)).post(`/agenda/${id}/postpone`, { version: '1', reason: 'In hospital', ...on('9') }).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text)).toContain(`Put off from 5 March 2026 to 9 March 2026: Not heard from since 1 February 2026 ${world.manager.name} In hospital`);
    expect(wordsOf(await page())).not.toContain('In hospital');
    app.clock.set('2026-03-09T09:00:00Z');
    app.forget(world.ana);
    ana = await app.as(world.ana);
    expect(wordsOf(await page())).toContain(`Put off from 5 Mar by ${world.manager.name}, on 2 Mar: In hospital`);
    await ana.post(`/agenda/${id}/postpone`, { version: '2', reason: 'Away', ...on('12') }).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text)).toMatch(/Put off from 9 March 2026 to 12 March 2026.*Put off from 5 March 2026 to 9 March 2026/);
    expect((await (await app.api(world.ana)).get('/api/v1/today').expect(200)).body).toMatchObject({ total: 0 });
  });
});
