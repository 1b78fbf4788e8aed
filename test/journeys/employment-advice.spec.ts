import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgendaCheck } from '../../src/modules/agenda';
import type { Protocol } from '../../src/modules/pathways/protocol';
import { Actor, LANGUAGES, type Language } from '../../src/platform/access/actor';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

/** What one person goes through, by the whole protocol of employment advice: through the API and in the pages, on days that the test moves. */
const protocol = JSON.parse(readFileSync(join(__dirname, '../../src/modules/pathways/protocols/employment-advice.2.json'), 'utf8')) as Protocol;

type Said = Record<Language, string>;
interface Condition {
  key: string;
  title: Said;
  have: number;
  need: number;
  where: string | null;
  missing: { code: string; text: string; where: string | null }[];
}

let app: TestApp;
let world: World;
let api: Caller;
let ana: Browser;
let person: string;
let enrolment: string;
/** Requirements that were met, and those that were refused before, each as `step key`. */
const shown = new Set<string>();
const asked = new Set<string>();

beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());

/** Another day: a session and a token live no longer than a while. */
async function on(day: string): Promise<void> {
  app.clock.set(`${day}T09:00:00Z`);
  app.forget(world.ana);
  api = await app.api(world.ana);
  ana = await app.as(world.ana);
}
async function aPerson(): Promise<void> {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world({ language: 'en' });
  await on('2026-03-02');
  ({ person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-03-02' }));
}

const standing = async (): Promise<{ stage: string; version: number; closedOn: string | null; stageSince: string }> => (await api.get(`/api/v1/enrolments/${enrolment}`).expect(200)).body as { stage: string; version: number; closedOn: string | null; stageSince: string };
const post = async <T = { id: string; version: number }>(path: string, body: object): Promise<T> => (await api.post(`/api/v1${path}`, body).expect(({ status, text }) => { if (status >= 300) throw new Error(`POST ${path}: ${status} ${text}`); })).body as T;
const ofPerson = <T = { id: string; version: number }>(path: string, body: object): Promise<T> => post<T>(`/participants/${person}/${path}`, body);
const differences = (): Promise<unknown[]> => app.database.read(Actor.system('check', world.service, { zone: 'Europe/Paris' }), () => app.get(AgendaCheck).differences(Actor.system('check', world.service, { zone: 'Europe/Paris' })));
const tasks = async (): Promise<Record<string, string>> => Object.fromEntries((await app.rows<{ key: string; due: string }>(
  "select regexp_replace(key, '^pathways.task:[^:]*:', '') as key, due_on::text as due from agenda_entry where participant_id = $1 and kind = 'protocol-task' and done_on is null order by 1", [person])).map(({ key, due }) => [key, due]));
const open = async (kind: string): Promise<string[]> => (await app.rows<{ due: string }>('select due_on::text as due from agenda_entry where participant_id = $1 and kind = $2 and done_on is null order by 1', [person, kind])).map(({ due }) => due);
const contact = (kind: 'phone' | 'visit' | 'interview', more: object = {}): Promise<unknown> => post('/activities', { participantIds: [person], kind, minutes: 20, outcome: 'done', ...more });

/** Taken on its page where nothing but a reason is told beside it, else through the API. */
async function take(step: string, more: { reason?: string; reviewOn?: string } = {}): Promise<void> {
  const { version } = await standing();
  if (more.reviewOn) await post(`/enrolments/${enrolment}/steps`, { step, version, ...more });
  else await ana.post(pageOf(step), { step, version: String(version), reason: more.reason }).expect(303).expect('location', `/participants/${person}/pathway`);
}
const pageOf = (step: string): string => `/participants/${person}/pathway/${enrolment}/steps/${step}`;

/** Signs that the formatter sets are no part of what is said. */
const plain = (text: string): string => text.replaceAll(/[’'\s\u00a0\u202f]+/g, ' ');

/** The step is refused for want of this condition, with its message in each language: in the API, on the step's page, and where the page's own form is sent. */
async function refused(step: string, key: string, missing: Partial<Said> = {}, more: Record<string, string> = {}): Promise<Condition> {
  const { version } = await standing();
  const rule = protocol.steps.find((one) => one.key === step)!.requires.find((one) => one.key === key)!;
  asked.add(`${step} ${key}`);
  const page = pageOf(step);
  let last: Condition | undefined;
  for (const language of LANGUAGES) {
    const { status, body } = await api.post(`/api/v1/enrolments/${enrolment}/steps`, { step, version, ...more }).set('Cookie', `lang=${language}`) as { status: number; body: { code: string; unmet: Condition[] } };
    expect([step, key, status, body.code]).toEqual([step, key, 422, 'step-refused']);
    last = body.unmet.find((one) => one.key === key);
    expect([step, last?.title[language]]).toEqual([step, rule.title[language]]);
    expect(last!.where).toMatch(/^\//);
    if (missing[language]) expect(plain(last!.missing.map(({ text }) => text).join(', '))).toBe(plain(missing[language]));
    const cookies = `sid=${ana.session}; lang=${language}`;
    const seen = plain(wordsOf((await ana.get(page).set('Cookie', cookies).expect(200)).text));
    const sent = plain(wordsOf((await ana.post(page, { step, version: String(version), ...more }).set('Cookie', cookies).expect(422)).text));
    for (const text of [seen, sent]) for (const said of [rule.title[language], ...last!.missing.map((one) => one.text)]) expect(text).toContain(plain(said));
    if (last!.need > 1) expect(seen).toContain(plain({ fr: `${last!.have} sur ${last!.need}`, es: `${last!.have} de ${last!.need}`, en: `${last!.have} of ${last!.need}` }[language]));
  }
  return last!;
}

/** It is there now: told by the verdict and on the page, with its evidence. */
async function met(step: string, ...keys: string[]): Promise<void> {
  const { items } = (await api.get(`/api/v1/enrolments/${enrolment}/steps`).expect(200)).body as { items: { step: string; met: Condition[] }[] };
  const found = items.find((one) => one.step === step)!.met.map((one) => one.key);
  const page = plain(wordsOf((await ana.get(pageOf(step)).expect(200)).text));
  for (const key of keys) {
    expect(page).toContain(`${plain(protocol.steps.find((one) => one.key === step)!.requires.find((one) => one.key === key)!.title.en)} (met)`);
    expect([step, found]).toEqual([step, expect.arrayContaining([key])]);
    shown.add(`${step} ${key}`);
  }
}

const inform = (): Promise<unknown> => ofPerson('information', { givenOn: app.clock.today('Europe/Paris'), format: 'plain', willing: 'yes' });
async function answerEntry(groups: string[] = ['entry', 'disability']): Promise<void> {
  const entry = (await api.get(`/api/v1/participants/${person}/entry`).expect(200)).body as { version: number; items: { item: string; group: string; options: string[] }[] };
  await api.put(`/api/v1/participants/${person}/entry`, { version: entry.version, answers: entry.items.filter((one) => groups.includes(one.group)).map((one) => ({ item: one.item, value: one.item === 'area' ? 'town' : 'refused' })) }).expect(200);
}
async function admit(): Promise<void> {
  await inform();
  await answerEntry();
  await take('admit');
}

describe('from referral to searching', () => {
  beforeAll(aPerson);

  it('waits, and goes on waiting only after word was sent', async () => {
    await take('wait', { reviewOn: '2026-03-20' });
    await on('2026-03-05');
    await refused('keep-waiting', 'kept-in-touch', {}, { reason: 'no-place-yet', reviewOn: '2026-03-25' });
    await contact('phone', { outcome: 'no-show', minutes: 0 });
    await met('keep-waiting', 'kept-in-touch');
    await take('keep-waiting', { reason: 'no-place-yet', reviewOn: '2026-03-25' });
  });

  it('is admitted once informed and willing, with each question answered or refused', async () => {
    await on('2026-03-09');
    await refused('admit', 'informed', { fr: 'l’information de la personne', es: 'informar a la persona', en: 'telling the person' });
    await refused('admit', 'entry');
    await refused('admit', 'disability');
    await inform();
    await answerEntry(['entry']);
    await refused('admit', 'disability');
    await answerEntry();
    await met('admit', 'referral', 'informed', 'identity', 'entry', 'disability');
    await take('admit');
    expect(await standing()).toMatchObject({ stage: 'admitted' });
    expect(Object.keys(await tasks())).toEqual(['first-employer-contact', 'first-meeting', 'profile']);
  });

  it('begins the profile with a first meeting', async () => {
    await on('2026-03-12');
    await refused('start-profiling', 'first-meeting');
    await contact('interview');
    await met('start-profiling', 'first-meeting');
    expect(Object.keys(await tasks())).not.toContain('first-meeting');
    await take('start-profiling');
  });

  it('searches with what work the person wants, in their words, and a search plan that is opened', async () => {
    await on('2026-03-16');
    await refused('start-search', 'work-wanted', { en: 'The work wanted' });
    await refused('start-search', 'search-plan', { en: 'opening the plan' });
    await api.put(`/api/v1/participants/${person}/vocational-profile`, { section: 'work-wanted', words: 'A kitchen', writtenOn: '2026-03-16', version: 0 }).expect(200);
    // Written by the coach is not in the person's words.
    await refused('start-search', 'work-wanted');
    await api.put(`/api/v1/participants/${person}/vocational-profile`, { section: 'work-wanted', words: 'I want to cook for children', ownWords: true, writtenOn: '2026-03-16', version: 1 }).expect(200);
    await ofPerson('plans', { enrolmentId: enrolment, kind: 'search', openedOn: '2026-03-16' });
    await met('start-search', 'work-wanted', 'search-plan');
    await take('start-search');
    expect(await tasks()).toMatchObject({ sessions: '2026-06-14', 'disclosure-sheet': '2026-04-15' });
  });

  it('has made its first contact with an employer once an application has gone out', async () => {
    const applied = { employerName: 'Le Fournil', title: 'Kitchen hand', foundBy: 'coach' };
    const { id, version } = await ofPerson('applications', { ...applied, state: 'planned' });
    expect(Object.keys(await tasks())).toContain('first-employer-contact');
    await api.put(`/api/v1/participants/${person}/applications/${id}`, { ...applied, state: 'sent', appliedOn: '2026-03-16', version }).expect(200);
    expect(Object.keys(await tasks())).not.toContain('first-employer-contact');
    expect(await differences()).toEqual([]);
  });

  it('looks at the search again together within ninety days', async () => {
    await on('2026-04-20');
    await refused('review-search', 'search-reviewed');
    await contact('phone');
    await met('review-search', 'search-reviewed');
    await take('review-search');
    expect(await standing()).toMatchObject({ stage: 'searching', stageSince: '2026-04-20' });
    expect(await differences()).toEqual([]);
  });
});

/** A job of the person: planned, and begun where its first day is told. */
const JOB = { title: 'Kitchen hand', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' } as const;
let employers = 0;
const anEmployer = async (): Promise<string> => (await post('/employers', { name: `Canteen ${(employers += 1)}`, confirmedNew: true })).id;
const planned = async (): Promise<string> => (await ofPerson('placements', { ...JOB, employerId: await anEmployer() })).id;
const begins = (id: string, firstDayOn: string): Promise<unknown> => ofPerson(`placements/${id}/start`, { firstDayOn, evidence: 'worker-word', version: 1 });
const ends = (id: string, lastDayOn: string): Promise<unknown> => ofPerson(`placements/${id}/end`, { lastDayOn, by: 'employer', reason: 'economic', version: 2 });
const answers = (to: 'standby' | 'leave', answer: 'yes' | 'no'): Promise<unknown> => ofPerson(`enrolments/${enrolment}/agreed-steps`, { to, answer, answeredOn: app.clock.today('Europe/Paris'), format: 'easy-read', giver: 'self' });

describe('from a hire to standby', () => {
  let job: string;
  beforeAll(async () => {
    await aPerson();
    await admit();
  });

  it('is hired on the first day worked, from any stage since admission, and the hire opens its tasks', async () => {
    await on('2026-03-09');
    await refused('hire', 'first-day-worked', { fr: 'le premier jour travaillé', es: 'el primer día trabajado', en: 'the first day worked' });
    job = await planned();
    await refused('hire', 'first-day-worked');
    await begins(job, '2026-03-09');
    shown.add('hire first-day-worked');
    expect(await standing()).toMatchObject({ stage: 'hired', stageSince: '2026-03-09' });
    expect(await tasks()).toMatchObject({ 'benefits-advice': '2026-03-24', needs: '2026-03-16', 'disclosure-sheet': '2026-03-16', 'two-party-agreement': '2026-04-08', 'three-party-agreement': '2026-04-08' });
    expect(Object.keys(await tasks())).not.toContain('first-employer-contact');
  });

  it('is told about benefits, which closes the task', async () => {
    await ofPerson('benefits-advice', { answer: 'declined', givenOn: '2026-03-09' });
    expect(Object.keys(await tasks())).not.toContain('benefits-advice');
    expect(await differences()).toEqual([]);
  });

  it('says that no need is known, and signs with the service, each in their own way', async () => {
    await ofPerson('needs/none-known', { answeredOn: '2026-03-09' });
    const { id } = await ofPerson('agreements', { enrolmentId: enrolment, kind: 'two-party', fromOn: '2026-03-09' });
    const sign = (given: object): Promise<unknown> => ofPerson(`agreements/${id}/signatures`, { signedOn: '2026-03-09', ...given });
    const instead = await api.post(`/api/v1/participants/${person}/agreements/${id}/signatures`, { party: 'participant', giver: 'legal', name: 'Her father', method: 'handwritten', signedOn: '2026-03-09', version: 1 });
    expect(instead.status).toBeGreaterThanOrEqual(400);
    await sign({ party: 'participant', giver: 'self-with-support', method: 'mark', witness: 'A neighbour', version: 1 });
    await sign({ party: 'service', method: 'handwritten', version: 2 });
    expect(Object.keys(await tasks()).filter((key) => ['needs', 'two-party-agreement', 'benefits-advice'].includes(key))).toEqual([]);
  });

  it('does not go back to searching while a job is left', async () => {
    const left = { fr: 'la fin de l’emploi en cours', es: 'el fin del empleo vigente', en: 'the end of the running job' };
    await refused('search-again', 'no-job-left', left);
    await refused('recover-first', 'no-job-left', left);
  });

  const milestone = async (placementId: string, month: number): Promise<{ id: string; dueOn: string; standing: string }> =>
    ((await api.get(`/api/v1/participants/${person}/milestones`).expect(200)).body as { items: { id: string; placementId: string; month: number; dueOn: string; standing: string }[] }).items.find((one) => one.placementId === placementId && one.month === month)!;
  const SAID = { side: 'worker', status: 'at-work', channel: 'call', level: 'worker' };
  const says = async (placementId: string, month: number): Promise<unknown> => ofPerson(`milestones/${(await milestone(placementId, month)).id}/answers`, { ...SAID, answeredOn: app.clock.today('Europe/Paris') });

  it('moves on to sustaining once the first month is answered for, on its day and not before', async () => {
    await on('2026-04-08');
    const notYet = { fr: 'Le jour de ce point n’est pas encore venu.', es: 'El día de este seguimiento todavía no llega.', en: 'The day of this milestone has not come yet.' };
    await refused('sustain', 'worker-at-month-1', notYet);
    await refused('sustain', 'employer-at-month-1', notYet);
    const first = await milestone(job, 1);
    expect(first.dueOn).toBe('2026-04-09');
    await api.post(`/api/v1/participants/${person}/milestones/${first.id}/answers`, { ...SAID, answeredOn: '2026-04-08' }).expect(422);
    await on('2026-04-10');
    await refused('sustain', 'worker-at-month-1', { fr: 'La réponse n’est pas encore notée.', es: 'La respuesta todavía no está anotada.', en: 'The answer is not noted yet.' });
    // No sheet lets the employer know of the support: nobody asks, and that is an answer.
    await met('sustain', 'employer-at-month-1');
    await says(job, 1);
    await met('sustain', 'worker-at-month-1', 'employer-at-month-1');
    await take('sustain');
    expect(await standing()).toMatchObject({ stage: 'sustaining' });
  });

  it('is asked at months 3, 6 and 12, each on its day', async () => {
    for (const [month, due] of [[3, '2026-06-09'], [6, '2026-09-09'], [9, '2026-12-09'], [12, '2027-03-09']] as const) {
      await on(due);
      expect(await milestone(job, month)).toMatchObject({ dueOn: due, standing: 'due' });
      await says(job, month);
      expect(await milestone(job, month)).toMatchObject({ standing: 'answered' });
    }
    expect(await differences()).toEqual([]);
  });

  it('loses the job, and goes back to searching; somebody speaks with the person within three days of learning of it', async () => {
    await on('2027-03-20');
    await ends(job, '2027-03-15');
    shown.add('search-again no-job-left');
    expect(await standing()).toMatchObject({ stage: 'searching', stageSince: '2027-03-16' });
    expect(await open('contact-after-job')).toEqual(['2027-03-23']);
    const tab = (await ana.get(`/participants/${person}/pathway`).expect(200)).text;
    expect(wordsOf(tab.slice(tab.indexOf('id="todo-')).split('</section>')[0]!)).toContain('the job has ended');
    expect(wordsOf((await ana.get(`/participants/${person}`).expect(200)).text)).toContain('To move on to Hired');
    await contact('phone');
    expect(await open('contact-after-job')).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('finds a second job within the gap: hired anew, and one period in work', async () => {
    await on('2027-04-05');
    const second = await planned();
    await begins(second, '2027-04-01');
    expect(await standing()).toMatchObject({ stage: 'hired', stageSince: '2027-04-01' });
    const { chains } = (await api.get(`/api/v1/participants/${person}/milestones`).expect(200)).body as { chains: object[] };
    expect(chains).toHaveLength(1);
    await on('2027-05-03');
    await refused('sustain', 'worker-at-month-1');
    await says(second, 1);
    await take('sustain');
  });

  it('goes on standby as the person agrees, with no support needed, and the manager is told', async () => {
    await refused('stand-by', 'supports');
    await ofPerson('supports', { enrolmentId: enrolment, noneNeeded: true, fromOn: '2027-05-03' });
    await answers('standby', 'yes');
    await take('stand-by');
    expect(await standing()).toMatchObject({ stage: 'standby' });
    const boss = await app.as(world.manager);
    expect(wordsOf((await boss.get('/today').expect(200)).text)).toContain('Take note of the move to standby');
    expect(await differences()).toEqual([]);
  });
});

describe('who is in work already', () => {
  let job: string;
  beforeAll(async () => {
    await aPerson();
    job = await planned();
    await begins(job, '2025-09-01');
    await on('2026-03-09');
    await admit();
  });

  it('is not hired by the support, and is taken on in the job', async () => {
    expect(await standing()).toMatchObject({ stage: 'admitted' });
    await refused('hire', 'first-day-worked');
    await met('take-on-in-job', 'running-job');
    await take('take-on-in-job');
    expect(await standing()).toMatchObject({ stage: 'sustaining' });
    expect(Object.keys(await tasks())).toContain('disclosure-sheet');
    expect(await differences()).toEqual([]);
  });

  it('looks at the support again together, within half a year', async () => {
    await on('2026-06-01');
    await refused('review-support', 'support-reviewed');
    await contact('interview');
    await met('review-support', 'support-reviewed');
    await take('review-support');
  });

  it('stands by only where the person agrees; a no holds the step whatever else is there, and for a manager too', async () => {
    await on('2026-06-08');
    await refused('stand-by', 'supports', { fr: 'nommer un soutien, ou « aucun besoin »', es: 'nombrar un apoyo, o «no hacen falta»', en: 'naming a support, or “none needed”' });
    await refused('stand-by', 'agrees', { fr: 'la personne n’a pas encore répondu', es: 'la persona todavía no ha respondido', en: 'the person has not answered yet' });
    await ofPerson('supports', { enrolmentId: enrolment, name: 'Rosa', relation: 'colleague', forWhat: 'the orders of the day', fromOn: '2026-06-08' });
    await answers('standby', 'no');
    const no = await refused('stand-by', 'agrees', { fr: 'la personne ne veut pas passer en veille', es: 'la persona no quiere pasar a seguimiento a demanda', en: 'the person does not want to go on standby' });
    expect(no.where).toBe(`/participants/${person}/enrolments/${enrolment}/agreed-steps?to=standby`);
    const boss = await app.api(world.manager);
    const { version } = await standing();
    expect((await boss.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'stand-by', version, deviation: 'all is well' }).expect(422)).body).toMatchObject({ code: 'step-deviation-not-allowed' });
    await on('2026-06-15');
    await answers('standby', 'yes');
    await met('stand-by', 'agrees', 'in-work', 'supports');
    await take('stand-by');
    expect(await standing()).toMatchObject({ stage: 'standby' });
    expect(await tasks()).toMatchObject({ 'informed-of-standby': '2026-06-20' });
    const overview = wordsOf((await ana.get(`/participants/${person}`).expect(200)).text);
    expect(overview).toContain('Note the news and stay on standby');
    expect(overview).not.toContain('To move on to');
  });

  it('is heard of at least every 180 days, and supported again by one act', async () => {
    expect(await open('stage-due')).toEqual(['2026-12-12']);
    await on('2026-11-02');
    await refused('keep-in-touch', 'standby-contact');
    await contact('phone');
    await met('keep-in-touch', 'standby-contact');
    await take('keep-in-touch');
    expect(await open('stage-due')).toEqual(['2027-05-01']);
    await take('support-again');
    expect(await standing()).toMatchObject({ stage: 'sustaining' });
    await refused('stand-by', 'agrees', { fr: 'la personne a dit oui pour une veille déjà passée : lui redemander', es: 'la persona dijo que sí para un seguimiento anterior: volver a preguntarle', en: 'the person said yes to an earlier standby: ask again' });
    await answers('standby', 'yes');
    await take('stand-by');
  });

  it('is hired anew from standby by a job that begins there, beside the one that runs', async () => {
    await on('2027-01-04');
    await refused('hire-from-standby', 'first-day-worked');
    const second = await planned();
    await begins(second, '2027-01-04');
    shown.add('hire-from-standby first-day-worked');
    expect(await standing()).toMatchObject({ stage: 'hired' });
    await ends(second, '2027-01-04');
    // The first one runs still: the stage stays.
    expect(await standing()).toMatchObject({ stage: 'hired' });
    expect(await differences()).toEqual([]);
  });

  it('leaves in work as the person asks, and on no other day', async () => {
    await refused('leave-in-work', 'agrees', { fr: 'la personne n’a pas encore répondu', es: 'la persona todavía no ha respondido', en: 'the person has not answered yet' }, { reason: 'left-in-work' });
    await answers('leave', 'no');
    await refused('leave-in-work', 'agrees', { fr: 'la personne veut rester accompagnée', es: 'la persona quiere seguir acompañada', en: 'the person wants the support to go on' }, { reason: 'left-in-work' });
    await on('2027-01-11');
    await answers('leave', 'yes');
    await met('leave-in-work', 'agrees', 'in-work');
    await take('leave-in-work', { reason: 'left-in-work' });
    expect(await standing()).toMatchObject({ stage: 'left-in-work', closedOn: '2027-01-11' });
    expect(await differences()).toEqual([]);
  });
});

describe('whose job was entered in error', () => {
  beforeAll(async () => {
    await aPerson();
    const job = await planned();
    await begins(job, '2025-09-01');
    await admit();
    await take('take-on-in-job');
    await ofPerson(`placements/${job}/annul`, { reason: 'of somebody else', version: 2 });
  });

  it('is not in work: neither standby nor leaving in work is open', async () => {
    await refused('stand-by', 'in-work');
    await refused('leave-in-work', 'in-work', {}, { reason: 'left-in-work' });
    await met('search-again', 'no-job-left');
    await met('recover-first', 'no-job-left');
  });
});

describe('who is not heard of any more', () => {
  beforeAll(async () => {
    await aPerson();
    await admit();
  });

  it('is lost after six attempts over three months, by two channels, with a visit', async () => {
    await refused('take-on-in-job', 'running-job', { fr: 'un emploi commencé avant l’admission', es: 'un empleo empezado antes de la admisión', en: 'a job begun before the admission' });
    await refused('lose-contact', 'attempts', {}, { reason: 'contact-lost' });
    await refused('lose-contact', 'attempted-visit', {}, { reason: 'contact-lost' });
    for (const day of ['2026-03-03', '2026-03-17', '2026-04-07', '2026-05-05', '2026-06-01']) {
      await on(day);
      await contact('phone', { outcome: 'no-show', minutes: 0 });
    }
    expect(await refused('lose-contact', 'attempts', {}, { reason: 'contact-lost' })).toMatchObject({ have: 5, need: 6 });
    await on('2026-06-09');
    await contact('visit', { outcome: 'no-show', minutes: 0 });
    await met('lose-contact', 'attempts', 'attempted-visit');
    await take('lose-contact', { reason: 'contact-lost' });
    expect(await standing()).toMatchObject({ stage: 'left' });
  });
});

describe('who began by the first version', () => {
  it('goes over to the whole pathway by a manager’s act, where they stand, with all that was taken', async () => {
    app.clock.set('2026-03-02T09:00:00Z');
    world = await app.world({ language: 'en' });
    const karim = await app.api(world.administrator);
    const { items } = (await karim.get('/api/v1/protocols').expect(200)).body as { items: { id: string; pathway: string; number: number; state: string }[] };
    const [first, whole] = [1, 2].map((number) => items.find((one) => one.pathway === 'employment-advice' && one.number === number && one.state === 'published')!.id);
    expect(world.protocols['employment-advice']).toBe(whole);
    const adopt = (versionId: string): Promise<unknown> => karim.post('/api/v1/protocols/adoptions', { versionId, programmeId: world.programme }).expect(204);
    await adopt(first!);
    await on('2026-03-02');
    ({ person, enrolment } = await aReferredPerson(app, world, { receivedOn: '2026-03-02' }));
    await admit();
    await contact('interview');
    await take('start-profiling');
    const boss = await app.api(world.manager);
    expect((await boss.get(`/api/v1/enrolments/${enrolment}/protocol`).expect(200)).body).toEqual({ items: [] });
    await adopt(whole!);
    // It touches no running enrolment.
    expect((await api.get(`/api/v1/enrolments/${enrolment}`).expect(200)).body).toMatchObject({ protocolNumber: 1 });
    const { items: moves } = (await boss.get(`/api/v1/enrolments/${enrolment}/protocol`).expect(200)).body as { items: { versionId: string; possible: boolean; newSteps: Said[] }[] };
    expect(moves).toMatchObject([{ versionId: whole, possible: true }]);
    expect(moves[0]!.newSteps.map(({ en }) => en)).toEqual(['Start searching', 'Record the hire', 'Record that contact is lost']);
    const { version } = await standing();
    const move = { versionId: whole!, reason: 'The whole pathway has come', version };
    await api.post(`/api/v1/enrolments/${enrolment}/protocol`, move).expect(403);
    await boss.post(`/api/v1/enrolments/${enrolment}/protocol`, move).expect(204);
    expect((await api.get(`/api/v1/enrolments/${enrolment}`).expect(200)).body).toMatchObject({ protocolNumber: 2, stage: 'profiling' });
    await refused('start-search', 'search-plan');
    await begins(await planned(), '2026-03-02');
    expect(await standing()).toMatchObject({ stage: 'hired' });
    expect(await differences()).toEqual([]);
  });
});

describe('the protocol', () => {
  it('was gone through requirement by requirement: each refused, and then met', () => {
    // What every enrolment has from its first day, and can only be met.
    const always = ['admit referral', 'admit identity'];
    const all = protocol.steps.flatMap((step) => step.requires.map(({ key }) => `${step.key} ${key}`));
    expect(all.filter((one) => !shown.has(one) || !(asked.has(one) || always.includes(one)))).toEqual([]);
  });
});
