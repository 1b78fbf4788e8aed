import { AgendaCheck } from '../../src/modules/agenda';
import { DisclosureService } from '../../src/modules/disclosure';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

interface Line {
  id: string;
  month: number;
  dueOn: string;
  standing: string;
  employerPermitted: boolean;
  differs: boolean;
  worker: { status: string } | null;
}

let app: TestApp;
let world: World;
let ana: Browser;
let awa: string;
let employerId: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-01-31T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
  employerId = newId();
  await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Bakery', 'bakery', 'FR', now())", [employerId, world.service]);
});

const day = (name: string, value: string): Record<string, string> => {
  const [year, month, date] = value.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
/** A later day: who was signed in signs in again. */
async function on(later: string): Promise<void> {
  app.clock.set(`${later}T09:00:00Z`);
  app.forget(world.ana);
  ana = await app.as(world.ana);
}
const jobs = <T>(work: (actor: Actor, placements: PlacementsService) => Promise<T>): Promise<T> => app.acting(world.ana, (actor) => work(actor, app.get(PlacementsService)));
const hired = (firstDayOn: string): Promise<string> => jobs(async (actor, placements) => {
  const id = await placements.plan(actor, awa, { employerId, title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' });
  await placements.start(actor, awa, id, { firstDayOn, evidence: 'worker-word', version: 1 });
  return id;
});
const api = async (): Promise<Awaited<ReturnType<TestApp['api']>>> => app.api(world.ana);
const list = async (): Promise<{ items: Line[]; chains: { from: string; to: string | null; gaps: unknown[] }[] }> =>
  (await (await api()).get(`/api/v1/participants/${awa}/milestones`).expect(200)).body as Awaited<ReturnType<typeof list>>;
const month = async (n: number): Promise<Line> => (await list()).items.find((one) => one.month === n)!;
const keys = async (): Promise<string[]> =>
  (await app.rows<{ kind: string }>("select kind from agenda_entry where participant_id = $1 and key like 'retention.%' and done_on is null order by due_on, kind", [awa])).map((row) => row.kind);
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};
const answer = async (id: string, more: object = {}, status = 200): Promise<{ code?: string; answers?: { status: string; counts: boolean }[] }> =>
  (await (await api()).post(`/api/v1/participants/${awa}/milestones/${id}/answers`, { side: 'worker', status: 'at-work', answeredOn: app.clock.today('Europe/Paris'), channel: 'call', level: 'worker', ...more }).expect(status)).body as object;
/** The person lets this employer know of the support. */
async function disclosed(): Promise<void> {
  const sheet = newId();
  await app.rows("insert into disclosure_sheet (id, service_id, participant_id, employer_id, nothing, decided_on, format, giver, recorded_at) values ($1, $2, $3, $4, false, '2026-01-31', 'plain', 'self', now())", [sheet, world.service, awa, employerId]);
  await app.rows("insert into disclosure_item (id, sheet_id, service_id, participant_id, fact, audience) values ($1, $2, $3, $4, 'support', 'tutor')", [newId(), sheet, world.service, awa]);
}

describe('the calendar of a job', () => {
  it('is made at the hire, on the agenda, moves with the first day, and goes and comes back with the job', async () => {
    const job = await hired('2026-01-31');
    expect((await list()).items.map((one) => one.dueOn)).toEqual(['2026-02-28', '2026-04-30', '2026-07-31', '2026-10-31', '2027-01-31', '2027-07-31', '2028-01-31', '2029-01-31']);
    expect(await keys()).toEqual(['support-contact', 'support-contact', 'support-contact', ...Array<string>(8).fill('milestone')]);
    expect(await differences()).toEqual([]);
    await jobs((actor, placements) => placements.correctFirstDay(actor, awa, job, { firstDayOn: '2026-01-29', reason: 'misread', version: 2 }));
    expect((await month(3)).dueOn).toBe('2026-04-29');
    expect(await differences()).toEqual([]);
    await jobs((actor, placements) => placements.annul(actor, awa, job, { reason: 'another person', version: 3 }));
    expect((await list()).items.map((one) => one.standing)).toEqual(Array(8).fill('cancelled'));
    expect(await keys()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('asks for the contacts of the first weeks while the job runs, and no longer', async () => {
    const job = await hired('2026-01-31');
    await on('2026-10-20');
    expect((await keys()).filter((one) => one === 'support-contact')).toHaveLength(3);
    await jobs((actor, placements) => placements.end(actor, awa, job, { lastDayOn: '2026-10-16', by: 'employer', reason: 'economic', version: 2 }));
    expect(await keys()).not.toContain('support-contact');
    expect(await differences()).toEqual([]);
  });

  it('asks nothing more of a job that ended before, and joins two jobs with a small gap', async () => {
    await on('2026-03-20');
    const job = await hired('2026-01-10');
    await jobs((actor, placements) => placements.end(actor, awa, job, { lastDayOn: '2026-03-01', by: 'employer', reason: 'economic', version: 2 }));
    await hired('2026-03-16');
    const { items, chains } = await list();
    expect(items.filter((one) => one.month === 3).map((one) => one.standing).sort()).toEqual(['job-ended', 'not-yet-due']);
    expect(chains).toEqual([{ from: '2026-01-10', to: null, placementIds: expect.any(Array) as string[], gaps: [{ after: '2026-03-01', days: 14 }] }]);
    expect(await differences()).toEqual([]);
    expect(wordsOf((await ana.get(`/participants/${awa}/job`).expect(200)).text)).toContain('14 days without a job after 1 March 2026');
  });
});

describe('a milestone', () => {
  it('is answered on one screen about its own day, never before it, and by a later row when it was wrong', async () => {
    await hired('2026-01-31');
    const { id } = await month(1);
    await on('2026-02-20');
    expect(wordsOf((await ana.get(`/participants/${awa}/milestones/${id}`).expect(200)).text)).toContain('This milestone is asked from 28 February 2026 on');
    await answer(id, {}, 422);
    await on('2026-03-05');
    expect((await month(1)).standing).toBe('due');
    const refused = await ana.post(`/participants/${awa}/milestones/${id}`, { side: 'worker', status: 'at-work', ...day('answeredOn', '2026-02-27'), channel: 'call', level: 'worker', note: 'kept' }).expect(422);
    expect(wordsOf(refused.text)).toContain('this milestone is about the situation on 28 February 2026');
    expect(refused.text).toContain('kept');
    await ana.post(`/participants/${awa}/milestones/${id}`, { side: 'worker', status: 'absent', absentWhy: 'sick', ...day('absentSinceOn', '2026-02-20'), ...day('answeredOn', '2026-03-04'), channel: 'call', level: 'worker' }).expect(303);
    expect(wordsOf((await ana.get(`/participants/${awa}/milestones/${id}`).expect(200)).text)).toContain('In contract, absent');
    expect((await answer(id)).answers!.map((one) => [one.status, one.counts])).toEqual([['at-work', true], ['absent', false]]);
    expect((await month(1)).standing).toBe('answered');
    expect((await keys()).filter((kind) => kind === 'milestone')).toHaveLength(7);
    expect(await differences()).toEqual([]);
  });

  it('is unknown only after three attempts, and late answers still count', async () => {
    await hired('2026-01-31');
    const { id } = await month(1);
    await on('2026-04-20');
    expect((await month(1)).standing).toBe('late');
    await answer(id, { status: 'unknown', level: 'coach' }, 422);
    const early = await ana.post(`/participants/${awa}/milestones/${id}/attempts`, { side: 'worker', ...day('triedOn', '2026-02-27'), channel: 'call' }).expect(422);
    expect(wordsOf(early.text)).toContain('Note an attempt made on that day or later');
    for (const triedOn of ['2026-03-02', '2026-03-09', '2026-03-16']) await ana.post(`/participants/${awa}/milestones/${id}/attempts`, { side: 'worker', ...day('triedOn', triedOn), channel: 'call' }).expect(303);
    await answer(id, { status: 'unknown', level: 'coach', note: 'three calls' });
    expect((await month(1)).standing).toBe('unknown');
    // Nobody said anything: no level of evidence is shown beside it.
    for (const page of [`milestones/${id}`, '']) {
      const shown = (await ana.get(`/participants/${awa}/${page}`.replace(/\/$/, '')).expect(200)).text;
      expect(shown).toContain('three calls');
      expect(shown).not.toContain('class="jalon-proof"');
    }
    await answer(id, { status: 'elsewhere' });
    expect((await month(1)).standing).toBe('answered');
    // The job is still open: the page leads to the form that ends it, and ends nothing.
    expect(wordsOf((await ana.get(`/participants/${awa}/milestones/${id}`).expect(200)).text)).toContain('The answer does not end the job.');
  });

  it('asks the employer only where they may know, and opens a talk where the two differ', async () => {
    await hired('2026-01-31');
    await on('2026-03-05');
    const { id, employerPermitted } = await month(1);
    expect(employerPermitted).toBe(false);
    expect((await answer(id, { side: 'employer', level: 'employer' }, 409)).code).toBe('employer-not-permitted');
    expect(wordsOf((await ana.get(`/participants/${awa}/milestones/${id}`).expect(200)).text)).toContain('Not permitted: the person has not said');
    await disclosed();
    await answer(id);
    expect(await keys()).toContain('milestone-employer');
    const counted = async (): Promise<unknown> => ((await (await api()).get('/api/v1/reports/retention').expect(200)).body as { total: unknown[] }).total[0];
    expect(await counted()).toMatchObject({ due: 1, retained: 1 });
    await answer(id, { side: 'employer', level: 'employer', status: 'not-in-work' });
    expect((await month(1)).differs).toBe(true);
    // Neither of them is believed before somebody has spoken with the person.
    expect(await counted()).toMatchObject({ due: 1, retained: 0, lost: 0, unknown: 1 });
    expect(await keys()).toContain('milestone-differs');
    expect(await differences()).toEqual([]);
  });

  it('asks an employer no longer that has become one with another, of which the person said no', async () => {
    await hired('2026-01-31');
    const kept = newId();
    await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Bakery of the bridge', 'bakery of the bridge', 'FR', now())", [kept, world.service]);
    const decide = (body: object): Promise<unknown> => app.acting(world.ana, (actor) => app.get(DisclosureService).decide(actor, awa, { decidedOn: '2026-01-31', format: 'plain', giver: 'self', ...body } as never));
    await decide({ answer: 'some', support: ['tutor'] });
    await decide({ answer: 'nothing', employerId: kept });
    await on('2026-03-05');
    await answer((await month(1)).id);
    expect(await keys()).toContain('milestone-employer');
    await (await app.api(world.manager)).post(`/api/v1/employers/${employerId}/merge`, { into: kept, version: 1 }).expect(200);
    expect((await month(1)).employerPermitted).toBe(false);
    expect(await keys()).not.toContain('milestone-employer');
    expect(await differences()).toEqual([]);
  });

  it('says that an answer and the end of the job contradict each other', async () => {
    const job = await hired('2026-01-31');
    await on('2026-03-05');
    const { id } = await month(1);
    await answer(id);
    expect((await month(1)).differs).toBe(false);
    await jobs((actor, placements) => placements.end(actor, awa, job, { lastDayOn: '2026-02-20', by: 'employer', reason: 'economic', version: 2 }));
    expect((await month(1)).differs).toBe(true);
    expect(wordsOf((await ana.get(`/participants/${awa}/job`).expect(200)).text)).toContain('They differ');
  });

  it('says field by field what makes no sense', async () => {
    await hired('2026-01-31');
    await on('2026-03-05');
    const { id } = await month(1);
    await answer(id, { status: 'absent' }, 422);
    await answer(id, { absentWhy: 'sick' }, 422);
    await answer(id, { level: 'employer' }, 422);
    expect(JSON.stringify(await answer(id, { level: 'document' }, 422))).toContain('document-for-level');
    await answer(id, { answeredOn: '2026-03-06' }, 422);
    await answer(id, { status: 'happy' }, 422);
    expect((await month(1)).worker).toBeNull();
  });

  it('is opened by nobody else, nor under another person', async () => {
    await hired('2026-01-31');
    await on('2026-03-05');
    const { id } = await month(1);
    const other = await aParticipant(app, world.ana);
    await ana.get(`/participants/${other}/milestones/${id}`).expect(404);
    const ben = await app.as(world.ben);
    await ben.get(`/participants/${awa}/milestones/${id}`).expect(404);
    await ben.get(`/participants/${awa}/job`).expect(404);
    await ana.get(`/participants/${awa}/milestones/${id}/papers/${newId()}`).expect(404);
  });
});
