import { IndicatorsService, sumOfPathways, type RetentionView } from '../../src/modules/indicators';
import { anchoredRetention, chainRetention, MEASURES, MILESTONE_MONTHS, personRetention, placementRetention, RULES, type Spell } from '../../src/modules/indicators/point-in-time';
import { addDays, addMonths } from '../../src/platform/days';
import { newId } from '../../src/platform/id';
import { startApp, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob, anEmployer, thrown } from '../support/factories/jobs';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
});

const summed = (view: RetentionView, dimension: string, name: 'due' | 'retained' | 'lost' | 'unknown' | 'notYetDue', at: number): number =>
  view.by.find((one) => one.dimension === dimension)!.rows.reduce((sum, { months }) => sum + months[at]![name], 0);

describe('retention', () => {
  it('is counted in the tables as the pure functions count it, and each breakdown adds up to the total', async () => {
    const next = thrown(20_261);
    const employers = [await anEmployer(app, world), await anEmployer(app, world)];
    const spells: Spell[] = [];
    const admissions = new Map<string, string>();
    for (let n = 0; n < 12; n += 1) {
      const { person, enrolment } = await aReferredPerson(app, world, { givenNames: `P${n}` });
      const admitted = addDays('2022-06-01', next(600));
      await app.rows('update enrolment set admitted_on = $2 where id = $1', [enrolment, admitted]);
      admissions.set(person, admitted);
      let from = addDays('2021-06-01', next(900));
      for (let job = next(4); job > 0; job -= 1) {
        const end = next(4) === 0 ? null : addDays(from, next(500));
        const confirmed = next(3) === 0 ? null : addDays(from, next(700));
        const spell: Spell = { id: newId(), person, employer: employers[job % 2]!, start: from, end, endReason: end && ['term', 'death', 'unknown'][next(3)]!, confirmedThrough: confirmed && end && confirmed > end ? end : confirmed };
        spells.push(spell);
        await aJob(app, world, spell, enrolment);
        // Two jobs at once now and then, at different employers; a job without an end is the last one there.
        from = addDays(end ?? addDays(from, next(200)), 1 + next(80));
        if (end === null) break;
      }
    }
    expect(spells.length).toBeGreaterThan(10);
    // Some have said at month 6 of their first job that they work elsewhere, in a job that stands nowhere.
    const elsewhere = new Map<string, Set<string>>();
    for (const [at, first] of [...new Map([...spells].reverse().map((one) => [one.person, one])).values()].entries()) {
      if (at % 2 > 0) continue;
      const day = addMonths(first.start, 6);
      const milestone = newId();
      await app.rows("insert into milestone (id, service_id, participant_id, placement_id, anchor, anchored_on, month, due_on) values ($1, $2, $3, $4, 'first-day', $5, 6, $6)", [milestone, world.service, first.person, first.id, first.start, day]);
      await app.rows("insert into milestone_answer (id, service_id, participant_id, milestone_id, side, status, about_on, answered_on, channel, level, recorded_at) values ($1, $2, $3, $4, 'worker', 'elsewhere', $5, $5, 'call', 'worker', now())", [newId(), world.service, first.person, milestone, day]);
      elsewhere.set(first.person, new Set([day]));
    }
    expect(elsewhere.size).toBeGreaterThan(3);
    const before = new Map([...admissions].filter(([person, day]) => spells.some((one) => one.person === person && one.start < day && (one.end === null || one.end >= day))));
    for (const measure of MEASURES) {
      for (const [rule, excluding] of RULES.flatMap((one) => [[one, []], [one, ['death' as const]]] as const)) {
        const without = new Set<string>(excluding);
        const view = await app.acting(world.manager, (actor) => app.get(IndicatorsService).retention(actor, { measure, rule, gap: 30, excluding: [...excluding], cutoff: '2025-12-31' }));
        for (const [at, month] of MILESTONE_MONTHS.entries()) {
          const pure = {
            'same-employer': () => placementRetention(spells, month, '2025-12-31', rule, without), 'any-employment': () => personRetention(spells, month, '2025-12-31', rule, without, elsewhere),
            chain: () => chainRetention(spells, month, '2025-12-31', 30, rule, without), kept: () => anchoredRetention(spells, before, month, '2025-12-31', rule, without, elsewhere),
          }[measure]();
          const { due, retained, lost, unknown, notYetDue, excluded } = view.total[at]!;
          expect([measure, rule, month, { due, retained, lost, unknown, notYetDue, excluded }]).toEqual([measure, rule, month, { excluded: pure.excluded.length, due: pure.due, retained: pure.retained, lost: pure.lost, unknown: pure.unknown, notYetDue: pure.notYetDue }]);
          for (const dimension of ['pathway', 'gender', 'age', 'disability']) {
            for (const name of ['due', 'retained', 'lost', 'unknown', 'notYetDue'] as const) expect([dimension, name, summed(view, dimension, name, at)]).toEqual([dimension, name, view.total[at]![name]]);
          }
        }
      }
    }
  });

  it('counts ordinary work unless told otherwise, and what is shown by too little evidence as unknown', async () => {
    const { person, enrolment } = await aReferredPerson(app, world);
    const job = { person, start: '2025-01-10', end: null, endReason: null, confirmedThrough: '2025-09-01' };
    await aJob(app, world, { ...job, id: newId(), employer: await anEmployer(app, world) }, enrolment);
    await aJob(app, world, { ...job, id: newId(), employer: await anEmployer(app, world) }, enrolment, 'sheltered');
    const asked = (filter: object): Promise<RetentionView> => app.acting(world.ana, (actor) => app.get(IndicatorsService).retention(actor, filter));
    expect((await asked({})).total[2]).toMatchObject({ month: 6, due: 1, retained: 1, unknown: 0, belowLevel: 0, conservative: 100 });
    expect((await asked({ settings: ['ordinary', 'sheltered'] })).total[2]).toMatchObject({ due: 2 });
    // What the employer said of the first day says nothing of a day that the worker alone tells.
    await app.rows("insert into placement_evidence (id, placement_id, service_id, participant_id, about, on_day, kind, level, recorded_at) select gen_random_uuid(), id, service_id, participant_id, 'first-day', first_day_on, 'employer-word', 'employer', now() from placement where participant_id = $1", [person]);
    expect((await app.acting(world.ana, (actor) => app.get(IndicatorsService).retentionCases(actor, { month: '6', standing: 'below', level: 'employer' }))).items).toEqual([expect.objectContaining({ confirmedThrough: '2025-09-01', level: 'worker' })]);
    expect((await asked({ level: 'document' })).total[2]).toMatchObject({ due: 1, retained: 0, unknown: 1, belowLevel: 1, conservative: 0, high: 100, responseRate: 0, fewAnswers: true });
  });
});

describe('pathways', () => {
  it('counts a period, each breakdown adds up, and services are added', async () => {
    await app.rows('update operation set reference_population = 40 where id = $1', [world.operation]);
    const people = [await aReferredPerson(app, world), await aReferredPerson(app, world), await aReferredPerson(app, world)];
    await app.rows("update enrolment set admitted_on = '2026-01-05' where id = any($1::uuid[])", [people.slice(0, 2).map(({ enrolment }) => enrolment)]);
    const employer = await anEmployer(app, world);
    await aJob(app, world, { id: newId(), person: people[0]!.person, employer, start: '2026-02-01', end: '2026-02-01', endReason: 'unknown', confirmedThrough: null }, people[0]!.enrolment);
    await aJob(app, world, { id: newId(), person: people[1]!.person, employer, start: '2025-02-01', end: null, endReason: null, confirmedThrough: null }, people[1]!.enrolment);
    const view = await app.acting(world.manager, (actor) => app.get(IndicatorsService).pathways(actor, {}));
    expect(view.total).toMatchObject({
      referrals: 3, enrolments: 3, admissions: 2, exits: 0, hires: 1, activeInPeriod: 2, hired: { numerator: 1, denominator: 2, percent: 50 },
      // Who was in work at admission stands neither above nor below the line.
      accessPeriod: { numerator: 1, denominator: 1, percent: 100 }, accessCohort: { numerator: 0, denominator: 0, percent: null, interval: null }, inWork: { numerator: 1, denominator: 2 },
    });
    for (const { rows } of view.by) for (const name of ['referrals', 'enrolments', 'admissions', 'hires'] as const) expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(view.total[name]);
    expect(view.coverage).toEqual([expect.objectContaining({ population: 40, reach: expect.objectContaining({ numerator: 2, denominator: 40, percent: 5 }) as object, result: expect.objectContaining({ numerator: 1, percent: 2.5 }) as object })]);
    const both = sumOfPathways([view, view]);
    expect(both.total).toMatchObject({ admissions: 4, hired: { numerator: 2, denominator: 4, percent: 50 } });
    expect(both.coverage[0]!.reach).toMatchObject({ numerator: 4, denominator: 40, percent: 10 });
  });
});

describe('the pages', () => {
  it('tell figures, open onto their cases, draw and export; a coach counts the own caseload', async () => {
    const { person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: '=Koné' });
    await app.rows("update enrolment set admitted_on = '2025-01-05' where id = $1", [enrolment]);
    await aJob(app, world, { id: newId(), person, employer: await anEmployer(app, world), start: '2025-01-10', end: null, endReason: null, confirmedThrough: '2025-09-01' }, enrolment);
    const [ana, other] = [await app.as(world.ana), await app.as(world.manager)];
    for (const browser of [ana, other]) {
      for (const path of ['/reports', '/reports/retention?by=disability', '/reports/pathways?by=gender', '/reports/retention?measure=chain&gap=10&rule=duration-reached', '/reports/pathways?from-day=1&from-month=1&from-year=2025&to-day=31&to-month=12&to-year=2025']) {
        expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
      }
      expect((await browser.get('/reports/retention/cases?month=6&standing=retained')).text).toContain(`/participants/${person}`);
      const undisclosed = await browser.get('/reports/retention/cases?month=12&standing=unknown&by=gender&value=undisclosed').expect(200);
      expect(wordsOf(undisclosed.text)).not.toMatch(/\btrue\b/); // whose cases they are is said in words
      expect((await browser.get('/reports/pathways/cases?figure=admissions&from=2025-01-01')).text).toContain(`/participants/${person}`);
    }
    const drawn = await ana.get('/reports/retention/chart.svg');
    expect(drawn.headers['content-type']).toContain('image/svg+xml');
    expect(Buffer.from(drawn.body as Buffer).toString()).toContain('prefers-color-scheme');
    expect((await ana.get('/reports/retention/export')).text).toContain('RET-S v1');
    // The same words mean more people to a manager: both say whom they count, and a coach's people are no share of a population.
    for (const [browser, whose, covers] of [[ana, 'The people you accompany', false], [other, 'Everybody of the service', true]] as const) {
      for (const path of ['/reports/retention', '/reports/retention/export', '/reports/pathways', '/reports/pathways/export']) expect([path, (await browser.get(path)).text.includes(whose)]).toEqual([path, true]);
      expect((await browser.get('/reports/pathways')).text.includes('Coverage of the population')).toBe(covers);
    }
    expect((await ana.get('/reports/pathways/export')).text).toContain('EA-06');
    const empty = await app.as(world.ben);
    expect((await empty.get('/reports/retention/cases?month=6&standing=retained')).text).not.toContain(person);
  });

  it('refuse what makes no report', async () => {
    const ana = await app.as(world.ana);
    for (const path of ['/reports/retention?measure=luck', '/reports/retention?gap=-1', '/reports/retention/cases?month=7&standing=retained', '/reports/pathways/cases?figure=names', '/reports/pathways?from=2026-02-01&to=2026-01-01', '/reports/retention?settings=moon',
      '/reports/retention?cutoff=2026-03-03', '/reports/retention/cases?month=6&standing=due&cutoff=2026-03-03', '/reports/pathways?to=2026-03-03']) {
      expect([path, (await ana.get(path)).status]).toEqual([path, 422]);
    }
  });
});
