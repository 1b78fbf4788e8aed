import { AgendaCheck, AgendaService } from '../../src/modules/agenda';
import { DisclosureService, type Fact } from '../../src/modules/disclosure';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
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
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
});

interface Sheet { id: string; employerId: string | null; nothing: boolean; employerName: string | null; endedOn: string | null; version: number; items: { id: string; fact: Fact; audience: string; holds: boolean; version: number }[] }
const SOME = { answer: 'some', support: ['tutor', 'hr'], accommodations: ['tutor'], decidedOn: '2026-03-02', format: 'easy-read', giver: 'self' };
const page = (): string => `/participants/${awa}/disclosure`;
const decided = async (body: object): Promise<Sheet[]> => ((await api.post(`/api/v1${page()}`, body).expect(201)).body as { items: Sheet[] }).items;
const ended = async (employerId: string): Promise<void> => {
  const { items } = (await api.get(`/api/v1${page()}`).expect(200)).body as { items: Sheet[] };
  const sheet = items.find((one) => one.employerId === employerId && one.endedOn === null)!;
  await api.post(`/api/v1${page()}/sheets/${sheet.id}/end`, { version: sheet.version }).expect((response) => { if (response.status > 201) throw new Error(String(response.status)); });
};
const mayKnow = (employerId: string, fact: Fact, on: string): Promise<boolean> => app.acting(world.ana, (actor) => app.get(DisclosureService).mayKnow(actor, awa, employerId, fact, on));
const anEmployer = async (name = 'Boulangerie Pépin'): Promise<string> => ((await api.post('/api/v1/employers', { name, confirmedNew: true }).expect(201)).body as { id: string }).id;
const entries = (): Promise<{ from_on: string; due_on: string }[]> =>
  app.rows("select from_on::text, due_on::text from agenda_entry where participant_id = $1 and kind = 'disclosure-ends' and done_on is null", [awa]);
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};

describe('what may be known at work', () => {
  it('is nothing as long as the person has not decided', async () => {
    expect(wordsOf((await ana.get(page()).expect(200)).text)).toContain('Nothing may be known yet');
    expect(await mayKnow(newId(), 'support', '2026-03-02')).toBe(false);
    expect(await app.acting(world.ana, (actor) => app.get(DisclosureService).isAnswered(actor, awa))).toBe(false);
  });

  it('is decided fact by fact; what was decided for an employer goes before what was decided for any', async () => {
    const bakery = await anEmployer();
    const sent = await ana.post(page(), { answer: 'some', support: ['tutor', 'hr'], 'decidedOn-day': '2', 'decidedOn-month': '3', 'decidedOn-year': '2026', format: 'easy-read', giver: 'self' }).expect(303);
    expect(wordsOf((await ana.get(sent.headers.location as string).expect(200)).text)).toContain('My tutor');
    expect(await mayKnow(bakery, 'support', '2026-03-02')).toBe(true);
    expect(await mayKnow(bakery, 'recognition', '2026-03-02')).toBe(false);
    expect(await mayKnow(bakery, 'support', '2026-03-01')).toBe(false);
    await decided({ answer: 'nothing', employerId: bakery, decidedOn: '2026-03-02', format: 'plain', giver: 'self' });
    expect(await mayKnow(bakery, 'support', '2026-03-02')).toBe(false);
    expect(await mayKnow(newId(), 'support', '2026-03-02')).toBe(true);
    expect(wordsOf((await ana.get(page()).expect(200)).text)).toContain('The employer knows nothing');
    expect(await app.acting(world.ana, (actor) => app.get(DisclosureService).isAnswered(actor, awa))).toBe(true);
  });

  it('is always read in the order in which the form asks, however it was sent', async () => {
    const [sheet] = await decided({ ...SOME, accommodations: ['tutor', 'management'], support: ['occupational-health', 'tutor', 'colleagues', 'hr', 'management'] });
    const inOrder = ['support management', 'support hr', 'support tutor', 'support colleagues', 'support occupational-health', 'accommodations management', 'accommodations tutor'];
    expect(sheet!.items.map(({ fact, audience }) => `${fact} ${audience}`)).toEqual(inOrder);
    expect(wordsOf((await ana.get(page()).expect(200)).text)).toMatch(/My boss.*Human resources.*My tutor.*My colleagues/);
  });

  it('ends with the next decision, is taken back one by one or as a whole, and stays readable', async () => {
    await decided({ ...SOME, decidedOn: '2026-03-01' });
    const sheets = await decided(SOME);
    expect(sheets.map(({ endedOn }) => endedOn)).toEqual([null, '2026-03-02']);
    const [item] = sheets[0]!.items;
    await api.post(`/api/v1${page()}/items/${item!.id}/revoke`, { version: 7 }).expect(409);
    await ana.post(`${page()}/items/${item!.id}/revoke`, { version: '1' }).expect(303);
    await api.post(`/api/v1${page()}/items/${item!.id}/revoke`, { version: 2 }).expect(409);
    expect(await mayKnow(newId(), 'support', '2026-03-02')).toBe(true); // the tutor still
    await ana.post(`${page()}/sheets/${sheets[0]!.id}/end`, { version: String(sheets[0]!.version) }).expect(303);
    expect(await mayKnow(newId(), 'accommodations', '2026-03-02')).toBe(false);
    await api.post(`/api/v1${page()}/sheets/${sheets[0]!.id}/end`, { version: 2 }).expect(409);
    expect(wordsOf((await ana.get(page()).expect(200)).text)).toContain('Earlier decisions');
  });

  it('taken back for one employer says nothing there any more: what was decided for any does not take its place', async () => {
    const bakery = await anEmployer();
    await decided(SOME);
    const [own] = await decided({ answer: 'some', support: ['tutor'], employerId: bakery, decidedOn: '2026-03-02', format: 'plain', giver: 'self' });
    expect(await mayKnow(bakery, 'accommodations', '2026-03-02')).toBe(false);
    app.clock.set('2026-03-09T09:00:00Z');
    const answer = (await api.post(`/api/v1${page()}/sheets/${own!.id}/end`, { version: 1 }).expect(200)).body as { withheld: object[] };
    expect(answer.withheld).toEqual([{ employerId: bakery, employerName: 'Boulangerie Pépin', since: '2026-03-09' }]);
    for (const fact of ['support', 'accommodations'] as const) expect([fact, await mayKnow(bakery, fact, '2026-03-09')]).toEqual([fact, false]);
    expect(await mayKnow(bakery, 'support', '2026-03-08')).toBe(true);
    const knownUntil = (id: string): Promise<object | null> => app.acting(world.ana, (actor) => app.get(DisclosureService).knownUntil(actor, awa, id, 'support'));
    expect([await knownUntil(bakery), await knownUntil(newId())]).toEqual([null, { until: null }]);
    expect(await mayKnow(newId(), 'support', '2026-03-09')).toBe(true);
    app.forget(world.ana);
    ana = await app.as(world.ana);
    expect(wordsOf((await ana.get(page()).expect(200)).text)).toContain('does not count here, until the person decides for this one again');
    // Decided again for any, it still says nothing of this one; decided for this one, it does.
    await decided({ ...SOME, decidedOn: '2026-03-09' });
    expect(await mayKnow(bakery, 'support', '2026-03-09')).toBe(false);
    await decided({ ...SOME, employerId: bakery, decidedOn: '2026-03-09' });
    expect(await mayKnow(bakery, 'support', '2026-03-09')).toBe(true);
    expect(wordsOf((await ana.get(page()).expect(200)).text)).not.toContain('does not count here');
  });

  it('says at the search what is wrong with it, beside the form', async () => {
    const { text } = await (await app.as(world.ana)).get(`${page()}/new?q=${'w'.repeat(200)}`).expect(422);
    expect(text).toContain('href="#q"');
    expect(text).toContain('name="decidedOn-day"');
    expect(text).toContain(`value="${'w'.repeat(200)}"`);
  });

  it('does the task of the protocol, whatever the answer', async () => {
    const enrolment = (await app.rows<{ id: string }>('select id from enrolment where participant_id = $1', [awa]))[0]!.id;
    const key = `pathways.task:${enrolment}:disclosure-sheet`;
    await app.acting(world.ana, (actor) => {
      app.database.hold([awa]);
      return app.get(AgendaService).want(actor, { participantId: awa, enrolmentId: enrolment, key, kind: 'protocol-task', fromOn: '2026-03-02', dueOn: '2026-03-09', forWhom: 'coach', subject: { kind: 'disclosure', id: null }, params: { title: { fr: 'x', es: 'x', en: 'x' } }, byHand: true });
    });
    const outcome = async (): Promise<string | null> => (await app.rows<{ outcome: string | null }>('select outcome from agenda_entry where participant_id = $1 and key = $2', [awa, key]))[0]!.outcome;
    expect(await outcome()).toBeNull();
    await decided({ answer: 'nothing', decidedOn: '2026-03-02', format: 'plain', giver: 'self' });
    expect(await outcome()).toBe('done');
  });

  it('is written for any employer of the service, looked for by its name beside those that are offered', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 21; n += 1) ids.push(await anEmployer(`Atelier ${String(n).padStart(2, '0')}`));
    const last = ids.at(-1)!;
    const option = `<option value="${last}"`;
    expect((await ana.get(`${page()}/new`).expect(200)).text).not.toContain(option);
    const found = (await ana.get(`${page()}/new?q=atelier+20`).expect(200)).text;
    expect(found).toContain(`${option} selected`);
    expect(wordsOf(found)).toContain('1 employer found');
    expect(wordsOf((await ana.get(`${page()}/new?q=nowhere`).expect(200)).text)).toContain('No employer found');
    // What was chosen stays chosen where something else is wrong.
    expect((await ana.post(page(), { employerId: last, answer: 'some', 'decidedOn-day': '2', 'decidedOn-month': '3', 'decidedOn-year': '2026', format: 'plain', giver: 'self' }).expect(422)).text).toContain(`${option} selected`);
  });

  it('refuses what says two things, a day to come, an employer of nobody, and an answer in place of the person', async () => {
    for (const wrong of [
      { ...SOME, answer: 'nothing' }, { answer: 'some', decidedOn: '2026-03-02', format: 'plain', giver: 'self' }, { ...SOME, decidedOn: '2026-03-03' }, { ...SOME, employerId: newId() },
      { ...SOME, untilOn: '2026-03-01' }, { ...SOME, giver: 'guardian' }, { ...SOME, support: ['everybody'] },
    ]) await api.post(`/api/v1${page()}`, wrong).expect(422);
    await decided(SOME);
    await api.post(`/api/v1${page()}`, { ...SOME, decidedOn: '2026-03-01' }).expect(422);
    const again = await ana.post(page(), { answer: 'nothing', support: 'tutor', 'decidedOn-day': '2', 'decidedOn-month': '3', 'decidedOn-year': '2026', format: 'plain', giver: 'self' }).expect(422);
    expect(again.text).toMatch(/value="tutor" checked/);
  });

  it('asks beside the person for the signature that law asks for, but not where nothing is to be known', async () => {
    await api.post(`/api/v1/participants/${awa}/measures`, { kind: 'representation', holder: 'Aline Roux', acts: ['disclosure'] }).expect(201);
    await api.post(`/api/v1${page()}`, SOME).expect(409);
    await decided({ answer: 'nothing', decidedOn: '2026-03-02', format: 'plain', giver: 'self' });
    expect(await decided({ ...SOME, giver: 'self-and-legal' })).toMatchObject([{ coSigner: 'Aline Roux' }, { nothing: true }]);
  });

  it('is asked again within thirty days of its end, as the facts say it', async () => {
    await decided({ ...SOME, untilOn: '2026-06-30' });
    expect(await entries()).toEqual([{ from_on: '2026-05-31', due_on: '2026-06-30' }]);
    expect(await differences()).toEqual([]);
    expect(await mayKnow(newId(), 'support', '2026-06-30')).toBe(true);
    expect(await mayKnow(newId(), 'support', '2026-07-01')).toBe(false);
    await decided(SOME);
    expect(await entries()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('is for those alone who may see the person', async () => {
    const [sheet] = await decided(SOME);
    const ben = await app.api(world.ben);
    await ben.get(`/api/v1${page()}`).expect(404);
    await ben.post(`/api/v1${page()}`, SOME).expect(404);
    await ben.post(`/api/v1${page()}/sheets/${sheet!.id}/end`, { version: 1 }).expect(404);
  });

  it('is not given back to anybody who only has the database: what was taken back stays so', async () => {
    const [sheet] = await decided(SOME);
    const [item] = sheet!.items;
    await api.post(`/api/v1${page()}/items/${item!.id}/revoke`, { version: 1 }).expect((response) => { if (response.status > 201) throw new Error(JSON.stringify(response.body)); });
    await expect(app.acting(world.ana, () => app.database.sql('update disclosure_item set revoked_on = null where id = $1', [item!.id]))).rejects.toMatchObject({ code: '42501' });
    await api.post(`/api/v1${page()}/sheets/${sheet!.id}/end`, { version: 1 }).expect((response) => { if (response.status > 201) throw new Error(JSON.stringify(response.body)); });
    await expect(app.acting(world.ana, () => app.database.sql('update disclosure_sheet set ended_on = null where id = $1', [sheet!.id]))).rejects.toMatchObject({ code: '42501' });
    // Nor is anything hung on another person's decision.
    const bo = (await aReferredPerson(app, world)).person;
    await expect(app.acting(world.ana, () => app.database.sql("insert into disclosure_item (id, sheet_id, service_id, participant_id, fact, audience) values ($1, $2, $3, $4, 'recognition', 'hr')", [newId(), sheet!.id, world.service, bo]))).rejects.toMatchObject({ code: '23503' });
  });

  it('keeps two employers two, where one person has decided for both', async () => {
    const [from, into] = [await anEmployer('Pépin'), await anEmployer()];
    await decided({ ...SOME, employerId: from });
    await decided({ ...SOME, employerId: into });
    const manager = await app.api(world.manager);
    const merge = (one: string, other: string) => manager.post(`/api/v1/employers/${one}/merge`, { into: other, version: 1 });
    expect((await merge(from, into).expect(409)).body).toMatchObject({ code: 'employer-merge-sheets' });
    // Taken back at one of them, nothing may be known there: a permission that the other has must not bring it back.
    await ended(into);
    for (const [one, other] of [[from, into], [into, from]] as const) expect((await merge(one, other).expect(409)).body).toMatchObject({ code: 'employer-merge-sheets' });
    await ended(from);
    await merge(from, into).expect(200);
    expect(await mayKnow(into, 'support', '2026-03-02')).toBe(false);
  });
});
