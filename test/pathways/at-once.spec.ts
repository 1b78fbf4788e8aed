import type { Response } from 'supertest';
import { ActivitiesService } from '../../src/modules/activities';
import { AgendaCheck, AgendaService, type EntryView } from '../../src/modules/agenda';
import { EntryService, InformationService, ProfileService } from '../../src/modules/participants';
import { ENTRY_KEYS } from '../../src/modules/participants/entry/entry-items';
import { EnrolmentsService, PausesService, StepsService } from '../../src/modules/pathways';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
let boss: Caller;
let person: string;
let id: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());

type Act = (actor: Actor) => Promise<unknown>;
const version = async (): Promise<number> => (await app.rows<{ version: number }>('select version from enrolment where id = $1', [id]))[0]!.version;
const acting = <T>(work: (actor: Actor) => Promise<T>): Promise<T> => app.acting(world.ana, work);
const log = (more: object = {}): ((actor: Actor) => Promise<string>) => (actor) => app.get(ActivitiesService).log(actor, { participantIds: [person], kind: 'interview', mode: 'in-person', minutes: 45, outcome: 'done', ...more });
const take = (step: string, more: object = {}): Act => async (actor) => app.get(StepsService).take(actor, id, { step, version: (await app.get(EnrolmentsService).get(actor, id)).version, ...more });
const annul: Act = async (actor) => app.get(StepsService).annul(actor, id, { reason: 'the wrong person', version: await version() });
const pause = (until = '2026-03-22'): Act => async (actor) => app.get(PausesService).pause(actor, id, { until, reason: 'away', version: await version() });
const inform = (willing: 'yes' | 'no'): Act => (actor) => app.get(InformationService).inform(actor, person, { givenOn: '2026-03-02', format: 'plain', willing });
const withdraw = (activity: string): Act => (actor) => app.get(ActivitiesService).withdraw(actor, activity, { reason: 'another person', version: 1 });
const tick = (entry: EntryView): Act => (actor) => app.get(AgendaService).tickOff(actor, entry.id, { version: entry.version });
const entries = (kind: string): Promise<EntryView[]> => acting(async (actor) => (await app.get(AgendaService).openOf(actor, person)).filter((one) => one.kind === kind));
const told = async (): Promise<string[]> => (await app.rows<{ kind: string }>('select kind from enrolment_act where enrolment_id = $1', [id])).map(({ kind }) => kind);

const steps = (body: object) => async (): Promise<Response> => boss.post(`/api/v1/enrolments/${id}/steps`, { version: await version(), ...body });
const contact = (happenedOn: string) => async (): Promise<Response> => boss.post('/api/v1/activities', { kind: 'phone', minutes: 5, outcome: 'done', happenedOn, participantIds: [person] });

/** The second is sent while the first has done all but end: it waits, and goes on from what the first has left. */
async function after(first: Act, second: () => Promise<Response>): Promise<Response> {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => { end = resolve; });
  let running!: Promise<unknown>;
  await new Promise<void>((resolve, reject) => {
    running = acting(async (actor) => {
      await first(actor);
      resolve();
      await ended;
    });
    running.catch(reject);
  });
  const answer = second();
  const waits = await waiting();
  end();
  await running;
  const given = await answer;
  expect(waits).toBe(true);
  return given;
}

async function waiting(): Promise<boolean> {
  for (let i = 0; i < 60; i += 1) {
    const [row] = await app.rows<{ n: number }>("select count(*)::int as n from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted");
    if (row!.n > 0) return true;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  return false;
}

beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  boss = await app.api(world.manager);
  person = await aParticipant(app, world.ana);
  id = await acting((actor) => app.get(EnrolmentsService).open(actor, person, { pathway: 'employment-advice', operationId: world.operation, source: 'self', receivedOn: '2026-02-20', entitlement: 'programme-eligibility' }));
  await acting(async (actor) => {
    await app.get(InformationService).inform(actor, person, { givenOn: '2026-02-23', format: 'plain', willing: 'yes' });
    await app.get(EntryService).answer(actor, person, { version: 0, answeredOn: '2026-02-23', answers: ENTRY_KEYS.map((item) => ({ item, value: 'refused' })) });
  });
});
// Whatever a test did, the agenda says what the facts say.
afterEach(async () => {
  const system = Actor.system('agenda', world.service);
  expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
});

describe('two at once about one person are as if one came after the other', () => {
  it('who refuses is not admitted', async () => {
    expect((await after(inform('no'), steps({ step: 'admit' }))).status).toBe(422);
  });

  it('who was admitted and refuses has that said of the step', async () => {
    expect((await after(take('admit'), async () => boss.post(`/api/v1/participants/${person}/information`, { givenOn: '2026-03-02', format: 'plain', willing: 'no' }))).status).toBe(201);
    expect(await told()).toContain('evidence-gone');
  });

  it('a step does not rest on a contact that is being withdrawn', async () => {
    await acting(take('admit'));
    const meeting = await acting(log());
    expect((await after(withdraw(meeting), steps({ step: 'start-profiling' }))).status).toBe(422);
  });

  it('a contact that is withdrawn is missed by the step that was just taken', async () => {
    await acting(take('admit'));
    const meeting = await acting(log());
    expect((await after(take('start-profiling'), async () => boss.post(`/api/v1/activities/${meeting}/withdraw`, { reason: 'another person', version: 1 }))).status).toBeLessThan(300);
    expect(await told()).toContain('evidence-gone');
    expect(await entries('evidence-gone')).toHaveLength(1);
  });

  it.each<[string, () => Act, () => () => Promise<Response>]>([
    ['a contact, then leaving', () => log(), () => steps({ step: 'leave', reason: 'moved' })],
    ['leaving, then a contact', () => take('leave', { reason: 'moved' }), () => contact('2026-03-02')],
    ['leaving, then a right that ends', () => take('leave', { reason: 'moved' }), () => async () => boss.post(`/api/v1/enrolments/${id}/referral`, {
      source: 'self', entitlement: 'decision', entitlementFrom: '2026-02-20', entitlementUntil: '2026-05-01', version: (await app.rows<{ version: number }>('select version from referral where enrolment_id = $1', [id]))[0]!.version,
    })],
    ['leaving, then a refusal', () => take('leave', { reason: 'moved' }), () => async () => boss.post(`/api/v1/participants/${person}/information`, { givenOn: '2026-03-02', format: 'plain', willing: 'no' })],
    ['a pause, then a contact', () => pause(), () => contact('2026-03-02')],
    ['a contact, then a pause', () => log(), () => async () => boss.post(`/api/v1/enrolments/${id}/pause`, { reason: 'away', until: '2026-03-22', version: await version() })],
    ['contacts of two past days', () => log({ happenedOn: '2026-02-27' }), () => contact('2026-02-24')],
    ['contacts of two past days, the later last', () => log({ happenedOn: '2026-02-24' }), () => contact('2026-02-27')],
    ['leaving, then another pathway', () => take('leave', { reason: 'moved' }), () => async () => boss.post(`/api/v1/participants/${person}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-02-20' })],
  ])('%s', async (_, first, second) => {
    await acting(take('admit'));
    expect((await after(first(), second())).status).toBeLessThan(300);
  });

  it('the contact before the last, noted while the last is withdrawn', async () => {
    await acting(take('admit'));
    await acting(log({ happenedOn: '2026-02-24' }));
    const last = await acting(log({ happenedOn: '2026-03-01' }));
    expect((await after(withdraw(last), contact('2026-02-27'))).status).toBe(201);
    expect(await entries('silence')).toMatchObject([{ dueOn: '2026-03-29' }]);
  });

  it('something ticked off, or put off, while a pause moves it', async () => {
    await acting(take('admit'));
    const [task] = (await acting((actor) => app.get(AgendaService).openOf(actor, person))).filter(({ byHand }) => byHand);
    expect((await after(pause(), async () => boss.post(`/api/v1/agenda/${task!.id}/postpone`, { dueOn: '2026-03-09', reason: 'later', version: task!.version }))).body).toMatchObject({ code: 'edited-meanwhile' });
  });

  it('is said of whoever forgets it', async () => {
    await expect(acting((actor) => app.get(StepsService).factsChanged(actor, 'informed', [person], true))).rejects.toThrow('somebody who is not held');
    await expect(acting((actor) => app.get(AgendaService).done(actor, person, 'silence'))).rejects.toThrow('somebody who is not held');
  });

  it('and of many people at once nobody waits for ever', async () => {
    const people = [person, ...await Promise.all(Array.from({ length: 5 }, () => aParticipant(app, world.ana)))];
    const answers = await Promise.all(Array.from({ length: 20 }, async (_, n) => (n % 4 === 3
      ? boss.post(`/api/v1/participants/${person}/information`, { givenOn: '2026-03-02', format: 'plain', willing: 'yes' })
      : boss.post('/api/v1/activities', { kind: 'phone', minutes: 5, outcome: 'done', happenedOn: `2026-02-2${n % 9}`, participantIds: n % 2 ? people : [...people].reverse() }))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });
});

describe('what was ticked off is taken back as the facts want it now', () => {
  const reopen = async (entry: EntryView): Promise<Response> => (await app.api(world.ana)).post(`/api/v1/agenda/${entry.id}/reopen`, { version: (await app.rows<{ version: number }>('select version from agenda_entry where id = $1', [entry.id]))[0]!.version });
  const undos = async (): Promise<number> => (await acting((actor) => app.get(AgendaService).actsOf(actor, person))).filter((act) => act.reopen).length;
  const byHand = async (): Promise<EntryView> => (await acting((actor) => app.get(AgendaService).openOf(actor, person))).find((one) => one.byHand)!;
  let task: EntryView;
  beforeEach(async () => {
    await acting(take('admit'));
    task = await byHand();
    await acting(tick(task));
    expect(await undos()).toBe(1);
  });

  it('with the days that a pause has moved', async () => {
    await acting(pause('2026-03-22'));
    expect((await reopen(task)).body).toMatchObject({ closed: null, fromOn: '2026-03-22' });
  });

  it('put off, it stays put off', async () => {
    await reopen(task);
    const again = await byHand();
    await acting((actor) => app.get(AgendaService).postpone(actor, again.id, { dueOn: '2026-03-20', reason: 'away', version: again.version }));
    await acting(async (actor) => tick((await app.get(AgendaService).entry(actor, again.id)))(actor));
    expect((await reopen(again)).body).toMatchObject({ closed: null, dueOn: '2026-03-20', postponed: { reason: 'away' } });
  });

  it.each<[string, Act]>([['the person has left', take('leave', { reason: 'moved' })], ['the step that asked for it is taken back', annul]])('but not where %s', async (_, first) => {
    await acting(first);
    expect(await undos()).toBe(0);
    expect((await reopen(task)).body).toMatchObject({ status: 409, code: 'agenda-not-wanted' });
    expect(await acting((actor) => app.get(AgendaService).openOf(actor, person))).not.toContainEqual(expect.objectContaining({ id: task.id }));
  });

  it('nor where the recognition has changed that it warned of, or another has taken its place', async () => {
    const granted = { scheme: 'rqth', state: 'granted' as const, validUntil: '2026-06-30' };
    const first = await acting((actor) => app.get(ProfileService).addRecognition(actor, person, granted));
    const [alert] = await entries('recognition-ends');
    await acting(tick(alert!));
    await acting((actor) => app.get(ProfileService).addRecognition(actor, person, { ...granted, validUntil: '2031-06-30' }));
    expect((await reopen(alert!)).status).toBe(409);
    await acting((actor) => app.get(ProfileService).editRecognition(actor, person, first, { scheme: 'rqth', state: 'refused', version: 1 }));
    expect((await reopen(alert!)).status).toBe(409);
  });
});

describe('an end that was a mistake', () => {
  it('brings back what it had withdrawn, not what had gone the same day for another reason', async () => {
    await acting(take('admit'));
    const meeting = await acting(log());
    await acting(take('start-profiling'));
    await acting(withdraw(meeting));
    expect(await entries('evidence-gone')).toHaveLength(1);
    await acting(annul);
    expect(await entries('evidence-gone')).toEqual([]);
    await acting(pause());
    await acting(annul);
    await acting(take('admit'));
    const before = await acting((actor) => app.get(AgendaService).openOf(actor, person));
    await acting(take('leave', { reason: 'moved' }));
    await acting(annul);
    const now = await acting((actor) => app.get(AgendaService).openOf(actor, person));
    expect(now.map(({ key }) => key).sort()).toEqual(before.map(({ key }) => key).sort());
    expect(await entries('pause-ends')).toEqual([]);
  });
});
