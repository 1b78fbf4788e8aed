import { AgendaService, type Want } from '../../src/modules/agenda';
import { EntryService, ProfileService } from '../../src/modules/participants';
import { ENTRY_KEYS } from '../../src/modules/participants/entry/entry-items';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
});

const want = (participantId: string, more: Partial<Want>): Promise<void> => app.acting(world.ana, (actor) => app.get(AgendaService).want(actor, {
  participantId, key: 'call', kind: 'silence', nature: 'task', fromOn: '2026-02-01', dueOn: '2026-03-05', forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since: '2026-02-01' }, ...more,
}));
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
    expect(wordsOf(group(all, 'due'))).toContain('Review the waiting');
    expect(namesIn(group(all, 'later'))).toEqual(['Paul Guérin']);
    await ana.get('/today?later=perhaps').expect(422);
    const api = await app.api(world.ana);
    expect((await api.get('/api/v1/today').expect(200)).body).toMatchObject({ total: 1, later: { count: 2, after: '2026-03-16' } });
    expect((await api.get('/api/v1/today?later=true').expect(200)).body).toMatchObject({ total: 1, groups: [{ people: [] }, { people: [{ name: 'Awa Koné', reasons: [{ group: 'due' }, { group: 'later' }] }] }, {}, {}, { group: 'later', people: [{ name: 'Paul Guérin' }] }] });
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

  it.each(['/', '/today', '/caseload', '/team', '/search', '/activities/new', '/caseload/export'])('%s opens for a manager', async (path) => {
    const answer = await (await app.as(world.manager)).get(path);
    expect([path, answer.status]).toEqual([path, path === '/' ? 303 : 200]);
  });
});
