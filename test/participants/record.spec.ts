import { ENTRY_KEYS } from '../../src/modules/participants/entry/entry-items';
import { AgendaCheck } from '../../src/modules/agenda';
import { Actor } from '../../src/platform/access/actor';
import { connected } from '../../src/platform/database/roles';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { hiddenOf, wordsOf } from '../support/html';

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
const faultsOf = (body: unknown): [string, string][] => (body as { errors: { field: string; code: string }[] }).errors.map(({ field, code }) => [field, code]);
const path = (rest: string): string => `/api/v1/participants/${id}/${rest}`;
const words = async (tab: string): Promise<string> => wordsOf((await ana.get(`/participants/${id}/${tab}`).expect(200)).text);

/** The page on which a form leaves its sender, with what it says was done. */
async function after(sent: { headers: Record<string, string> }): Promise<string> {
  const notice = /notice=[^;]+/.exec(String(sent.headers['set-cookie']))![0];
  return wordsOf((await app.stranger().get(sent.headers.location!).set('Cookie', `sid=${ana.session}; ${notice}`).expect(200)).text);
}

/** Until two requests wait for a lock. */
async function bothWait(): Promise<void> {
  const waiting = 'select distinct pid from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()';
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await app.rows(waiting)).length === 2) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('they do not wait');
}

describe('contact', () => {
  it('is corrected as a whole: phones that are taken out are gone', async () => {
    const address = `/participants/${id}/contact`;
    const given = { ...hiddenOf((await ana.get(address)).text, address), 'phones.0.number': '70 12 34 56', 'phones.0.owner': 'neighbour', 'phones.1.number': '60 00 00 00', 'phones.1.owner': 'self', languages: 'bm', emergencyName: 'Fanta' };
    await ana.post(address, given).expect(303);
    expect(await words('profile')).toMatch(/70 12 34 56 a neighbour’s.*60 00 00 00 the person’s own.*Bambara.*Fanta/);
    const again = (await ana.get(address)).text;
    expect(again).toMatch(/name="phones.0.number"[^>]*value="70 12 34 56"/);
    await ana.post(address, { ...hiddenOf(again, address), 'phones.0.number': '60 00 00 00', 'phones.0.owner': 'self', 'phones.1.number': '', 'phones.1.owner': '' }).expect(303);
    expect(await app.rows('select number, digits from participant_phone where participant_id = $1', [id])).toEqual([{ number: '60 00 00 00', digits: '60000000' }]);
  });
});

describe('recognition', () => {
  const rqth = { scheme: 'rqth', state: 'granted', validFrom: '2024-09-01', validUntil: '2026-08-31' };
  const alerts = (): Promise<unknown[]> => app.rows("select key, from_on::text, due_on::text, done_on is not null as closed, outcome from agenda_entry where participant_id = $1 and kind = 'recognition-ends' order by from_on", [id]);

  it('that ends is told 6, 3 and 1 months before, and no more once a later one is granted', async () => {
    const { id: recognition } = (await api.post(path('recognitions'), rqth).expect(201)).body as { id: string };
    expect(await alerts()).toMatchObject([
      { key: `recognition-${recognition}-6`, from_on: '2026-02-28', due_on: '2026-05-31', closed: false },
      { key: `recognition-${recognition}-3`, from_on: '2026-05-31', due_on: '2026-07-31', closed: false },
      { key: `recognition-${recognition}-1`, from_on: '2026-07-31', due_on: '2026-08-31', closed: false },
    ]);
    await api.post(path('recognitions'), { ...rqth, state: 'asked', validFrom: undefined, validUntil: undefined }).expect(201);
    expect((await alerts()).length).toBe(3);
    await api.post(path('recognitions'), { ...rqth, validFrom: '2026-09-01', validUntil: '2031-08-31' }).expect(201);
    expect((await alerts()).filter((one) => (one as { closed: boolean }).closed)).toHaveLength(3);
    const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
    expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
  });

  it('that has nearly ended says only what is still to come', async () => {
    await api.post(path('recognitions'), { ...rqth, validUntil: '2026-03-20' }).expect(201);
    expect(await alerts()).toMatchObject([{ closed: true }, { closed: true }, { closed: false, due_on: '2026-03-20' }]);
  });

  it('moves its alerts when its end is corrected, and is edited by its version', async () => {
    const { id: recognition } = (await api.post(path('recognitions'), rqth).expect(201)).body as { id: string };
    await api.put(path(`recognitions/${recognition}`), { ...rqth, validUntil: '2027-08-31', version: 1 }).expect(200);
    expect(await alerts()).toMatchObject([{ from_on: '2027-02-28' }, { from_on: '2027-05-31' }, { from_on: '2027-07-31' }]);
    const stale = await api.put(path(`recognitions/${recognition}`), { ...rqth, version: 1 }).expect(409);
    expect(stale.body).toMatchObject({ now: { validUntil: '2027-08-31' }, sent: { validUntil: '2026-08-31' }, version: 2 });
  });

  it('has dates in order, a scheme of the country, and none means none', async () => {
    expect(faultsOf((await api.post(path('recognitions'), { ...rqth, validUntil: '2024-08-31' }).expect(422)).body)).toEqual([['validUntil', 'not-before']]);
    expect(faultsOf((await api.post(path('recognitions'), { ...rqth, scheme: 'conadis-card' }).expect(422)).body)).toEqual([['scheme', 'not-in-list']]);
    expect(faultsOf((await api.post(path('recognitions'), { scheme: 'none', state: 'granted' }).expect(422)).body)).toEqual([['state', 'does-not-fit']]);
    expect(faultsOf((await api.post(path('recognitions'), { scheme: 'none', state: 'asked', validFrom: '2025-01-01', validUntil: '2024-08-31' }).expect(422)).body))
      .toEqual([['state', 'does-not-fit'], ['validFrom', 'not-granted'], ['validUntil', 'not-granted'], ['validUntil', 'not-before']]);
    const form = await ana.get(`/participants/${id}/recognitions/new`).expect(200);
    expect(wordsOf(form.text)).toContain('RQTH');
    expect(wordsOf(form.text)).not.toContain('CONADIS');
    const again = await ana.post(`/participants/${id}/recognitions`, { scheme: 'rqth', state: 'granted', ...on('validFrom', '2025-01-01'), ...on('validUntil', '2024-01-01') }).expect(422);
    expect(wordsOf(again.text)).toContain('“Valid until”: not before 1 January 2025');
    await ana.post(`/participants/${id}/recognitions`, { scheme: 'none', state: 'none' }).expect(303);
    expect(await words('profile')).toContain('No recognition');
  });
});

describe('disability and support', () => {
  it('several families have a main one; refused is an answer of its own', async () => {
    expect(faultsOf((await api.put(path('profile'), { families: ['intellectual', 'psychosocial'], version: 0 }).expect(422)).body)).toEqual([['mainFamily', 'required']]);
    expect(faultsOf((await api.put(path('profile'), { families: ['motor'], mainFamily: 'visual', version: 0 }).expect(422)).body)).toEqual([['mainFamily', 'not-among-chosen']]);
    expect(faultsOf((await api.put(path('profile'), { families: ['motor'], familiesRefused: true, version: 0 }).expect(422)).body)).toEqual([['familiesRefused', 'does-not-fit']]);
    await api.put(path('profile'), { families: ['intellectual', 'psychosocial'], mainFamily: 'psychosocial', supportNeeds: 'Short instructions', version: 0 }).expect(200);
    expect(await words('profile')).toContain('intellectual disability, psychosocial disability (main)');
    expect((await api.put(path('profile'), { familiesRefused: true, version: 0 }).expect(409)).body).toMatchObject({ now: { families: ['intellectual', 'psychosocial'] }, version: 1 });
    await api.put(path('profile'), { familiesRefused: true, version: 1 }).expect(200);
    expect(await words('profile')).toContain('prefers not to say');
  });

  it('two tabs of the form: the second is told', async () => {
    const address = `/participants/${id}/functional`;
    const [first, second] = [hiddenOf((await ana.get(address)).text, address), hiddenOf((await ana.get(address)).text, address)];
    await ana.post(address, { ...first, families: 'motor' }).expect(303);
    expect(wordsOf((await ana.post(address, { ...second, families: 'visual' }).expect(409)).text)).toContain('Disability families');
  });

  it('six questions, each asking kept as it was, none in the future', async () => {
    const asked = { askedOn: '2026-03-02', answeredBy: 'self', seeing: '1', hearing: '3', walking: '1', remembering: '7', selfCare: '1', communicating: '9' };
    await api.post(path('washington-group'), { ...asked, askedOn: '2025-06-01', hearing: '1' }).expect(201);
    await api.post(path('washington-group'), asked).expect(201);
    expect(((await api.get(path('profile'))).body as { washingtonGroup: object[] }).washingtonGroup).toMatchObject([{ askedOn: '2026-03-02', aboveCutOff: true }, { askedOn: '2025-06-01', aboveCutOff: null }]);
    expect(faultsOf((await api.post(path('washington-group'), { ...asked, askedOn: '2026-03-03' }).expect(422)).body)).toEqual([['askedOn', 'in-the-future']]);
    expect(faultsOf((await api.post(path('washington-group'), { ...asked, seeing: '5' }).expect(422)).body)).toEqual([['seeing', 'not-in-list']]);
    const { answers: _, ...missing } = { answers: 0, ...asked, seeing: undefined };
    expect(faultsOf((await api.post(path('washington-group'), missing).expect(422)).body)).toEqual([['seeing', 'required']]);
    await ana.post(`/participants/${id}/washington-group`, { ...on('askedOn', '2026-03-01'), ...asked, askedOn: undefined }).expect(303);
    expect(await words('profile')).toContain('Hearing A lot of difficulty');
    await expect(app.acting(world.ana, () => app.database.sql('update washington_group set seeing = 1 where participant_id = $1', [id]))).rejects.toMatchObject({ code: '42501' });
  });

  it('somebody of the family is corrected in their place, by their version', async () => {
    await ana.post(`/participants/${id}/family`, { name: 'Fanta Kone', relation: 'mother', takesPart: 'on' }).expect(303);
    const address = /href="(\/participants\/[\w-]+\/family\/[\w-]+)"/.exec((await ana.get(`/participants/${id}/family`)).text)![1]!;
    const form = (await ana.get(address).expect(200)).text;
    expect(form).toMatch(/name="name"[^>]*value="Fanta Kone"/);
    const { version } = hiddenOf(form, address);
    const sent = { version };
    await ana.post(address, { ...sent, name: '', relation: 'mother' }).expect(422);
    await ana.post(address, { ...sent, name: 'Fanta Koné', relation: 'mother', phone: '70 12 34 56' }).expect(303).expect('location', `/participants/${id}/family`);
    expect(await words('profile')).toContain('mother Fanta Koné · 70 12 34 56');
    expect(wordsOf((await ana.post(address, { ...sent, name: 'Fanta Traoré', relation: 'mother' }).expect(409)).text)).toContain('Fanta Koné');
    const [member] = await app.rows<{ id: string; takes_part: boolean }>('select id, takes_part from family_member where participant_id = $1', [id]);
    expect(member!.takes_part).toBe(false);
    expect(((await api.put(path(`family/${member!.id}`), { name: 'Fanta', relation: 'aunt', takesPart: true, version: 2 }).expect(200)).body as { family: object[] }).family).toMatchObject([{ name: 'Fanta', relation: 'aunt', phone: null, takesPart: true, version: 3 }]);
    await api.put(`/api/v1/participants/${await aParticipant(app, world.ana)}/family/${member!.id}`, { name: 'Fanta', relation: 'aunt', version: 3 }).expect(404);
  });

  it('family comes and goes', async () => {
    await ana.post(`/participants/${id}/family`, { name: 'Fanta Koné', relation: 'mother', takesPart: 'on' }).expect(303);
    const page = (await ana.get(`/participants/${id}/family`)).text;
    expect(wordsOf(page)).toContain('Fanta Koné , mother · takes part in the support');
    const remove = /action="(\/participants\/[\w-]+\/family\/[\w-]+\/remove)"/.exec(page)![1]!;
    await ana.post(remove).expect(303);
    await ana.post(remove).expect(404);
    expect(await words('profile')).toContain('Nobody is written down');
  });
});

describe('at entry', () => {
  it('answers are of the list or refused, counted, and edited by their version', async () => {
    const put = (answers: object[], version: number) => api.put(path('entry'), { answers, version });
    expect((await put([{ item: 'housing', value: 'stable' }, { item: 'area', value: 'refused' }], 0).expect(200)).body).toMatchObject({ answered: 2, total: 13, version: 2 });
    expect((await put([{ item: 'housing', value: 'none' }], 0).expect(409)).body).toMatchObject({ now: { housing: 'stable' }, sent: { housing: 'none' }, version: 2 });
    expect((await put([{ item: 'housing', value: 'none' }], 2).expect(200)).body).toMatchObject({ version: 3 });
    expect(faultsOf((await put([{ item: 'housing', value: 'castle' }], 3).expect(422)).body)).toEqual([['answers.0.value', 'not-in-list']]);
    expect(faultsOf((await put([{ item: 'shoe-size', value: '42' }], 3).expect(422)).body)).toEqual([['answers.0.item', 'not-in-list']]);
    expect(faultsOf((await put([{ item: 'area', value: 'city' }, { item: 'area', value: 'rural' }], 3).expect(422)).body)).toEqual([['answers.1.item', 'twice']]);
    expect(faultsOf((await api.put(path('entry'), { answers: [{ item: 'area', value: 'city' }], answeredOn: '2026-03-03', version: 3 }).expect(422)).body)).toEqual([['answeredOn', 'in-the-future']]);
    expect(await words('profile')).toMatch(/Housing none .*Where the person lives prefers not to answer/);
  });

  /** Every item as the form sends it. */
  const answers = (given: Record<string, string>): Record<string, string> => Object.assign({}, ...ENTRY_KEYS.map((item, index) => (
    { [`answers.${index}.item`]: item, ...(given[item] ? { [`answers.${index}.value`]: given[item] } : {}) }))) as Record<string, string>;
  const address = (): string => `/participants/${id}/entry`;

  it('a form without any answer is refused; one with some says how many are left, one with the same that nothing has changed', async () => {
    const empty = await ana.post(address(), { ...answers({}), ...on('answeredOn', '2026-03-03'), version: '0' }).expect(422);
    expect(wordsOf(empty.text)).toContain('No question has an answer. Answer at least one');
    expect(wordsOf(empty.text)).toContain('“Asked on”: that day is still to come');
    expect(empty.text).toMatch(/id="answers" tabindex="-1"><p id="answers-error" class="govuk-error-message">/);
    expect(faultsOf((await api.put(path('entry'), { answers: [{ item: 'area' }], version: 0 }).expect(422)).body)).toEqual([['answers', 'nothing-answered']]);
    const some = { ...on('answeredOn', '2026-03-02'), ...answers({ area: 'city', housing: 'refused' }) };
    expect(await after(await ana.post(address(), { ...some, version: '0' }).expect(303))).toContain('The answers are saved. 11 questions are still without an answer.');
    expect(await after(await ana.post(address(), { ...some, version: '2' }).expect(303))).toContain('Nothing has changed');
    const all = answers(Object.fromEntries(ENTRY_KEYS.map((key) => [key, key === 'area' ? 'city' : 'refused'])));
    expect(await after(await ana.post(address(), { ...on('answeredOn', '2026-03-02'), ...all, version: '2' }).expect(303))).toContain('every question has its answer');
    expect(await app.rows("select count(*)::int as n from audit_event where participant_id = $1 and action = 'entry.answered'", [id])).toEqual([{ n: 2 }]);
  });

  it('answers that cannot both hold are refused at both, those given before included', async () => {
    const both = await ana.post(address(), { ...answers({ 'work-status': 'employed', 'unemployed-for': 'over-24-months', area: 'city' }), ...on('answeredOn', '2026-03-02'), version: '0' }).expect(422);
    expect(wordsOf(both.text)).toContain('“Employed” and “out of work” for some time do not go together');
    for (const item of ['work-status', 'unemployed-for']) expect(both.text).toContain(`href="#answers-${ENTRY_KEYS.indexOf(item)}-value"`);
    const put = (given: Record<string, string>, version: number) => api.put(path('entry'), { answers: Object.entries(given).map(([item, value]) => ({ item, value })), version });
    for (const [given, code] of [
      [{ 'work-status': 'unemployed', 'unemployed-for': 'not-concerned' }, 'without-work-since-never'], [{ 'work-status': 'inactive', 'registered-unemployed': 'yes' }, 'registered-and-inactive'],
      [{ disability: 'no', 'disability-evidence': 'self-declared' }, 'disability-said-and-not'], [{ disability: 'yes', 'disability-evidence': 'none' }, 'disability-from-nowhere'],
    ] as const) expect(faultsOf((await put(given, 0).expect(422)).body)).toEqual([['answers.0.value', code], ['answers.1.value', code]]);
    await put({ 'work-status': 'employed', 'registered-unemployed': 'yes', 'unemployed-for': 'refused' }, 0).expect(200);
    expect(faultsOf((await put({ 'unemployed-for': 'under-6-months' }, 3).expect(422)).body)).toEqual([['answers.0.value', 'in-work-and-without']]);
    expect(faultsOf((await put({ area: 'castle', 'unemployed-for': 'under-6-months' }, 3).expect(422)).body)).toEqual([['answers.0.value', 'not-in-list'], ['answers.1.value', 'in-work-and-without']]);
    await put({ 'work-status': 'unemployed', 'unemployed-for': 'under-6-months' }, 3).expect(200);
  });

  it('nobody has a doctorate at twelve', async () => {
    ({ id } = (await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'year', bornYear: 2013, gender: 'x', documentKind: 'none' }).expect(201)).body as { id: string });
    const level = (value: string) => api.put(path('entry'), { answers: [{ item: 'education-level', value }], version: 0 });
    const refused = await level('isced-8').expect(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'answers.0.value', code: 'level-before-its-age', message: expect.stringContaining('at the age of 13') as string }] });
    await level('isced-2').expect(200);
  });
});

describe('information and consent', () => {
  const yes = { purpose: 'family', answer: 'yes', givenOn: '2026-03-02', format: 'read-aloud', giver: 'self', method: 'mark', witness: 'Ousmane Traoré, neighbour' };

  it('the page reads out what is said, and keeps that it was', async () => {
    const form = wordsOf((await ana.get(`/participants/${id}/informed`).expect(200)).text);
    for (const part of ['What we do', 'Why we write it down', 'Who sees it', 'Your rights']) expect(form).toContain(part);
    await ana.post(`/participants/${id}/informed`, { ...on('givenOn', '2026-03-01'), format: 'sign', willing: 'yes' }).expect(303);
    await ana.post(`/participants/${id}/informed`, { ...on('givenOn', '2026-03-04'), format: 'sign', willing: 'yes' }).expect(422);
    const unsaid = wordsOf((await ana.post(`/participants/${id}/informed`, { ...on('givenOn', '2026-03-01') }).expect(422)).text);
    expect(unsaid).toContain('“In which format”: choose an answer');
    expect(unsaid).toContain('“Does the person want the support?”: choose an answer');
    expect(await words('information')).toContain(`on 1 March 2026, sign language, wording 1 · ${world.ana.name}`);
  });

  it('a consent is given, withdrawn from a day on, asked again; every answer stays', async () => {
    const { id: consent } = (await api.post(path('consents'), yes).expect(201)).body as { id: string };
    expect(faultsOf((await api.post(path(`consents/${consent}/withdraw`), { withdrawnOn: '2026-03-01', version: 1 }).expect(422)).body)).toEqual([['withdrawnOn', 'not-before']]);
    expect((await api.post(path(`consents/${consent}/withdraw`), { withdrawnOn: '2026-03-02', version: 1 }).expect(200)).body).toMatchObject({ withdrawnOn: '2026-03-02', stands: false });
    await api.post(path(`consents/${consent}/withdraw`), { withdrawnOn: '2026-03-02', version: 2 }).expect(409);
    await api.post(path('consents'), { ...yes, answer: 'no' }).expect(201);
    const { purposes } = (await api.get(path('information'))).body as { purposes: { purpose: string; latest: object; earlier: object[] }[] };
    expect(purposes.find((one) => one.purpose === 'family')).toMatchObject({ latest: { answer: 'no', stands: false }, earlier: [{ answer: 'yes', withdrawnOn: '2026-03-02' }] });
    expect(await words('information')).toContain('Before: Yes, on 2 March 2026');
  });

  it('a no is not withdrawn', async () => {
    const { id: consent } = (await api.post(path('consents'), { ...yes, answer: 'no' }).expect(201)).body as { id: string };
    expect((await api.post(path(`consents/${consent}/withdraw`), { withdrawnOn: '2026-03-02', version: 1 }).expect(409)).body).toMatchObject({ code: 'nothing-to-withdraw' });
    const again = await ana.post(`/participants/${id}/consents/${consent}/withdraw`, { ...on('withdrawnOn', '2026-03-02'), version: '1' }).expect(409);
    expect(wordsOf(again.text)).toContain('There is nothing to withdraw');
    expect(await app.rows('select withdrawn_on from consent where id = $1', [consent])).toEqual([{ withdrawn_on: null }]);
  });

  it('a mark has its witness; the form keeps its purpose when it is refused', async () => {
    expect(faultsOf((await api.post(path('consents'), { ...yes, witness: undefined }).expect(422)).body)).toEqual([['witness', 'required']]);
    await ana.get(`/participants/${id}/consents/new?purpose=everything`).expect(422);
    expect(wordsOf((await ana.get(`/participants/${id}/consents/new?purpose=research`).expect(200)).text)).toContain('May researchers use your answers');
    const again = await ana.post(`/participants/${id}/consents`, { purpose: 'research', answer: 'yes', ...on('givenOn', '2026-03-02'), format: 'plain', giver: 'self', method: 'mark' }).expect(422);
    expect(wordsOf(again.text)).toContain('May researchers use your answers');
    await ana.post(`/participants/${id}/consents`, { purpose: 'research', answer: 'yes', ...on('givenOn', '2026-03-02'), format: 'plain', giver: 'self', method: 'voice' }).expect(303);
    const withdraw = /href="(\/participants\/[\w-]+\/consents\/[\w-]+\/withdraw)"/.exec((await ana.get(`/participants/${id}/information`)).text)![1]!;
    await ana.post(withdraw, { ...hiddenOf((await ana.get(withdraw)).text, withdraw), ...on('withdrawnOn', '2026-03-02') }).expect(303);
  });

  it('a measure adds a signature to a yes, never replaces the person, and stops no refusal', async () => {
    expect(faultsOf((await api.post(path('measures'), { kind: 'representation' }).expect(422)).body)).toEqual([['holder', 'required']]);
    expect(faultsOf((await api.post(path('measures'), { kind: 'none', fromOn: '2026-01-01', untilOn: '2025-01-01' }).expect(422)).body)).toEqual([['untilOn', 'not-before']]);
    const given = { kind: 'representation', holder: 'Aline Roux', acts: ['consents'], fromOn: '2024-01-01', untilOn: '2026-03-31' };
    const { id: measure } = (await api.post(path('measures'), given).expect(201)).body as { id: string };
    expect((await api.post(path('consents'), yes).expect(409)).body).toMatchObject({ code: 'legal-signature-needed' });
    expect(wordsOf((await ana.get(`/participants/${id}/consents/new?purpose=family`)).text)).toContain('Law asks for a second signature');
    await api.post(path('consents'), { ...yes, answer: 'no' }).expect(201);
    await api.post(path('consents'), { ...yes, giver: 'self-and-legal' }).expect(201);
    app.clock.set('2026-04-02T09:00:00Z');
    app.forget(world.ana);
    const later = await app.api(world.ana);
    expect((await later.post(path('consents'), { ...yes, givenOn: '2026-04-02', giver: 'self-and-legal' }).expect(409)).body).toMatchObject({ code: 'measure-expired' });
    await later.put(path(`measures/${measure}`), { ...given, untilOn: '2030-01-01', version: 1 }).expect(200);
    await later.put(path(`measures/${measure}`), { ...given, version: 1 }).expect(409);
    await later.post(path('consents'), { ...yes, givenOn: '2026-04-02', giver: 'self-and-legal' }).expect(201);
  });

  it('a measure noted in error is withdrawn with a reason: it stays readable, and counts nowhere', async () => {
    const given = { kind: 'representation', holder: 'Aline Roux', acts: ['consents'], fromOn: '2024-01-01' };
    const { id: measure } = (await api.post(path('measures'), given).expect(201)).body as { id: string };
    await api.post(path('consents'), yes).expect(409);
    const address = `/participants/${id}/measures/${measure}/withdraw`;
    expect((await ana.get(`/participants/${id}/information`)).text).toContain(`href="${address}"`);
    const { version } = hiddenOf((await ana.get(address).expect(200)).text, address);
    expect(wordsOf((await ana.post(address, { version }).expect(422)).text)).toContain('Fill in “Reason”');
    await ana.post(address, { version, reason: 'The file of another Awa' }).expect(303).expect('location', `/participants/${id}/information`);
    expect(await words('information')).toMatch(/Noted in error representation · Aline Roux · withdrawn on .*: The file of another Awa/);
    expect((await api.get(path('information')).expect(200)).body).toMatchObject({ measures: [], withdrawnMeasures: [{ id: measure, holds: false, withdrawn: { reason: 'The file of another Awa' } }] });
    await api.post(path('consents'), yes).expect(201);
    expect((await api.put(path(`measures/${measure}`), { ...given, version: 2 }).expect(409)).body).toMatchObject({ code: 'measure-withdrawn' });
    expect((await api.post(path(`measures/${measure}/withdraw`), { reason: 'again', version: 2 }).expect(409)).body).toMatchObject({ code: 'measure-withdrawn' });
    expect(await app.rows("select action, reason from audit_event where subject_id = $1 and outcome = 'done' and action = 'measure.withdrawn'", [measure])).toEqual([{ action: 'measure.withdrawn', reason: 'The file of another Awa' }]);
    const again = (await api.post(path('measures'), given).expect(201)).body as { id: string };
    await api.post(path(`measures/${again.id}/withdraw`), { reason: 'typed twice', version: 9 }).expect(409);
    expect((await api.post(path(`measures/${again.id}/withdraw`), { reason: 'typed twice', version: 1 }).expect(200)).body).toMatchObject({ withdrawn: { reason: 'typed twice' }, version: 2 });
  });

  it('a measure that is none has nobody who signs, and all that is wrong with one is told at once', async () => {
    expect(faultsOf((await api.post(path('measures'), { kind: 'none', holder: 'Aline Roux', acts: ['money'], byService: true }).expect(422)).body)).toEqual([['holder', 'nobody-signs'], ['acts', 'nobody-signs'], ['byService', 'nobody-signs']]);
    expect(faultsOf((await api.post(path('measures'), { kind: 'mandate', fromOn: '1949-01-01', untilOn: '1948-01-01' }).expect(422)).body))
      .toEqual([['fromOn', 'not-before'], ['untilOn', 'not-before'], ['untilOn', 'not-before'], ['holder', 'required']]);
  });

  it('no measure or recognition is edited into the twin of another', async () => {
    const given = { kind: 'representation', holder: 'Aline Roux', fromOn: '2024-01-01' };
    await api.post(path('measures'), given).expect(201);
    const { id: other } = (await api.post(path('measures'), { ...given, holder: 'Paul Roux' }).expect(201)).body as { id: string };
    expect((await api.put(path(`measures/${other}`), { ...given, holder: 'aline roux', version: 1 }).expect(409)).body).toMatchObject({ code: 'measure-already-there' });
    await api.put(path(`measures/${other}`), { ...given, holder: 'PAUL ROUX', version: 1 }).expect(200);
    const rqth = { scheme: 'rqth', state: 'granted', validFrom: '2024-09-01' };
    await api.post(path('recognitions'), rqth).expect(201);
    const { id: later } = (await api.post(path('recognitions'), { ...rqth, validFrom: '2025-09-01' }).expect(201)).body as { id: string };
    expect((await api.put(path(`recognitions/${later}`), { ...rqth, version: 1 }).expect(409)).body).toMatchObject({ code: 'recognition-already-there' });
    await api.put(path(`recognitions/${later}`), { ...rqth, validFrom: '2025-09-01', reference: 'B 12', version: 1 }).expect(200);
  });

  it('a measure or a recognition written down twice is refused', async () => {
    const given = { kind: 'representation', holder: 'Aline Roux', acts: ['consents'], fromOn: '2024-01-01' };
    await api.post(path('measures'), given).expect(201);
    expect((await api.post(path('measures'), { ...given, holder: 'ALINE  ROUX', acts: ['money'] }).expect(409)).body).toMatchObject({ code: 'measure-already-there' });
    await api.post(path('measures'), { ...given, holder: 'Paul Roux' }).expect(201);
    await api.post(path('measures'), { ...given, fromOn: '2025-01-01' }).expect(201);
    const again = await ana.post(`/participants/${id}/measures`, { kind: 'representation', holder: 'Aline Roux', ...on('fromOn', '2024-01-01') }).expect(409);
    expect(wordsOf(again.text)).toContain('Edit it instead');
    expect(again.text).toContain('Aline Roux');
    await api.post(path('recognitions'), { scheme: 'rqth', state: 'granted', validFrom: '2024-09-01' }).expect(201);
    expect((await api.post(path('recognitions'), { scheme: 'rqth', state: 'granted', validFrom: '2024-09-01' }).expect(409)).body).toMatchObject({ code: 'recognition-already-there' });
  });

  it.each([
    ['measures', 'protection_measure', { kind: 'representation', holder: 'Aline Roux', fromOn: '2024-01-01' }],
    ['recognitions', 'recognition', { scheme: 'rqth', state: 'granted', validFrom: '2024-09-01' }],
  ])('%s sent twice at once are written down once', async (kind, table, given) => {
    const answers = await connected(app.postgres.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query(`lock table ${table} in share mode`); // whoever looks what is there goes on, whoever writes waits
      const sent = Promise.all([api.post(path(kind), given), api.post(path(kind), given)]);
      await bothWait();
      await owner.query('commit');
      return sent;
    });
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  describe('somebody under 18', () => {
    let young: string;
    const of = (rest: string): string => `/api/v1/participants/${young}/${rest}`;
    const said = async (tab: string): Promise<string> => wordsOf((await ana.get(`/participants/${young}/${tab}`).expect(200)).text);
    beforeEach(async () => {
      young = ((await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'day', bornYear: 2009, bornMonth: 5, bornDay: 4, gender: 'x', documentKind: 'none' }).expect(201)).body as { id: string }).id;
    });

    it('agrees beside an adult, who is named; says no alone', async () => {
      expect(await said('information')).toContain('Under 18 An adult signs beside the person, never instead. Write down who');
      expect((await api.post(of('consents'), yes).expect(409)).body).toMatchObject({ code: 'legal-signature-needed' });
      expect(faultsOf((await api.post(of('consents'), { ...yes, giver: 'self-and-legal' }).expect(422)).body)).toEqual([['coSigner', 'required']]);
      await api.post(of('consents'), { ...yes, answer: 'no' }).expect(201);
      expect((await api.post(of('consents'), { ...yes, giver: 'self-and-legal', coSigner: 'Fanta Mei' }).expect(201)).body).toMatchObject({ coSigner: 'Fanta Mei' });
      expect(await said('information')).toContain('with Fanta Mei');
    });

    it('the adult who was written down is the one who signs, until the eighteenth birthday and not a day longer', async () => {
      expect((await api.post(of('measures'), { kind: 'minor', holder: 'Fanta Mei' }).expect(201)).body).toMatchObject({ untilOn: '2027-05-03' });
      expect(faultsOf((await api.post(of('measures'), { kind: 'minor', holder: 'Li Mei', untilOn: '2027-05-04' }).expect(422)).body)).toEqual([['untilOn', 'not-after']]);
      expect(faultsOf((await api.post(of('measures'), { kind: 'minor', holder: 'Li Mei', fromOn: '2027-05-04' }).expect(422)).body)).toEqual([['kind', 'of-age']]);
      expect((await api.post(of('consents'), { ...yes, giver: 'self-and-legal' }).expect(201)).body).toMatchObject({ coSigner: 'Fanta Mei' });
      const form = (await ana.get(`/participants/${young}/consents/new?purpose=research`).expect(200)).text;
      expect(wordsOf(form)).toContain('The person is under 18: an adult signs too');
      expect(form).toMatch(/name="coSigner"[^>]*value="Fanta Mei"/);
      app.clock.set('2027-05-04T09:00:00Z');
      app.forget(world.ana);
      ana = await app.as(world.ana);
      await ana.post(`/participants/${young}/consents`, { ...yes, purpose: 'research', ...on('givenOn', '2027-05-04'), givenOn: undefined }).expect(303);
      expect(wordsOf((await ana.post(`/participants/${young}/measures`, { kind: 'minor', holder: 'Fanta Mei' }).expect(422)).text)).toContain('the person has been of age since 4 May 2027');
    });

    it('signs alone once emancipated, with the document that says so', async () => {
      await api.post(of('measures'), { kind: 'none' }).expect(201);
      await api.post(of('consents'), yes).expect(409);
      await api.post(of('measures'), { kind: 'none', document: 'Judgment of 3 March', fromOn: '2026-01-01' }).expect(201);
      await api.post(of('consents'), yes).expect(201);
    });
  });

  it('where the service itself is guardian, an adult outside it signs', async () => {
    await api.post(path('measures'), { kind: 'representation', holder: 'Les Deux Rives', acts: ['consents'], byService: true, document: 'Judgment of 2024' }).expect(201);
    expect(await words('information')).toContain('Held by the service: an adult outside it signs');
    expect(wordsOf((await ana.get(`/participants/${id}/consents/new?purpose=family`)).text)).toContain('an adult outside the service signs beside the person');
    expect(faultsOf((await api.post(path('consents'), { ...yes, giver: 'self-and-legal' }).expect(422)).body)).toEqual([['coSigner', 'required']]);
    expect(faultsOf((await api.post(path('consents'), { ...yes, giver: 'self-and-legal', coSigner: 'les deux rives' }).expect(422)).body)).toEqual([['coSigner', 'outside-the-service']]);
    await api.post(path('consents'), { ...yes, giver: 'self-and-legal', coSigner: 'Ousmane Traoré' }).expect(201);
  });

  it('what was read aloud keeps its language and its reader', async () => {
    await ana.post(`/participants/${id}/consents`, { purpose: 'research', answer: 'yes', ...on('givenOn', '2026-03-02'), format: 'read-aloud', giver: 'self', method: 'voice', readIn: 'bm', readBy: 'Awa Diarra' }).expect(303);
    expect(await words('information')).toContain('read in Bambara · by Awa Diarra');
  });

  it('a measure is written down and corrected in the page', async () => {
    await ana.post(`/participants/${id}/measures`, { kind: 'support-person', holder: 'Rosa Quispe' }).expect(303);
    const edit = /href="(\/participants\/[\w-]+\/measures\/[\w-]{36})"/.exec((await ana.get(`/participants/${id}/information`)).text)![1]!;
    await ana.post(edit, { ...hiddenOf((await ana.get(edit)).text, edit), kind: 'support-person', holder: 'Rosa Mamani' }).expect(303);
    expect(await words('information')).toContain('support person Rosa Mamani');
  });
});

describe('a day that has been', () => {
  const asked = { answeredBy: 'self', seeing: '1', hearing: '1', walking: '1', remembering: '1', selfCare: '1', communicating: '1' };
  const consent = { purpose: 'family', answer: 'no', format: 'plain', giver: 'self', method: 'voice' };
  const calls = (): [string, string, (day: string) => Promise<{ body: unknown }>][] => [
    ['informed', 'givenOn', async (day) => api.post(path('information'), { givenOn: day, format: 'plain', willing: 'yes' })],
    ['consent', 'givenOn', async (day) => api.post(path('consents'), { ...consent, givenOn: day })],
    ['Washington Group', 'askedOn', async (day) => api.post(path('washington-group'), { ...asked, askedOn: day })],
    ['entry', 'answeredOn', async (day) => api.put(path('entry'), { answers: [{ item: 'housing', value: 'stable' }], answeredOn: day, version: 0 })],
    ['referral', 'receivedOn', async (day) => api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: day })],
    ['decision', 'decisionOn', async (day) => api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02', entitlement: 'decision', decisionOn: day })],
    ['entitlement', 'entitlementFrom', async (day) => api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02', entitlement: 'decision', entitlementFrom: day })],
    ['end of entitlement', 'entitlementUntil', async (day) => api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02', entitlement: 'decision', entitlementUntil: day })],
    ['recognition', 'validFrom', async (day) => api.post(path('recognitions'), { scheme: 'rqth', state: 'granted', validFrom: day })],
    ['end of recognition', 'validUntil', async (day) => api.post(path('recognitions'), { scheme: 'rqth', state: 'granted', validUntil: day })],
    ['measure', 'fromOn', async (day) => api.post(path('measures'), { kind: 'none', fromOn: day })],
    ['end of measure', 'untilOn', async (day) => api.post(path('measures'), { kind: 'none', untilOn: day })],
  ];

  it('is never absurdly old', async () => {
    for (const [what, field, send] of calls()) expect([what, faultsOf((await send('1900-01-01')).body)]).toEqual([what, [[field, 'not-before']]]);
    const again = await ana.post(`/participants/${id}/informed`, { ...on('givenOn', '1999-12-31'), format: 'plain', willing: 'yes' }).expect(422);
    expect(wordsOf(again.text)).toContain('not before 1 January 2000');
  });

  it('is not before the person was born, and the message says so', async () => {
    const made = await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'month', bornYear: 2009, bornMonth: 5, gender: 'x', documentKind: 'none' }).expect(201);
    ({ id } = made.body as { id: string });
    for (const [what, field, send] of calls().filter(([, field]) => !['decisionOn', 'entitlementFrom', 'entitlementUntil'].includes(field))) {
      expect([what, faultsOf((await send('2009-04-30')).body)]).toEqual([what, [[field, 'not-before-birth']]]);
    }
    const again = await ana.post(`/participants/${id}/informed`, { ...on('givenOn', '2009-04-30'), format: 'plain', willing: 'yes' }).expect(422);
    expect(wordsOf(again.text)).toContain('not before the person was born, 1 May 2009 at the earliest');
  });

  it('holds a birth date that is corrected: nobody was born after what is written down', async () => {
    const identity = { givenNames: 'Awa', familyNames: 'Koné', gender: 'x', documentKind: 'none', bornPrecision: 'day', bornDay: 1, bornMonth: 5 };
    let version = 1;
    const born = async (bornYear: number, change = {}): Promise<{ status: number; body: unknown }> => {
      const answer = await api.put(path('identity'), { ...identity, ...change, bornYear, version });
      if (answer.status === 200) version += 1;
      return answer;
    };
    expect((await born(2025)).status).toBe(200);
    for (const [what, , send] of calls().filter(([, field]) => !['decisionOn', 'entitlementFrom', 'entitlementUntil'].includes(field))) {
      ({ id } = (await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: 'Mei', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', confirmedNew: true }).expect(201)).body as { id: string });
      version = 1;
      await send('2020-06-15');
      expect([what, faultsOf((await born(2021)).body)]).toEqual([what, [['bornYear', 'born-after']]]);
      expect([what, (await born(2021, { bornPrecision: 'estimated', bornMonth: undefined, bornDay: undefined })).status]).toEqual([what, 200]);
      expect([what, (await born(2020)).status]).toEqual([what, 200]);
    }
    const again = await ana.post(`/participants/${id}/identity`, { ...identity, bornDay: '1', bornMonth: '5', bornYear: '2021', knownAs: 'Typed', version: String(version) }).expect(422);
    expect(wordsOf(again.text)).toContain('something about this person is written down on 15 June 2020');
    expect(again.text).toContain('value="Typed"');
  });

  it('of a record that is corrected is judged the same', async () => {
    const { id: recognition } = (await api.post(path('recognitions'), { scheme: 'rqth', state: 'granted', validFrom: '1975-06-01' }).expect(201)).body as { id: string };
    expect(faultsOf((await api.put(path(`recognitions/${recognition}`), { scheme: 'rqth', state: 'granted', validFrom: '1949-06-01', version: 1 }).expect(422)).body)).toEqual([['validFrom', 'not-before']]);
    const { id: measure } = (await api.post(path('measures'), { kind: 'none' }).expect(201)).body as { id: string };
    expect(faultsOf((await api.put(path(`measures/${measure}`), { kind: 'none', fromOn: '1949-06-01', version: 1 }).expect(422)).body)).toEqual([['fromOn', 'not-before']]);
    const opened = (await api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02' }).expect(201)).body as { id: string };
    expect(faultsOf((await api.post(`/api/v1/enrolments/${opened.id}/referral`, { source: 'self', entitlement: 'decision', decisionOn: '1999-06-01', version: 1 }).expect(422)).body)).toEqual([['decisionOn', 'not-before']]);
  });
});

it('a form sent as it was says that nothing has changed, writes nothing, and leaves no line in the log', async () => {
  await ana.post(`/participants/${id}/family`, { name: 'Fanta', relation: 'aunt' }).expect(303);
  const member = /href="\/participants\/[\w-]+\/family\/([\w-]{36})"/.exec((await ana.get(`/participants/${id}/family`)).text)![1]!;
  const measure = ((await api.post(path('measures'), { kind: 'mandate', holder: 'Paul' }).expect(201)).body as { id: string }).id;
  const recognition = ((await api.post(path('recognitions'), { scheme: 'rqth', state: 'asked' }).expect(201)).body as { id: string }).id;
  await api.put(path('contact'), { phones: [{ number: '70 12 34 56', owner: 'self' }], languages: ['fr', 'bm'], version: 1 }).expect(200);
  const edits = (): Promise<unknown[]> => app.rows("select id from audit_event where participant_id = $1 and action like '%.edited'", [id]);
  const before = await edits();
  const identity = { givenNames: 'Awa', familyNames: 'Koné', bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none' };
  for (const [form, sent] of [
    ['identity', { ...identity, version: '2' }], ['contact', { 'phones.0.number': '70 12 34 56', 'phones.0.owner': 'self', languages: ['fr', 'bm'], version: '2' }], ['functional', { version: '0' }],
    [`family/${member}`, { name: 'Fanta', relation: 'aunt', version: '1' }], [`measures/${measure}`, { kind: 'mandate', holder: 'Paul', version: '1' }], [`recognitions/${recognition}`, { scheme: 'rqth', state: 'asked', version: '1' }],
  ] as [string, Record<string, string | string[]>][]) expect([form, await after(await ana.post(`/participants/${id}/${form}`, sent).expect(303))]).toEqual([form, expect.stringContaining('Nothing has changed') as string]);
  expect(await edits()).toEqual(before);
  expect(await after(await ana.post(`/participants/${id}/identity`, { ...identity, knownAs: 'A', version: '2' }).expect(303))).not.toContain('Nothing has changed');
  expect(await edits()).toHaveLength(before.length + 1);
});

describe('a referral', () => {
  it('is told all that is wrong with it at once: what is missing, days to come or out of order, days of a right that is not said', async () => {
    const address = `/participants/${id}/enrolments`;
    const page = await ana.post(address, { pathway: 'orientation', operationId: world.operation, ...on('receivedOn', '2026-03-09'), ...on('decisionOn', '2026-03-08'), ...on('entitlementFrom', '2026-02-01'), ...on('entitlementUntil', '2026-01-01') }).expect(422);
    for (const field of ['source', 'receivedOn', 'decisionOn', 'entitlementUntil', 'entitlement']) expect(page.text).toContain(`href="#${field}"`);
    expect(wordsOf(page.text)).toContain('a day or a reference is written down; say which right it is, or clear them');
    const given = { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02' };
    for (const dated of [{ decisionOn: '2026-03-01' }, { entitlementFrom: '2026-02-01' }, { entitlementReference: 'A 12' }, { entitlementUntil: '2027-02-01', entitlement: 'none' }]) {
      expect(faultsOf((await api.post(path('enrolments'), { ...given, ...dated }).expect(422)).body)).toEqual([['entitlement', 'right-not-said']]);
    }
    await api.post(path('enrolments'), { ...given, entitlement: 'prescription', entitlementFrom: '2026-02-01' }).expect(201);
  });

  it('is answered with all that is wrong with the answer told at once', async () => {
    const { id: opened } = (await api.post(path('enrolments'), { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-03-02' }).expect(201)).body as { id: string };
    const take = async (step: string, given: object): Promise<[string, string][]> => faultsOf((await api.post(`/api/v1/enrolments/${opened}/steps`, { step, version: 1, ...given }).expect(422)).body);
    expect(await take('decline', { effectiveOn: '2026-03-03' })).toEqual([['effectiveOn', 'day-in-future'], ['reason', 'required'], ['explainedFormat', 'required']]);
    expect(await take('decline', {})).toEqual([['reason', 'required'], ['explainedFormat', 'required']]);
    expect(await take('wait', { effectiveOn: '2026-03-03' })).toEqual([['effectiveOn', 'day-in-future'], ['reviewOn', 'required']]);
  });
});

it('who somebody is was known when they came, or when they were registered before', async () => {
  app.clock.set('2026-03-20T09:00:00Z');
  app.forget(world.ana);
  api = await app.api(world.ana);
  const knownOn = async (pathway: string, receivedOn: string): Promise<unknown> => {
    const opened = (await api.post(path('enrolments'), { pathway, operationId: world.operation, source: 'self', receivedOn }).expect(201)).body as { id: string };
    const { items } = (await api.get(`/api/v1/enrolments/${opened.id}/steps`).expect(200)).body as { items: { step: string; met: { key: string; metOn: string }[] }[] };
    return items.find(({ step }) => step === 'admit')?.met.find(({ key }) => key === 'identity')?.metOn;
  };
  expect([await knownOn('orientation', '2026-03-18'), await knownOn('employment-advice', '2026-02-10')]).toEqual(['2026-03-02', '2026-02-10']);
});

it('nothing of a person stands in the log', async () => {
  await ana.post(`/participants/${id}/measures`, { kind: 'support-person', holder: 'Canary-7f3a' }).expect(303);
  await ana.post(`/participants/${id}/family`, { name: 'Canary-7f3a', relation: '' }).expect(422);
  await ana.get(`/participants/${id}/information`).expect(200);
  expect(app.log.lines.join('')).not.toMatch(/Canary|Koné/);
});
