import { PlacementsService } from '../../src/modules/placements';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob, anEmployer, JOB } from '../support/factories/placements';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

interface Fact {
  type: string;
  on: string;
  job: { what: string; title: string; employerName: string | null; joined: object | null; changes: { name: string }[]; end: object | null; reason: string | null } | null;
  milestone: { month: number; status: string; counts: boolean; side: string } | null;
}

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let awa: string;
let bakery: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-20T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  ({ person: awa } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2025-12-01' }));
  bakery = await anEmployer(app, world.ana, { name: 'Bakery of the Bridge' });
});

const facts = async (query = ''): Promise<Fact[]> =>
  ((await api.get(`/api/v1/participants/${awa}/timeline${query}`).expect(200)).body as { days: { facts: Fact[] }[] }).days.flatMap((one) => one.facts).filter((one) => one.job ?? one.milestone);
const told = async (query = ''): Promise<string[]> => (await facts(query)).map(({ on, job, milestone }) => `${on} ${job ? `${job.what} ${job.title}` : `month ${milestone!.month} ${milestone!.status}${milestone!.counts ? '' : ' replaced'}`}`);
const ends = (job: string, lastDayOn: string): Promise<unknown> => api.post(`/api/v1/participants/${awa}/placements/${job}/end`, { lastDayOn, by: 'employer', reason: 'economic', version: 2 }).expect(200);

describe('a person’s history at work', () => {
  it('tells jobs begun, changed and ended, what was answered, and that a second job within the gap goes on with the period', async () => {
    const first = await aJob(app, world.ana, awa, '2026-01-10', { employerId: bakery });
    await api.post(`/api/v1/participants/${awa}/placements/${first}/changes`, { ...JOB, effectiveOn: '2026-02-01', weeklyMinutes: 1200, version: 2 }).expect(200);
    const { items } = (await api.get(`/api/v1/participants/${awa}/milestones`).expect(200)).body as { items: { id: string; month: number }[] };
    for (const [minute, status] of ['not-in-work', 'at-work'].entries()) {
      app.clock.set(`2026-03-20T09:0${minute + 1}:00Z`);
      await api.post(`/api/v1/participants/${awa}/milestones/${items[0]!.id}/answers`, { side: 'worker', status, answeredOn: '2026-02-12', channel: 'call', level: 'worker', note: `She says: ${status}` }).expect(200);
    }
    await api.post(`/api/v1/participants/${awa}/placements/${first}/end`, { lastDayOn: '2026-03-01', by: 'employer', reason: 'economic', version: 3 }).expect(200);
    await aJob(app, world.ana, awa, '2026-03-16', { title: 'Cashier' });
    expect(await told()).toEqual(['2026-03-16 began Cashier', '2026-03-01 ended Baker', '2026-02-12 month 1 at-work', '2026-02-12 month 1 not-in-work replaced', '2026-02-01 changed Baker', '2026-01-10 began Baker']);
    const [cashier, ended, , , changed, baker] = await facts();
    expect(cashier!.job!.joined).toEqual({ since: '2026-01-10', gapDays: 14, continues: true });
    expect(ended!.job!.end).toEqual({ by: 'employer', reason: 'economic' });
    expect(changed!.job!.changes.map((one) => one.name)).toEqual(['weeklyMinutes']);
    expect(baker!.job).toMatchObject({ employerName: 'Bakery of the Bridge', joined: null });
    const page = wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text);
    for (const words of [
      'First day worked: Cashier', 'The period in employment since 10 January 2026 goes on, after 14 days without a job.', 'Last day worked: Baker Bakery of the Bridge, Permanent', 'Hours a week none → 20 h',
      'Month 1: At work here', 'She says: at-work', 'replaced, or about another day',
    ]) expect(page).toContain(words);
  });

  it('is read with another gap, and by itself', async () => {
    const first = await aJob(app, world.ana, awa, '2026-01-10');
    await ends(first, '2026-03-01');
    await aJob(app, world.ana, awa, '2026-03-16');
    expect((await facts('?gap=13'))[0]!.job!.joined).toEqual({ since: '2026-03-16', gapDays: 14, continues: false });
    expect((await facts('?gap=14'))[0]!.job!.joined).toMatchObject({ continues: true });
    const page = (await ana.get(`/participants/${awa}?show=work&gap=0`).expect(200)).text;
    expect(wordsOf(page)).toContain('A new period in employment begins, after 14 days without a job.');
    expect(page).toContain(`/participants/${awa}?show&#x3D;work&amp;gap&#x3D;60`);
    expect(wordsOf(page)).not.toContain('Referral received');
    expect(await told('?show=contacts')).toEqual([]);
    const chains = async (gap: number): Promise<number> => ((await api.get(`/api/v1/participants/${awa}/milestones?gap=${gap}`).expect(200)).body as { chains: object[] }).chains.length;
    expect([await chains(13), await chains(14)]).toEqual([2, 1]);
    const tab = wordsOf((await ana.get(`/participants/${awa}/job?gap=0`).expect(200)).text);
    expect(tab).toContain('Jobs without a day between them are read as one period.');
    expect(tab).not.toContain('14 days without a job after');
    await api.get(`/api/v1/participants/${awa}/milestones?gap=-1`).expect(422);
  });

  it('tells a first day once, on the day that it was; and what never began or was noted in error as such', async () => {
    const first = await aJob(app, world.ana, awa, '2026-01-10', { title: 'Baker' });
    await api.post(`/api/v1/participants/${awa}/placements/${first}/first-day`, { firstDayOn: '2026-01-12', reason: 'payslip', version: 2 }).expect(200);
    const second = await app.acting(world.ana, (actor) => app.get(PlacementsService).plan(actor, awa, { ...JOB, title: 'Cook', employerId: bakery }));
    await api.post(`/api/v1/participants/${awa}/placements/${second}/never-started`, { on: '2026-02-20', reason: 'Did not come', version: 1 }).expect(200);
    const third = await aJob(app, world.ana, awa, '2026-03-01', { title: 'Cleaner' });
    await api.post(`/api/v1/participants/${awa}/placements/${third}/annul`, { reason: 'Somebody else', version: 2 }).expect(200);
    expect(await told('?show=work')).toEqual(['2026-03-20 annulled Cleaner', '2026-02-20 never-started Cook', '2026-01-12 began Baker']);
    expect((await facts('?show=work'))[0]!.job).toMatchObject({ reason: 'Somebody else', joined: null });
  });
});
