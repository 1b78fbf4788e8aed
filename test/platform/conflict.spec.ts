import { AgendaService } from '../../src/modules/agenda';
import type { Language } from '../../src/platform/access/actor';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let id: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  id = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
});

const on = (name: string, day: string): Record<string, string> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const path = (rest: string): string => `/api/v1/participants/${id}/${rest}`;
/** Field, what is there now, what was sent: the rows of the table that a form shows which lost. */
function pairsOf(html: string): string[][] {
  const table = /<table class="jalon-table jalon-table--pairs"[\s\S]*?<\/table>/.exec(html)?.[0] ?? '';
  return [...table.matchAll(/<tr role="row"><th role="rowheader"[\s\S]*?<\/tr>/g)].map(([row]) => [...row.matchAll(/<t[hd] role="(?:rowheader|cell)"[^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => wordsOf(cell!)));
}
async function lost(browser: Browser, address: string, sent: Record<string, string>): Promise<string> {
  return (await browser.post(address, sent).expect(409)).text;
}
const beside = ({ body }: { body: unknown }): unknown => {
  const { now, sent } = body as { now: unknown; sent: unknown };
  return { now, sent };
};

describe('who edits what somebody else has changed is shown both values, in the words of the form and nothing else', () => {
  it('an account', async () => {
    const administrator = await app.as(world.administrator);
    const address = `/users/${world.ben.id}`;
    const given = { name: 'Ben B.', email: 'ben.b@example.org', language: 'es', version: '1' };
    await administrator.post(address, given).expect(303);
    expect(pairsOf(await lost(administrator, address, { ...given, name: 'Ben C.', language: 'fr' }))).toEqual([['Name', 'Ben B.', 'Ben C.'], ['Language', 'Spanish', 'French']]);
    const late = await (await app.api(world.administrator)).put(`/api/v1${address}`, { ...given, name: 'Ben D.', version: 1 }).expect(409);
    expect(beside(late)).toEqual({ now: { name: 'Ben B.' }, sent: { name: 'Ben D.' } });
  });

  it.each<[Language, string[][]]>([
    ['en', [['Who signs beside the person', 'Luc Roux', 'Zoé Roux'], ['For which acts', 'consents', 'money'], ['From', '1 January 2024', '2 February 2024']]],
    ['fr', [['Qui signe à côté de la personne', 'Luc Roux', 'Zoé Roux'], ['Pour quels actes', 'accords', 'argent'], ['À partir du', '1er janvier 2024', '2 février 2024']]],
    ['es', [['Quién firma junto a la persona', 'Luc Roux', 'Zoé Roux'], ['Para qué actos', 'acuerdos', 'dinero'], ['Desde el', '1 de enero de 2024', '2 de febrero de 2024']]],
  ])('a measure, in %s', async (language, pairs) => {
    const given = { kind: 'support-person', holder: 'Aline Roux', acts: ['consents'], fromOn: '2024-01-01' };
    const { id: measure } = (await api.post(path('measures'), given).expect(201)).body as { id: string };
    await api.put(path(`measures/${measure}`), { ...given, holder: 'Luc Roux', version: 1 }).expect(200);
    await app.rows('update app_user set language = $2 where id = $1', [world.ana.id, language]);
    app.forget(world.ana);
    const html = await lost(await app.as(world.ana), `/participants/${id}/measures/${measure}`, { kind: 'support-person', holder: 'Zoé Roux', acts: 'money', ...on('fromOn', '2024-02-02'), version: '1' });
    expect(pairsOf(html)).toEqual(pairs);
    expect(html).not.toMatch(/withdrawn(At|By|Reason)/);
    expect(beside(await api.put(path(`measures/${measure}`), { ...given, version: 1 }).expect(409))).toEqual({ now: { holder: 'Luc Roux' }, sent: { holder: 'Aline Roux' } });
  });

  it('a measure that is withdrawn: there are no two values, it is shown as it is now', async () => {
    const given = { kind: 'representation', holder: 'Aline Roux', acts: ['consents'], fromOn: '2024-01-01' };
    const { id: measure } = (await api.post(path('measures'), given).expect(201)).body as { id: string };
    await api.put(path(`measures/${measure}`), { ...given, holder: 'Luc Roux', untilOn: '2027-01-01', version: 1 }).expect(200);
    const address = `/participants/${id}/measures/${measure}/withdraw`;
    const html = await lost(ana, address, { reason: 'Another Awa', version: '1' });
    expect(pairsOf(html)).toEqual([]);
    expect(wordsOf(html)).toMatch(/Nothing was done: somebody else has changed this.*Luc Roux.*1 January 2027/);
    expect(html).not.toContain(world.ana.id);
    expect(html).toMatch(/name="version" value="2"/);
    expect(beside(await api.post(path(`measures/${measure}/withdraw`), { reason: 'Another Awa', version: 1 }).expect(409))).toEqual({ now: {}, sent: {} });
    await ana.post(address, { reason: 'Another Awa', version: '2' }).expect(303);
  });

  it('a recognition', async () => {
    const { id: recognition } = (await api.post(path('recognitions'), { scheme: 'other', state: 'asked' }).expect(201)).body as { id: string };
    await api.put(path(`recognitions/${recognition}`), { scheme: 'other', state: 'granted', validUntil: '2027-01-01', version: 1 }).expect(200);
    const html = await lost(ana, `/participants/${id}/recognitions/${recognition}`, { scheme: 'other', state: 'refused', version: '1' });
    expect(pairsOf(html)).toEqual([['Where it stands', 'granted', 'refused'], ['Valid until', '1 January 2027', 'none']]);
    const late = await api.put(path(`recognitions/${recognition}`), { scheme: 'other', state: 'refused', version: 1 }).expect(409);
    expect(beside(late)).toEqual({ now: { state: 'granted', validUntil: '2027-01-01' }, sent: { state: 'refused', validUntil: null } });
  });

  it('what is put off', async () => {
    await app.acting(world.ana, (actor) => {
      app.database.hold([id]);
      return app.get(AgendaService).want(actor, {
        participantId: id, key: 'call', kind: 'silence', nature: 'task', fromOn: '2026-02-01', dueOn: '2026-03-05', forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since: '2026-02-01' },
      });
    });
    const [entry] = await app.rows<{ id: string }>("select id from agenda_entry where participant_id = $1 and key = 'call'", [id]);
    const address = `/agenda/${entry!.id}/postpone`;
    await ana.post(address, { ...on('dueOn', '2026-03-09'), reason: 'In hospital', version: '1' }).expect(303);
    expect(pairsOf(await lost(ana, address, { ...on('dueOn', '2026-03-12'), reason: 'Away', version: '1' }))).toEqual([['New day', '9 March 2026', '12 March 2026'], ['Why', 'In hospital', 'Away']]);
    const late = await api.post(`/api/v1${address}`, { dueOn: '2026-03-12', reason: 'Away', version: 1 }).expect(409);
    expect(beside(late)).toEqual({ now: { dueOn: '2026-03-09', reason: 'In hospital' }, sent: { dueOn: '2026-03-12', reason: 'Away' } });
  });

  it('how to reach a person', async () => {
    const address = `/participants/${id}/contact`;
    const given = { 'phones.0.number': '0612345678', 'phones.0.owner': 'self', channel: 'sms', version: '1' };
    await ana.post(address, given).expect(303);
    const html = await lost(ana, address, { ...given, 'phones.0.number': '0687654321', 'phones.0.owner': 'neighbour', channel: '' });
    expect(pairsOf(html)).toEqual([['Number', '0612345678', '0687654321'], ['Whose it is', 'the person’s own', 'a neighbour’s'], ['Preferred way', 'text message', 'none']]);
    const late = await api.put(path('contact'), { phones: [{ number: '0687654321', owner: 'self' }], version: 1 }).expect(409);
    expect(beside(late)).toEqual({ now: { phones: '0612345678', channel: 'sms' }, sent: { phones: '0687654321', channel: null } });
  });

  it('a referral', async () => {
    const { person, enrolment } = await aReferredPerson(app, world);
    const address = `/participants/${person}/enrolments/${enrolment}/referral`;
    const [{ version }] = (await app.rows<{ version: number }>('select version from referral where enrolment_id = $1', [enrolment])) as [{ version: number }];
    await ana.post(address, { source: 'mdph', version: String(version) }).expect(303);
    const html = await lost(ana, address, { source: 'esat', wish: 'To work outside', version: String(version) });
    expect(pairsOf(html).map(([field]) => field)).toEqual(['Referred by', 'What the person wants, in their words']);
    expect(pairsOf(html)[1]!.slice(1)).toEqual(['none', 'To work outside']);
  });
});
