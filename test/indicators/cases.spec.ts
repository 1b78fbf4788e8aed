import type { MonthRow, Share } from '../../src/modules/indicators/figures';
import type { PathwaysView, RetentionView } from '../../src/modules/indicators';
import type { Spell } from '../../src/modules/indicators/point-in-time';
import { addDays } from '../../src/platform/days';
import { newId } from '../../src/platform/id';
import { startApp, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob, anEmployer, thrown } from '../support/factories/jobs';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  await aGeneratedSet();
});
afterAll(() => app.close());

const FAMILIES = ['{}', '{motor}', '{motor,visual}', '{intellectual}'];
const SETTINGS = ['ordinary', 'ordinary', 'ordinary', 'sheltered', 'own-account'];
/** People on one or two pathways, some of whom left; with jobs that overlap, ended in every way, or of which nothing more is known; begun before the support or after. */
async function aGeneratedSet(): Promise<void> {
  const next = thrown(4_711);
  const employers = [await anEmployer(app, world), await anEmployer(app, world), await anEmployer(app, world)];
  await app.rows('update operation set reference_population = 90 where id = $1', [world.operation]);
  for (let n = 0; n < 16; n += 1) {
    const { person, enrolment } = await aReferredPerson(app, world, { givenNames: `P${n}`, coach: n % 3 === 0 ? world.ben : world.ana });
    const enrolments = [enrolment];
    const [born, family] = [next(4) === 0 ? null : addDays('1960-01-01', next(16_000)), FAMILIES[next(4)]!];
    await app.rows('update participant set gender = $2, born_on = $3::date, born_precision = $4 where id = $1', [person, ['female', 'male', 'x', 'undisclosed'][next(4)], born, born ? 'day' : 'unknown']);
    await app.rows('insert into functional_profile (participant_id, service_id, families) values ($1, $2, $3)', [person, world.service, family]);
    if (next(3) === 0) enrolments.push((await app.rows<{ id: string }>(`insert into enrolment (id, service_id, participant_id, pathway, protocol_version_id, operation_id, stage, stage_since, referred_on, created_at)
      select $2, service_id, participant_id, 'orientation', $3, operation_id, 'referred', referred_on, referred_on, now() from enrolment where id = $1 returning id`, [enrolment, newId(), world.protocols.orientation]))[0]!.id);
    for (const id of enrolments) {
      const admitted = next(5) === 0 ? null : addDays('2023-06-01', next(950));
      const closed = admitted && next(3) === 0 ? addDays(admitted, next(400)) : null;
      await app.rows("update enrolment set referred_on = coalesce($2::date, '2025-10-01') - 20, admitted_on = $2::date, closed_on = $3::date, close_reason = case when $3::date is not null then 'left-in-work' end where id = $1", [id, admitted, closed]);
    }
    let from = addDays('2023-01-01', next(900));
    for (let job = next(4); job > 0; job -= 1) {
      const end = next(4) === 0 ? null : addDays(from, next(400));
      const confirmed = next(3) === 0 ? null : addDays(from, next(500));
      const spell: Spell = { id: newId(), person, employer: employers[job % 3]!, start: from, end, endReason: end && ['term', 'death', 'retirement', 'unknown'][next(4)]!, confirmedThrough: confirmed && end && confirmed > end ? end : confirmed };
      await aJob(app, world, spell, next(6) === 0 ? null : enrolments[next(enrolments.length)]!, SETTINGS[next(5)]);
      from = addDays(end ?? addDays(from, next(200)), 1 + next(80));
      if (end === null) break;
    }
  }
}

interface Opening {
  n: number;
  path: string;
}
/** Numbers of a page that open onto their cases. */
const openings = (html: string): Opening[] => [...html.matchAll(/<a class="jalon-link" href="([^"]*\/cases\?[^"]*)">([\d.,\s]+)<\/a>/g)]
  .map(([, path, n]) => ({ path: path!.replace(/&#x3D;/g, '=').replace(/&amp;/g, '&'), n: Number(n!.replace(/\D/g, '')) }));

/** Each list, by the page and by the API, holds as many as the number that led to it said. */
async function expectAsMany(as: 'manager' | 'ana', found: readonly Opening[]): Promise<void> {
  const [browser, api] = [await app.as(world[as]), await app.api(world[as])];
  const wrong: string[] = [];
  for (const [at, { n, path }] of found.entries()) {
    const listed = [...(await browser.get(path)).text.matchAll(/<tr role="row"><th role="rowheader"/g)].length;
    if (n !== listed) wrong.push(`${path}: ${n} shown, ${listed} listed`);
    // What the API answers is the same list: some of them are enough.
    if (at % 5 !== 0) continue;
    const { total, items } = (await api.get(`/api/v1${path}`)).body as { total: number; items: unknown[] };
    if (n !== total || n !== items.length) wrong.push(`${path}: ${n} shown, the API lists ${items.length} of ${total}`);
  }
  expect(wrong).toEqual([]);
}

const RETAINED = ['due', 'retained', 'lost', 'unknown', 'notYetDue', 'excluded', 'belowLevel'] as const satisfies readonly (keyof MonthRow)[];
const COUNTS = ['referrals', 'participations', 'enrolments', 'admissions', 'exits', 'hires', 'activeInPeriod', 'activeAtEnd'] as const;
const SHARES = ['hired', 'accessPeriod', 'accessCohort', 'inWork'] as const;
const notZero = (numbers: readonly number[]): number => numbers.filter((n) => n > 0).length;

describe('from a figure to its cases', () => {
  it.each([
    ['manager', 'measure=same-employer&by=gender'], ['manager', 'measure=any-employment&by=age'], ['manager', 'measure=chain&gap=20&by=disability&rule=duration-reached'], ['manager', 'measure=kept&by=service'],
    ['ana', 'measure=same-employer&by=pathway&level=employer&excluding=death&excluding=retirement&settings=ordinary&settings=sheltered'],
  ] as const)('a %s finds behind each number of retention, %s, exactly what it counts', async (who, query) => {
    const view = (await (await app.api(world[who])).get(`/api/v1/reports/retention?${query}`)).body as RetentionView;
    const page = (await (await app.as(world[who])).get(`/reports/retention?${query}`)).text;
    const found = openings(page);
    const by = new URLSearchParams(query).get('by');
    const lines = [...view.total, ...view.by.find(({ dimension }) => dimension === by)!.rows.flatMap(({ months }) => months)];
    // Every number that is not nought opens, and nothing else does.
    expect(found).toHaveLength(lines.reduce((sum, row) => sum + notZero(RETAINED.map((name) => row[name])), 0));
    expect(found.length).toBeGreaterThan(40);
    await expectAsMany(who, found);
    if (view.delayed) await expectAsMany(who, [{ n: view.delayed, path: /href="([^"]*standing(?:=|&#x3D;)delayed[^"]*)"/.exec(page)![1]!.replace(/&#x3D;/g, '=').replace(/&amp;/g, '&') }]);
  }, 120_000);

  it.each([
    ['manager', 'by=pathway&from=2024-01-01'], ['manager', 'by=age&from=2025-01-01&to=2025-12-31'], ['manager', 'by=disability&from=2023-06-01&pathway=orientation'], ['ana', 'by=service&from=2024-06-01&settings=ordinary&settings=own-account'],
  ] as const)('a %s finds behind each number of a period, %s, exactly what it counts', async (who, query) => {
    const view = (await (await app.api(world[who])).get(`/api/v1/reports/pathways?${query}`)).body as PathwaysView;
    const found = openings((await (await app.as(world[who])).get(`/reports/pathways?${query}`)).text);
    const by = new URLSearchParams(query).get('by');
    const lines = [view.total, ...view.by.find(({ dimension }) => dimension === by)!.rows];
    const parts = (share: Share | null): number[] => (share ? [share.numerator, share.denominator] : []);
    expect(found).toHaveLength(lines.reduce((sum, row) => sum + notZero(COUNTS.map((name) => row[name])) + notZero(SHARES.flatMap((name) => parts(row[name]))), 0)
      + notZero(view.coverage.flatMap(({ reach, result }) => [reach!.numerator, result!.numerator])));
    expect(found.length).toBeGreaterThan(20);
    await expectAsMany(who, found);
  }, 120_000);
});

describe('what a report is broken down by', () => {
  it('adds up to the total: jobs and enrolments exactly, people but for who stands on two lines, which the page shows', async () => {
    const manager = await app.api(world.manager);
    const period = (await manager.get('/api/v1/reports/pathways?from=2023-06-01')).body as PathwaysView;
    expect(period.by.map(({ dimension }) => dimension)).toEqual(['pathway', 'service', 'gender', 'age', 'disability']);
    for (const { dimension, rows } of period.by) {
      for (const name of COUNTS) {
        const sum = rows.reduce((all, row) => all + row[name], 0);
        if (dimension === 'pathway' && ['participations', 'activeInPeriod', 'activeAtEnd'].includes(name)) expect(sum).toBeGreaterThanOrEqual(period.total[name]);
        else expect([dimension, name, sum]).toEqual([dimension, name, period.total[name]]);
      }
    }
    expect(wordsOf((await (await app.as(world.manager)).get('/reports/pathways?from=2023-06-01')).text)).toContain('On several lines');
    for (const measure of ['same-employer', 'any-employment', 'chain', 'kept']) {
      const { total, by } = (await manager.get(`/api/v1/reports/retention?measure=${measure}&excluding=death`)).body as RetentionView;
      for (const { dimension, rows } of by) for (const [at, whole] of total.entries()) for (const name of RETAINED) expect([dimension, name, rows.reduce((sum, { months }) => sum + months[at]![name], 0)]).toEqual([dimension, name, whole[name]]);
    }
  });

  it('can be cut to a service, a programme, an operation, a pathway: to one that is not there, nothing is left', async () => {
    const manager = await app.api(world.manager);
    const asked = async (query: string): Promise<number> => ((await manager.get(`/api/v1/reports/pathways?from=2023-06-01&${query}`)).body as PathwaysView).total.enrolments;
    const all = await asked('');
    for (const [name, id] of Object.entries({ service: world.service, programme: world.programme, operation: world.operation })) expect([name, await asked(`${name}=${id}`), await asked(`${name}=${newId()}`)]).toEqual([name, all, 0]);
    expect(await asked('pathway=employment-advice') + await asked('pathway=orientation')).toBe(all);
  });
});
