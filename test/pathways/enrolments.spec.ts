import { ActivitiesService } from '../../src/modules/activities';
import { AgendaCheck, AgendaService } from '../../src/modules/agenda';
import { EntryService, InformationService } from '../../src/modules/participants';
import { ENTRY_KEYS } from '../../src/modules/participants/entry/entry-items';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Caller, type TestApp } from '../support/app';
import { SettableClock } from '../support/clock';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
let ana: Caller;
let boss: Caller;
let person: string;
let id: string;
const clock = new SettableClock();
beforeAll(async () => { app = await startApp({ clock }); });
afterAll(() => app.close());

interface Problem { code: string; errors: { field: string; code: string; message: string }[]; step: string; refusal: string; unmet: { key: string; have: number; need: number; where: string; missing: string[] }[] }
interface Shown { stage: string; dueOn: string | null; admittedOn: string | null; closedOn: string | null; closeReason: string | null; paused: object | null; version: number }
const now = async (): Promise<Shown> => (await ana.get(`/api/v1/enrolments/${id}`).expect(200)).body as Shown;
const take = async (step: string, more: object = {}, who = ana) => who.post(`/api/v1/enrolments/${id}/steps`, { step, version: (await now()).version, ...more });
const annul = async (who = ana, reason = 'the wrong person') => who.post(`/api/v1/enrolments/${id}/annulments`, { reason, version: (await now()).version });
const open = async (pathway = 'orientation', receivedOn = '2026-02-20'): Promise<string> =>
  ((await ana.post(`/api/v1/participants/${person}/enrolments`, { pathway, operationId: world.operation, source: 'self', receivedOn, entitlement: 'programme-eligibility' }).expect(201)).body as { id: string }).id;
const meetAll = (givenOn = '2026-02-23'): Promise<void> => app.acting(world.ana, async (actor) => {
  await app.get(InformationService).inform(actor, person, { givenOn, format: 'easy-read', willing: 'yes' });
  await app.get(EntryService).answer(actor, person, { version: 0, answeredOn: givenOn, answers: ENTRY_KEYS.map((item) => ({ item, value: 'refused' })) });
});
interface Line { act: string; step: string | null; effectiveOn: string; until: string | null; days: number | null; moved: { from: number; to: number } | null; reason: string | null; takenByName: string | null }
const history = async (): Promise<Line[]> => ((await ana.get(`/api/v1/participants/${person}/history`).expect(200)).body as { items: Line[] }).items;
const due = (): Promise<{ key: string; kind: string; dueOn: string }[]> => app.acting(world.ana, async (actor) =>
  (await app.get(AgendaService).openOf(actor, person)).filter(({ key }) => key.startsWith('pathways')).map(({ key, kind, dueOn }) => ({ key: key.replace(id, '*'), kind, dueOn })).sort((a, b) => (a.key < b.key ? -1 : 1)));

beforeEach(async () => {
  clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  [ana, boss] = [await app.api(world.ana), await app.api(world.manager)];
  person = await aParticipant(app, world.ana);
  id = await open();
});
// Whatever a test did, the agenda says what the facts say.
afterEach(async () => {
  const system = Actor.system('agenda', world.service);
  expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
});

describe('a step', () => {
  it('is refused with every unmet requirement, in numbers, and where each is met; what happened stays recorded', async () => {
    const refused = (await take('admit')).body as Problem;
    expect(refused).toMatchObject({ code: 'step-refused', refusal: 'unmet' });
    expect(refused.unmet.map(({ key, have, need }) => [key, have, need])).toEqual([['informed', 0, 1], ['entry', 0, 11], ['disability', 0, 2]]);
    expect(refused.unmet[1]).toMatchObject({ where: `/participants/${person}/entry#entry` });
    expect(refused.unmet[1]!.missing).toHaveLength(11);
    await meetAll();
    const verdicts = (await ana.get(`/api/v1/enrolments/${id}/steps`).expect(200)).body as { items: { step: string; allowed: boolean }[] };
    expect(verdicts.items.map(({ step, allowed }) => [step, allowed])).toEqual([['wait', true], ['admit', true], ['decline', true], ['close-before-admission', true]]);
    expect((await take('admit')).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'admitted', admittedOn: '2026-03-02' });
    expect((await take('admit')).body).toMatchObject({ code: 'step-not-from-here' });
  });

  it('is dated back, but not before its facts, not into the future, and beyond ninety days by a manager alone', async () => {
    await meetAll();
    expect(((await take('admit', { effectiveOn: '2026-02-22' })).body as Problem).errors[0]).toMatchObject({ message: expect.stringMatching(/is met only since 23 February 2026\. Choose that day or a later one/) as string });
    for (const [effectiveOn, code] of [['2026-02-22', 'day-before-facts'], ['2026-03-03', 'day-in-future'], ['2026-02-19', 'day-before-last-step']]) {
      expect(((await take('admit', { effectiveOn })).body as Problem).errors).toMatchObject([{ field: 'effectiveOn', code }]);
    }
    const told = async (step: string, effectiveOn: string): Promise<string> => ((await take(step, { effectiveOn })).body as Problem).errors[0]!.message;
    expect(await told('admit', '2026-02-19')).toMatch(/is before the referral, received on 20 February 2026\. Choose that day/);
    clock.set('2026-06-15T09:00:00Z');
    ana = await app.api(world.ana);
    boss = await app.api(world.manager);
    expect(((await take('admit', { effectiveOn: '2026-02-23' })).body as Problem).errors).toMatchObject([{ field: 'effectiveOn', code: 'day-too-long-ago' }]);
    expect(await told('admit', '2026-02-23')).toMatch(/is more than 90 days ago\. Choose 17 March 2026 or a later day, or ask a manager/);
    expect((await take('admit', { effectiveOn: '2026-03-16' })).body).toMatchObject({ errors: [{ code: 'day-too-long-ago' }] });
    expect((await take('admit', { effectiveOn: '2026-02-23' }, boss)).status).toBe(201);
    expect(await now()).toMatchObject({ admittedOn: '2026-02-23', dueOn: '2026-03-10' });
    expect(await told('start-profiling', '2026-02-22')).toMatch(/is before the last step, taken on 23 February 2026/);
  });

  it('is refused before a contact that it needs by the day of that contact, not as if the contact were missing', async () => {
    await meetAll();
    await take('admit', { effectiveOn: '2026-02-23' });
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'interview', mode: 'in-person', happenedOn: '2026-02-27', minutes: 45, outcome: 'done', participantIds: [person] }));
    const refused = (await take('start-profiling', { effectiveOn: '2026-02-25' })).body as Problem;
    expect(refused).toMatchObject({ refusal: 'before-its-facts', errors: [{ field: 'effectiveOn', code: 'day-before-facts' }], unmet: [{ metOn: '2026-02-27' }] });
    expect((await take('start-profiling', { effectiveOn: '2026-02-27' })).status).toBe(201);
  });

  it('taken twice at once is taken once', async () => {
    await meetAll();
    const { version } = await now();
    const answers = await Promise.all([0, 1].map(() => ana.post(`/api/v1/enrolments/${id}/steps`, { step: 'admit', version })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await app.rows('select count(*)::int as n from step where enrolment_id = $1', [id])).toEqual([{ n: 1 }]);
  });

  it('is let pass by nobody when the person has said no', async () => {
    await ana.post(`/api/v1/participants/${person}/information`, { givenOn: '2026-02-24', format: 'easy-read', willing: 'no' }).expect(201);
    expect((await take('admit', { deviation: 'the papers burnt' }, boss)).body).toMatchObject({ code: 'step-deviation-not-allowed' });
    expect(await app.rows('select count(*)::int as n from step where enrolment_id = $1', [id])).toEqual([{ n: 0 }]);
  });

  it('may be let pass by a manager with a reason, which is counted as a deviation', async () => {
    expect((await take('admit', { deviation: 'in a hurry' })).body).toMatchObject({ code: 'step-deviation-not-allowed' });
    expect((await take('admit', { deviation: 'the papers burnt' }, boss)).status).toBe(201);
    expect(await app.rows('select met, deviation_reason from step where enrolment_id = $1', [id])).toEqual([{ met: ['referral', 'identity'], deviation_reason: 'the papers burnt' }]);
    const history = (await boss.get(`/api/v1/participants/${person}/history`).expect(200)).body as { items: object[] };
    expect(history.items).toMatchObject([{ step: 'admit', deviation: 'the papers burnt', met: 2, of: 5, takenByName: world.manager.name }]);
  });
});

describe('a referral is answered', () => {
  it('by waiting, with the day on which it is looked at again', async () => {
    expect(((await take('wait')).body as Problem).errors).toMatchObject([{ field: 'reviewOn', code: 'required' }]);
    expect((await take('wait', { reviewOn: '2026-03-20' })).status).toBe(201);
    expect(await due()).toMatchObject([{ kind: 'review-waiting', dueOn: '2026-03-20' }]);
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: 'waiting', answeredOn: '2026-03-02', waitingSince: '2026-03-02', reviewOn: '2026-03-20' });
  });

  it('by a review of the waiting: on until another day with a reason, and the waiting is counted from its first day', async () => {
    await take('wait', { reviewOn: '2026-03-20' });
    clock.set('2026-03-20T09:00:00Z');
    ana = await app.api(world.ana);
    expect(((await take('keep-waiting', { reviewOn: '2026-04-10' })).body as Problem).errors).toMatchObject([{ field: 'reason', code: 'required' }]);
    expect(((await take('keep-waiting', { reason: 'no-place-yet' })).body as Problem).errors).toMatchObject([{ field: 'reviewOn', code: 'required' }]);
    expect((await take('keep-waiting', { reason: 'no-place-yet', reviewOn: '2026-04-10' })).status).toBe(201);
    expect(await due()).toMatchObject([{ kind: 'review-waiting', dueOn: '2026-04-10' }]);
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: 'waiting', answeredOn: '2026-03-02', waitingSince: '2026-03-02', reviewOn: '2026-04-10' });
    expect((await ana.get(`/api/v1/enrolments/${id}/track`)).body).toMatchObject({ now: { since: '2026-03-02', days: 18, dueOn: '2026-04-10' } });
    expect(await history()).toMatchObject([{ act: 'step', step: 'keep-waiting', effectiveOn: '2026-03-20', reason: 'no-place-yet' }, { act: 'step', step: 'wait' }]);
    await annul();
    expect(await due()).toMatchObject([{ kind: 'review-waiting', dueOn: '2026-03-20' }]);
    await meetAll();
    expect((await take('admit')).status).toBe(201);
  });

  it('by declining for a reason of the list, explained in a format', async () => {
    expect(((await take('decline', { explainedFormat: 'spoken' })).body as Problem).errors).toMatchObject([{ field: 'reason', code: 'required' }]);
    expect(((await take('decline', { reason: 'too disabled', explainedFormat: 'spoken' })).body as Problem).errors).toMatchObject([{ field: 'reason' }]);
    expect(((await take('decline', { reason: 'not-wanted' })).body as Problem).errors).toMatchObject([{ field: 'explainedFormat', code: 'required' }]);
    expect((await take('decline', { reason: 'not-wanted', explainedFormat: 'easy-read' })).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'declined', closedOn: '2026-03-02', closeReason: 'not-wanted', dueOn: null });
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: 'declined', declineReason: 'not-wanted', explainedFormat: 'easy-read' });
    expect(await due()).toEqual([]);
    expect((await take('admit')).body).toMatchObject({ code: 'step-closed' });
  });

  it('by nobody when the person has died: that is no refusal, and asks for no explanation', async () => {
    expect((await take('close-before-admission', { reason: 'deceased' })).status).toBe(201);
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: null, declineReason: null });
  });

  it('on entrepreneurship by another pathway to be offered, which stays due after the end', async () => {
    id = await open('entrepreneurship');
    expect((await take('not-accept', { reason: 'not-eligible', explainedFormat: 'spoken' })).status).toBe(201);
    expect((await due()).filter(({ key }) => key.startsWith('pathways.task'))).toEqual([{ key: 'pathways.task:*:another-pathway', kind: 'protocol-task', dueOn: '2026-04-01' }]);
  });
});

describe('deadlines', () => {
  beforeEach(() => meetAll());

  it('come from the stage and from what a step opens; a meeting closes the task that asks for it', async () => {
    expect(await due()).toEqual([{ key: 'pathways.ready:*', kind: 'step-ready', dueOn: '2026-03-07' }]);
    await take('admit');
    expect(await due()).toEqual([{ key: 'pathways.stage:*', kind: 'stage-due', dueOn: '2026-03-17' }, { key: 'pathways.task:*:first-meeting', kind: 'protocol-task', dueOn: '2026-03-17' }]);
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'interview', mode: 'in-person', happenedOn: '2026-03-02', minutes: 45, outcome: 'done', participantIds: [person] }));
    expect(await due()).toEqual([{ key: 'pathways.ready:*', kind: 'step-ready', dueOn: '2026-03-16' }]);
    expect((await take('start-profiling')).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'profiling', dueOn: '2026-04-16' });
  });

  it('open no task whose fact is there already, and open it again when the fact goes', async () => {
    const meeting = await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'visit', mode: 'in-person', happenedOn: '2026-02-25', minutes: 45, outcome: 'done', participantIds: [person] }));
    await take('admit');
    expect((await due()).map(({ kind }) => kind)).toEqual(['step-ready']);
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).withdraw(actor, meeting, { reason: 'another person', version: 1 }));
    expect((await due()).map(({ kind }) => kind)).toEqual(['stage-due', 'protocol-task']);
  });

  it('tell that a step is ready once nothing is missing, until something is again', async () => {
    const inform = (willing: 'yes' | 'no'): Promise<string> => app.acting(world.ana, (actor) => app.get(InformationService).inform(actor, person, { givenOn: '2026-03-02', format: 'spoken', willing }));
    expect(await due()).toEqual([{ key: 'pathways.ready:*', kind: 'step-ready', dueOn: '2026-03-07' }]);
    await inform('no');
    expect(await due()).toEqual([{ key: 'pathways.stage:*', kind: 'answer-referral', dueOn: '2026-03-07' }]);
    await inform('yes');
    expect((await due()).map(({ kind }) => kind)).toEqual(['step-ready']);
    // Whoever waits then waits for a place, not for a condition.
    await take('wait', { reviewOn: '2026-03-20' });
    expect((await due()).map(({ kind }) => kind)).toEqual(['review-waiting']);
    await annul();
    expect((await due()).map(({ kind }) => kind)).toEqual(['step-ready']);
  });

  it('tell so by a right that begins later from that day on, and go on telling when the right has ended by itself', async () => {
    id = await open('entrepreneurship');
    const edit = async (more: object): Promise<void> => {
      const { version } = (await ana.get(`/api/v1/enrolments/${id}/referral`)).body as { version: number };
      await ana.post(`/api/v1/enrolments/${id}/referral`, { source: 'self', version, ...more }).expect(204);
    };
    await edit({ entitlement: 'decision', entitlementFrom: '2026-03-04', entitlementUntil: '2026-03-30' });
    const ready = async (): Promise<unknown[]> => (await app.acting(world.ana, (actor) => app.get(AgendaService).openOf(actor, person))).filter(({ key }) => key === `pathways.ready:${id}`).map(({ fromOn }) => fromOn);
    expect(await ready()).toEqual(['2026-03-04']);
    clock.set('2026-04-02T09:00:00Z');
    ana = await app.api(world.ana);
    expect(await ready()).toEqual(['2026-03-04']);
    await edit({ entitlement: 'none' });
    expect(await ready()).toEqual([]);
  });

  it('stand still in a pause, and a step ends the pause', async () => {
    await take('admit');
    await ana.post(`/api/v1/enrolments/${id}/pause`, { reason: 'in hospital', until: '2026-04-01', version: (await now()).version }).expect(204);
    expect(await now()).toMatchObject({ dueOn: null });
    // What its steps opened waits with it: thirty days later than it was, and shown again when the pause ends.
    expect((await due()).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['pause-ends', '2026-04-01'], ['protocol-task', '2026-04-16']]);
    clock.advance({ days: 10 });
    [ana, boss] = [await app.api(world.ana), await app.api(world.manager)];
    await ana.post(`/api/v1/enrolments/${id}/resumption`, { version: (await now()).version }).expect(204);
    expect(await now()).toMatchObject({ dueOn: '2026-03-27', paused: null });
    expect((await due()).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['stage-due', '2026-03-27'], ['protocol-task', '2026-03-27']]);

    await ana.post(`/api/v1/enrolments/${id}/pause`, { reason: 'again', until: '2026-05-01', version: (await now()).version }).expect(204);
    clock.advance({ days: 5 });
    expect((await take('leave', { reason: 'moved' })).status).toBe(201);
    expect(await now()).toMatchObject({ closedOn: '2026-03-17', paused: null });
    expect(await due()).toEqual([]);
    // Taken back: the stage has the time again that both pauses took from it.
    expect((await annul()).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'admitted', closedOn: null, closeReason: null, paused: null, dueOn: '2026-04-01' });
    expect((await due()).map(({ kind, dueOn }) => [kind, dueOn])).toEqual([['stage-due', '2026-04-01'], ['protocol-task', '2026-04-01']]);
    // The history keeps each pause with its reason and its days, whatever ended it.
    expect((await history()).filter(({ act }) => act === 'paused' || act === 'resumed').map(({ act, effectiveOn, until, days, reason, takenByName }) => [act, effectiveOn, until ?? days, reason, takenByName])).toEqual([
      ['resumed', '2026-03-17', 5, null, world.ana.name], ['paused', '2026-03-12', '2026-05-01', 'again', world.ana.name],
      ['resumed', '2026-03-12', 10, null, world.ana.name], ['paused', '2026-03-02', '2026-04-01', 'in hospital', world.ana.name],
    ]);
  });
});

describe('a step taken in error', () => {
  beforeEach(() => meetAll());

  it('is annulled by the coach within a week, then by the manager; both rows stay and count nowhere', async () => {
    await take('wait', { reviewOn: '2026-03-20' });
    await take('admit');
    expect((await annul()).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'waiting', admittedOn: null });
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: 'waiting', answeredOn: '2026-03-02', waitingSince: '2026-03-02' });
    expect((await due()).map(({ kind }) => kind)).toEqual(['review-waiting']);
    clock.advance({ days: 8 });
    [ana, boss] = [await app.api(world.ana), await app.api(world.manager)];
    expect((await annul()).body).toMatchObject({ code: 'annulment-too-late' });
    expect((await annul(boss)).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'referred' });
    expect((await annul(boss)).body).toMatchObject({ code: 'nothing-to-annul' });
    expect(await app.rows('select seq, key, annuls is not null as annuls from step where enrolment_id = $1 order by seq', [id])).toEqual([
      { seq: 1, key: 'wait', annuls: false }, { seq: 2, key: 'admit', annuls: false }, { seq: 3, key: null, annuls: true }, { seq: 4, key: null, annuls: true },
    ]);
  });

  it('gives the referral back the answer that stood before, with the review day that was told', async () => {
    const referral = async (): Promise<object> => (await ana.get(`/api/v1/enrolments/${id}/referral`)).body as object;
    const waiting = { answer: 'waiting', answeredOn: '2026-03-02', waitingSince: '2026-03-02', reviewOn: '2026-03-20', declineReason: null, explainedFormat: null };
    await take('wait', { reviewOn: '2026-03-20' });
    for (const [step, more] of [['admit', {}], ['decline', { reason: 'not-wanted', explainedFormat: 'easy-read' }], ['close-before-admission', { reason: 'deceased' }]] as const) {
      expect((await take(step, more)).status).toBe(201);
      expect((await annul()).status).toBe(201);
      expect([step, await referral()]).toMatchObject([step, waiting]);
      expect(await due()).toEqual([{ key: 'pathways.stage:*', kind: 'review-waiting', dueOn: '2026-03-20' }]);
    }
    await annul();
    expect(await referral()).toMatchObject({ answer: null, answeredOn: null, waitingSince: null, reviewOn: null });
  });

  it('leaves the answer alone where it was no answer, were it of the same day', async () => {
    await take('admit');
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'interview', mode: 'in-person', happenedOn: '2026-03-02', minutes: 45, outcome: 'done', participantIds: [person] }));
    expect((await take('start-profiling')).status).toBe(201);
    expect((await annul()).status).toBe(201);
    expect(await now()).toMatchObject({ stage: 'admitted', admittedOn: '2026-03-02' });
    expect((await ana.get(`/api/v1/enrolments/${id}/referral`)).body).toMatchObject({ answer: 'admitted', answeredOn: '2026-03-02' });
  });

  it('that closed the enrolment opens it again, with what it had withdrawn', async () => {
    await take('admit');
    const before = await due();
    await take('leave', { reason: 'health' });
    expect(await app.rows('select left_on::text from participation where participant_id = $1', [person])).toEqual([{ left_on: '2026-03-02' }]);
    await annul();
    expect(await due()).toEqual(before);
    expect(await app.rows('select left_on from participation where participant_id = $1', [person])).toEqual([{ left_on: null }]);
  });
});

describe('what a step rested on', () => {
  const meet = (): Promise<string> => app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'interview', mode: 'in-person', happenedOn: '2026-03-02', minutes: 45, outcome: 'done', participantIds: [person] }));
  const withdraw = (meeting: string): Promise<void> => app.acting(world.ana, (actor) => app.get(ActivitiesService).withdraw(actor, meeting, { reason: 'another person', version: 1 }));
  const gone = async (): Promise<{ id: string; version: number }[]> => (await app.acting(world.ana, (actor) => app.get(AgendaService).openOf(actor, person))).filter(({ kind }) => kind === 'evidence-gone');
  const told = async (): Promise<string[]> => (await history()).map(({ act }) => act);
  let meeting: string;
  beforeEach(async () => {
    await meetAll();
    await take('admit');
    meeting = await meet();
    await take('start-profiling');
  });

  it('is told before it is withdrawn, and warns afterwards: on the pathway, in the history and on the agenda, until somebody has looked', async () => {
    const browser = await app.as(world.ana);
    const warned = (await browser.get(`/activities/${meeting}/withdraw`).expect(200)).text;
    expect(warned).toContain('A step rests on this contact');
    expect(warned).toContain('Start the profile, on 2 March 2026');
    expect((await browser.get(`/activities/${meeting}/correct`).expect(200)).text).toContain('A step rests on this contact');
    clock.advance({ days: 1 });
    app.forget(world.ana);
    await withdraw(meeting);
    expect(await history()).toMatchObject([{ act: 'evidence-gone', step: 'start-profiling', effectiveOn: '2026-03-03', takenByName: world.ana.name }, { act: 'step', step: 'start-profiling' }, { act: 'step', step: 'admit' }]);
    expect(await now()).toMatchObject({ stage: 'profiling' });
    expect(await gone()).toMatchObject([{ nature: 'warning', fromOn: '2026-03-03', dueOn: '2026-03-17', params: { title: { en: 'Start the profile' } } }]);
    const tab = (await (await app.as(world.ana)).get(`/participants/${person}/pathway`).expect(200)).text;
    expect(tab).toContain('Look again at “Start the profile”');
    expect(tab).toContain('“Start the profile”: evidence was corrected or withdrawn');
    const [entry] = await gone();
    await (await app.api(world.ana)).post(`/api/v1/agenda/${entry!.id}/done`, { version: entry!.version }).expect(200);
    // Looked at once, it is asked no more; another contact meets the condition of that day again.
    await meet();
    expect(await gone()).toEqual([]);
  });

  it('warns no more when it is there again, nor when the step is annulled', async () => {
    await withdraw(meeting);
    expect(await gone()).toHaveLength(1);
    const again = await meet();
    expect(await gone()).toEqual([]);
    expect(await told()).toEqual(['evidence-back', 'evidence-gone', 'step', 'step']);
    await withdraw(again);
    // The line that came back was another contact's; what the step was taken by is still gone.
    expect(await gone()).toHaveLength(1);
    await annul();
    expect(await gone()).toEqual([]);
  });

  it('warns of nothing while another contact still meets it', async () => {
    const second = await meet();
    await withdraw(meeting);
    expect(await gone()).toEqual([]);
    await withdraw(second);
    expect(await gone()).toHaveLength(1);
  });

  it('is warned of once the pathway goes on, where it went after the end', async () => {
    await take('leave', { reason: 'health' });
    await withdraw(meeting);
    expect(await gone()).toEqual([]);
    expect(await told()).toContain('evidence-gone');
    await annul();
    expect(await gone()).toHaveLength(1);
  });
});

describe('another version of the protocol', () => {
  interface Written { stages: { key: string }[]; steps: { key: string }[] }
  const write = async (number: number, change = (document: Written): object => document): Promise<string> => {
    const editor = await app.api(world.editor);
    const { document } = (await editor.get(`/api/v1/protocols/${world.protocols.orientation!}`)).body as { document: Written };
    const { protocol } = (await editor.post('/api/v1/protocols', { document: JSON.stringify({ ...change(document), version: number }) }).expect(201)).body as { protocol: { id: string } };
    await editor.post(`/api/v1/protocols/${protocol.id}/publication`, { version: 1 }).expect(204);
    return protocol.id;
  };
  const adopt = async (versionId: string): Promise<void> => {
    await (await app.as(world.administrator)).post(`/protocols/${versionId}/adoption`, { versionId, programmeId: world.programme }).expect(303);
  };
  const move = async (versionId: string, reason = 'the new rules suit them') => boss.post(`/api/v1/enrolments/${id}/protocol`, { versionId, reason, version: (await now()).version });

  it('takes a running enrolment over by a manager, who sees before what changes', async () => {
    const editor = await app.api(world.editor);
    const { document } = (await editor.get(`/api/v1/protocols/${world.protocols.orientation!}`)).body as { document: { version: number; stages: { key: string; within?: object }[]; steps: { key: string }[] } };
    const stricter = { ...document, version: 3, stages: document.stages.map((one) => (one.key === 'referred' ? { ...one, within: { days: 10 } } : one)), steps: document.steps.map((one) => (one.key === 'close-before-admission' ? { ...one, key: 'close-early' } : one)) };
    const { protocol } = (await editor.post('/api/v1/protocols', { document: JSON.stringify(stricter) }).expect(201)).body as { protocol: { id: string } };
    await editor.post(`/api/v1/protocols/${protocol.id}/publication`, { version: 1 }).expect(204);

    await adopt(protocol.id);
    // A new version touches no running enrolment.
    expect(await now()).toMatchObject({ dueOn: '2026-03-07' });
    await ana.get(`/api/v1/enrolments/${id}/protocol`).expect(403);
    const { items } = (await boss.get(`/api/v1/enrolments/${id}/protocol`).expect(200)).body as { items: object[] };
    expect(items).toMatchObject([{ versionId: protocol.id, number: 3, possible: true, dueNow: '2026-03-07', dueThen: '2026-03-02', newSteps: [{ en: 'Close the referral before admission' }], goneSteps: [{ en: 'Close the referral before admission' }], newConditions: [] }]);
    const page = await (await app.as(world.manager)).get(`/participants/${person}/pathway/${id}/protocol`).expect(200);
    expect(page.text).toContain('Go over to version 3');
    expect(page.text).toContain('name="reason"');
    expect(((await move(protocol.id, '')).body as Problem).errors).toMatchObject([{ field: 'reason', code: 'required' }]);
    expect((await move(protocol.id)).status).toBe(204);
    expect(await now()).toMatchObject({ protocolVersionId: protocol.id, dueOn: '2026-03-02' });
    expect(await history()).toMatchObject([{ act: 'moved', moved: { from: 1, to: 3 }, reason: 'the new rules suit them', effectiveOn: '2026-03-02', takenByName: world.manager.name }]);
    expect((await (await app.as(world.ana)).get(`/participants/${person}/pathway`)).text).toContain('version 1 → version 3');
    expect((await take('close-early', { reason: 'deceased' })).status).toBe(201);
  });

  it('is the one that the programme goes by that day, and no other', async () => {
    const first = await write(3);
    expect((await boss.get(`/api/v1/enrolments/${id}/protocol`)).body).toEqual({ items: [] });
    expect((await move(first)).body).toMatchObject({ code: 'protocol-not-adoptable' });
    await adopt(first);
    const second = await write(4);
    await adopt(second);
    // Adopted once, and left since.
    expect((await move(first)).body).toMatchObject({ code: 'protocol-not-adoptable' });
    expect((await move(second)).status).toBe(204);
    expect((await boss.get(`/api/v1/enrolments/${id}/protocol`)).body).toEqual({ items: [] });
    expect((await (await app.as(world.manager)).get(`/participants/${person}/pathway`)).text).not.toContain(`/pathway/${id}/protocol`);
  });

  it('leaves what was put off put off, and what a step opened as it opened it', async () => {
    await meetAll();
    await take('admit');
    const entries = await app.acting(world.ana, (actor) => app.get(AgendaService).openOf(actor, person));
    for (const { id: entry, version } of entries.filter(({ kind }) => kind === 'stage-due' || kind === 'protocol-task')) await ana.post(`/api/v1/agenda/${entry}/postpone`, { dueOn: '2026-03-25', reason: 'on a journey', version }).expect(200);
    const version = await write(3, (document) => ({
      ...document, stages: document.stages.map((one) => (one.key === 'admitted' ? { ...one, within: { days: 20 } } : one)), steps: document.steps.map((one) => (one.key === 'admit' ? { ...one, opens: [] } : one)),
    }));
    await adopt(version);
    expect((await move(version)).status).toBe(204);
    expect(await due()).toMatchObject([{ kind: 'stage-due', dueOn: '2026-03-25' }, { kind: 'protocol-task', dueOn: '2026-03-25' }]);
    // Its fact closes it all the same.
    await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { kind: 'interview', mode: 'in-person', happenedOn: '2026-03-02', minutes: 45, outcome: 'done', participantIds: [person] }));
    expect((await due()).map(({ kind }) => kind)).not.toContain('protocol-task');
  });

  it('stays: what was taken before it is no longer annulled, and is not offered', async () => {
    await meetAll();
    await take('admit');
    const manager = await app.as(world.manager);
    const annulment = `/participants/${person}/pathway/${id}/annulment`;
    expect((await manager.get(`/participants/${person}/pathway`)).text).toContain(annulment);
    const version = await write(3);
    await adopt(version);
    await move(version);
    expect((await manager.get(`/participants/${person}/pathway`)).text).not.toContain(annulment);
    expect((await manager.get(annulment).expect(200)).text).toContain('This step can no longer be annulled');
    expect((await annul(boss)).body).toMatchObject({ code: 'annulment-after-move' });
    await take('leave', { reason: 'moved' });
    expect((await manager.get(`/participants/${person}/pathway`)).text).toContain(annulment);
    expect((await annul(boss)).status).toBe(201);
  });

  it('of another federation is none', async () => {
    const elsewhere = await app.world();
    const editor = await app.api(elsewhere.editor);
    const { document } = (await editor.get(`/api/v1/protocols/${world.protocols.orientation!}`)).body as { document: object };
    const { protocol } = (await editor.post('/api/v1/protocols', { document: JSON.stringify({ ...document, version: 3 }) }).expect(201)).body as { protocol: { id: string } };
    await editor.post(`/api/v1/protocols/${protocol.id}/publication`, { version: 1 }).expect(204);
    await boss.post(`/api/v1/enrolments/${id}/protocol`, { versionId: protocol.id, reason: 'why not', version: (await now()).version }).expect(409);
  });
});

it('a coach opens no second enrolment on the same pathway while one runs, and one again after it ended', async () => {
  await ana.post(`/api/v1/participants/${person}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-02-20' }).expect(409);
  await take('decline', { reason: 'not-wanted', explainedFormat: 'spoken' });
  await open();
});
