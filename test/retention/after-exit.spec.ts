import { AgendaCheck } from '../../src/modules/agenda';
import { EntryService, InformationService } from '../../src/modules/participants';
import { ENTRY_ITEMS } from '../../src/modules/participants/entry/entry-items';
import { EnrolmentsService, StepsService } from '../../src/modules/pathways';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob, anEmployer } from '../support/factories/placements';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

interface Line {
  id: string;
  anchor: string;
  month: number;
  dueOn: string;
  standing: string;
  asksChange: boolean;
  employerPermitted: boolean;
  worker: { status: string; changed: string[] | null } | null;
}

let app: TestApp;
let world: World;
let api: Caller;
let awa: string;
let enrolment: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
/** Admitted on 10 January 2026. */
beforeEach(async () => {
  app.clock.set('2026-01-10T09:00:00Z');
  world = await app.world();
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' }));
  await app.acting(world.ana, async (actor) => {
    await app.get(InformationService).inform(actor, awa, { givenOn: '2026-01-10', format: 'plain', willing: 'yes' });
    await app.get(EntryService).answer(actor, awa, { version: 0, answers: ENTRY_ITEMS.map(({ key, options }) => ({ item: key, value: key === 'unemployed-for' ? 'not-concerned' : options[0]! })) });
  });
  await takes('admit');
  api = await app.api(world.ana);
});

async function takes(step: string, more: object = {}): Promise<void> {
  await app.acting(world.ana, async (actor) => {
    const { version } = await app.get(EnrolmentsService).get(actor, enrolment);
    await app.get(StepsService).take(actor, enrolment, { step, version, ...more });
  });
}
async function on(later: string): Promise<void> {
  app.clock.set(`${later}T09:00:00Z`);
  for (const user of [world.ana, world.ben, world.manager]) app.forget(user);
  api = await app.api(world.ana);
}
const path = (rest: string): string => `/api/v1/participants/${awa}/${rest}`;
const list = async (as: Caller = api): Promise<Line[]> => ((await as.get(path('milestones')).expect(200)).body as { items: Line[] }).items;
const shown = async (anchor: string): Promise<string[]> => (await list()).filter((one) => one.anchor === anchor).map(({ month, dueOn, standing }) => `${month} ${dueOn} ${standing}`);
const line = async (anchor: string, month: number): Promise<Line> => (await list()).find((one) => one.anchor === anchor && one.month === month)!;
const SAID = { side: 'worker', status: 'at-work', channel: 'call', level: 'worker' };
const answers = async (id: string, more: object = {}, status = 200): Promise<{ fields: string[]; body: { answers: object[] } }> => {
  const { body } = await api.post(path(`milestones/${id}/answers`), { ...SAID, answeredOn: app.clock.today('Europe/Paris'), ...more }).expect(status) as { body: { errors?: { field: string; code: string }[]; answers: object[] } };
  return { fields: (body.errors ?? []).map(({ field, code }) => `${field}:${code}`), body };
};
const consents = (answer: 'yes' | 'no'): Promise<unknown> => api.post(path('consents'), { purpose: 'calls-after-exit', answer, givenOn: app.clock.today('Europe/Paris'), format: 'plain', giver: 'self', method: 'handwritten' }).expect(201);
const open = async (): Promise<string[]> =>
  (await app.rows<{ what: string }>("select kind || ' ' || (params ->> 'anchor') || ' ' || (params ->> 'month') as what from agenda_entry where participant_id = $1 and kind in ('milestone', 'milestone-employer') and done_on is null order by wanted_from_on, kind", [awa])).map(({ what }) => what);
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};

describe('after the support has ended', () => {
  it('milestones go on where the person accepts calls, with day 28 and month 6 after the exit, and whoever leads them is asked', async () => {
    await on('2026-02-10');
    await aJob(app, world.ana, awa, '2026-01-31');
    await takes('leave', { reason: 'moved' });
    expect(await shown('exit')).toEqual(['0 2026-03-10 not-asked', '6 2026-08-10 not-asked']);
    expect(await open()).toEqual([]); // nobody has asked whether calls are welcome
    await consents('yes');
    expect(await shown('exit')).toEqual(['0 2026-03-10 not-yet-due', '6 2026-08-10 not-yet-due']);
    expect((await open()).slice(0, 4)).toEqual(['milestone first-day 1', 'milestone exit 0', 'milestone first-day 3', 'milestone first-day 6']);
    expect(await differences()).toEqual([]);

    const boss = await app.api(world.manager);
    const [{ version }] = await app.rows<{ version: number }>('select version from assignment where participant_id = $1', [awa]) as [{ version: number }];
    await boss.post(path('hand-over'), { toCoachId: world.ben.id, on: '2026-02-10', reason: 'Ana leaves', version }).expect(200);
    await on('2026-03-12');
    await api.get(path('milestones')).expect(404);
    const ben = await app.api(world.ben);
    const due = (await ben.get('/api/v1/milestones').expect(200)).body as { items: { participantId: string; month: number; anchor: string; coachName: string }[] };
    expect(due.items.map(({ anchor, month, coachName }) => [anchor, month, coachName])).toEqual([['first-day', 1, world.ben.name], ['exit', 0, world.ben.name]]);
    expect(wordsOf((await (await app.as(world.ben)).get('/today?later=on').expect(200)).text)).toContain('Milestone 28 days after the exit');
    const exit = (await list(ben)).find((one) => one.anchor === 'exit' && one.month === 0)!;
    await ben.post(path(`milestones/${exit.id}/answers`), { ...SAID, status: 'training', answeredOn: '2026-03-12' }).expect(200);
    expect((await list(ben)).find((one) => one.id === exit.id)).toMatchObject({ standing: 'answered' });
    expect(await differences()).toEqual([]);
  });

  it('a no to calls ends the calendar, a yes later brings it back, and an end taken back asks for nothing after an exit', async () => {
    await on('2026-02-10');
    await aJob(app, world.ana, awa, '2026-01-31');
    await consents('no');
    expect((await open()).length).toBe(8); // while the support goes on, calls belong to it
    await takes('leave', { reason: 'moved' });
    expect(await open()).toEqual([]);
    expect(new Set((await list()).map((one) => one.standing))).toEqual(new Set(['refused']));
    await on('2026-02-11');
    await consents('yes');
    expect(await open()).toHaveLength(10);
    await app.acting(world.ana, async (actor) => {
      const { version } = await app.get(EnrolmentsService).get(actor, enrolment);
      await app.get(StepsService).annul(actor, enrolment, { reason: 'Another person', version });
    });
    expect(new Set(await shown('exit'))).toEqual(new Set(['0 2026-03-10 cancelled', '6 2026-08-10 cancelled']));
    expect(await open()).toHaveLength(8);
    expect(await differences()).toEqual([]);
  });
});

describe('who was in work when the support began', () => {
  it('is asked from the admission on, never about the time before, at months clamped to the end of a shorter one', async () => {
    await aJob(app, world.ana, awa, '2019-08-31', { foundBy: 'already-there' });
    expect(await shown('admission')).toEqual([
      '1 2026-02-10 not-yet-due', '3 2026-04-10 not-yet-due', '6 2026-07-10 not-yet-due', '9 2026-10-10 not-yet-due', '12 2027-01-10 not-yet-due', '18 2027-07-10 not-yet-due', '24 2028-01-10 not-yet-due', '36 2029-01-10 not-yet-due',
    ]);
    expect(await shown('first-day')).toEqual([]);
    await on('2026-02-12');
    const { id } = await line('admission', 1);
    expect(wordsOf((await (await app.as(world.ana)).get(`/participants/${awa}/milestones/${id}`).expect(200)).text)).toContain('milestones are counted from 10 January 2026');
    expect(await differences()).toEqual([]);
  });

  it('says six months after the exit what is better at work, and nobody else does', async () => {
    await aJob(app, world.ana, awa, '2019-08-31', { foundBy: 'already-there' });
    await on('2026-02-10');
    await consents('yes');
    await takes('leave', { reason: 'moved' });
    await on('2026-08-10');
    const month6 = await line('exit', 6);
    expect(month6.asksChange).toBe(true);
    const ana = await app.as(world.ana);
    const form = wordsOf((await ana.get(`/participants/${awa}/milestones/${month6.id}`).expect(200)).text);
    expect(form).toContain('What is better at work than when the support began');
    expect(form).toContain('Higher pay alone is “none of these”.');
    expect((await answers(month6.id, {}, 422)).fields).toEqual(['changed:required']);
    expect((await answers(month6.id, { changed: ['stable', 'none'] }, 422)).fields).toEqual(['changed:none-alone']);
    expect((await answers(month6.id, { status: 'not-in-work', changed: ['stable'] }, 422)).fields).toEqual(['changed:change-not-asked']);
    await answers(month6.id, { status: 'elsewhere', changed: ['stable', 'skilled'] });
    expect((await line('exit', 6)).worker).toMatchObject({ status: 'elsewhere', changed: ['stable', 'skilled'] });
    const page = wordsOf((await ana.get(`/participants/${awa}/milestones/${month6.id}`).expect(200)).text);
    for (const words of ['A more stable job', 'Work that asks for more skills or qualifications']) expect(page).toContain(words);
    await answers(month6.id, { status: 'not-in-work' });
    expect((await line('exit', 6)).worker).toMatchObject({ status: 'not-in-work', changed: null });
    const { id: month1 } = await line('admission', 1);
    expect((await answers(month1, { changed: ['none'] }, 422)).fields).toEqual(['changed:change-not-asked']);
  });

  it('is not who found the job during the support, or had left theirs before it', async () => {
    const before = await aJob(app, world.ana, awa, '2025-01-01', { foundBy: 'already-there' });
    await app.acting(world.ana, (actor) => app.get(PlacementsService).end(actor, awa, before, { lastDayOn: '2026-01-09', by: 'employer', reason: 'economic', version: 2 }));
    await on('2026-02-10');
    await aJob(app, world.ana, awa, '2026-01-31');
    await consents('yes');
    await takes('leave', { reason: 'moved' });
    await on('2026-08-10');
    const month6 = await line('exit', 6);
    expect(month6.asksChange).toBe(false);
    await answers(month6.id);
  });
});

describe('an answer', () => {
  it('sent twice by one form is noted once', async () => {
    await on('2026-02-10');
    await aJob(app, world.ana, awa, '2026-01-10');
    const { id } = await line('first-day', 1);
    const ana = await app.as(world.ana);
    const page = `/participants/${awa}/milestones/${id}`;
    const { text } = await ana.get(page).expect(200);
    const key = /name="_key" value="([^"]+)"/.exec(text)![1]!;
    const sent = { _key: key, side: 'worker', status: 'at-work', 'answeredOn-day': '10', 'answeredOn-month': '2', 'answeredOn-year': '2026', channel: 'call', level: 'worker' };
    for (let n = 0; n < 2; n += 1) await ana.post(page, sent).expect(303);
    expect(await app.rows('select count(*)::int as n from milestone_answer where milestone_id = $1', [id])).toEqual([{ n: 1 }]);
    expect(await app.rows("select count(*)::int as n from audit_event where action = 'milestone.answered' and subject_id = $1", [id])).toEqual([{ n: 1 }]);
  });

  it('of a day that moves beyond it counts no more, and is asked anew on the new day', async () => {
    await on('2026-03-30');
    const job = await aJob(app, world.ana, awa, '2026-01-31', { title: 'Baker' });
    const first = await line('first-day', 1);
    expect(first.dueOn).toBe('2026-02-28');
    await answers(first.id, { answeredOn: '2026-02-28' }); // on the day itself
    await api.post(path(`placements/${job}/first-day`), { firstDayOn: '2026-02-20', reason: 'payslip', version: 2 }).expect(200);
    expect(await line('first-day', 1)).toMatchObject({ dueOn: '2026-03-20', standing: 'due', worker: null });
    expect((await answers(first.id, { answeredOn: '2026-03-19' }, 422)).fields).toEqual(['answeredOn:before-milestone']);
    await answers(first.id, { answeredOn: '2026-03-20' });
    expect(await line('first-day', 1)).toMatchObject({ standing: 'answered' });
    expect(await differences()).toEqual([]);
  });
});

it('asks the employer no longer than the person lets them know, and the agenda says the same on every day', async () => {
  await on('2026-02-20');
  const employerId = await anEmployer(app, world.ana);
  await aJob(app, world.ana, awa, '2026-01-10', { employerId });
  const { id } = await line('first-day', 1);
  await answers(id);
  const decides = (decidedOn: string, untilOn: string): Promise<unknown> => api.post(path('disclosure'), { answer: 'some', employerId, support: ['tutor'], untilOn, decidedOn, format: 'plain', giver: 'self' }).expect(201);
  await decides('2026-02-20', '2026-03-01'); // before the window of month 1 is over
  expect(await open()).not.toContain('milestone-employer first-day 1');
  expect((await line('first-day', 1)).employerPermitted).toBe(true);
  await on('2026-03-02');
  expect((await line('first-day', 1)).employerPermitted).toBe(false);
  expect(await differences()).toEqual([]);
  await decides('2026-03-02', '2026-03-31');
  expect(await open()).toContain('milestone-employer first-day 1');
  await on('2026-04-01');
  await answers(id, { side: 'employer', level: 'employer' }, 409);
  expect(await differences()).toEqual([]);
});
