import { Injectable } from '@nestjs/common';
import type { Actor, Language } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Words } from '../../platform/views/words';
import { csv } from '../../platform/web/csv';
import { AuditService } from '../audit';
import { ProgrammesService } from '../programmes';
import { COUNT_KEYS, DEFINITIONS, SHARE_KEYS } from './definitions';
import { DIMENSIONS, monthRows, monthRowsBy, share, sumOfShares, valuesInOrder, type Dimension } from './figures';
import type { CountRow, CoverageView, PathwayCasesFilter, PathwaysFilter, PathwaysView, RetentionCasesFilter, RetentionFilter, RetentionView, Whose } from './indicators.dto';
import { PathwaysRepository, type Counted, type Coverage, type PathwayCase, type PathwaysQuery } from './pathways.repository';
import { RetentionRepository, type RetentionCase, type RetentionQuery } from './retention.repository';
import { labelOf } from './value-words';

export const CASES = 50;
interface Portion {
  total: number;
  page: number;
  size: number;
}
export interface RetentionCases extends Portion {
  items: RetentionCase[];
}
export interface PathwayCases extends Portion {
  items: PathwayCase[];
}
/** Names, employers and what became of people: whoever reads them is written down. */
const CASES_OF = { kind: 'report', id: null } as const;
const MONTH_COLUMNS = ['due', 'retained', 'lost', 'unknown', 'notYetDue', 'belowLevel', 'conservative', 'known', 'low', 'high', 'responseRate'] as const;

/** Figures over what the actor may see: a coach's own caseload, a manager's service. They are not suppressed: whoever reads them may see each case. */
@Injectable()
export class IndicatorsService {
  constructor(
    private readonly jobs: RetentionRepository,
    private readonly pathwayRows: PathwaysRepository,
    private readonly programmes: ProgrammesService,
    private readonly audit: AuditService,
    private readonly words: Words,
    private readonly clock: Clock,
  ) {}

  /** Retention at months 1 to 36, whole and by every dimension. @param programmeId one programme; all of them when null */
  async retention(actor: Actor, filter: RetentionFilter, programmeId: string | null = null): Promise<RetentionView> {
    const query = this.retentionQuery(actor, filter, programmeId);
    const cells = await this.jobs.cells(actor, query);
    const { measure, rule, gap, level, settings, excluding, cutoff, from, to } = query;
    const total = monthRows(cells.filter(({ dimension }) => dimension === 'total'));
    return {
      scope: whoseOf(actor), definition: DEFINITIONS[measure], measure, rule, gap: measure === 'chain' ? gap : null, level, settings, excluding, cutoff, from, to,
      delayed: total[0]!.delayed, total, by: DIMENSIONS.map((dimension) => ({ dimension, rows: monthRowsBy(cells, dimension) })),
    };
  }

  async retentionCases(actor: Actor, filter: RetentionCasesFilter): Promise<RetentionCases> {
    const { month, standing, by, value, page = 1 } = filter;
    const group = by && value !== undefined ? { by, value } : null;
    this.audit.opened(actor, 'report.cases-opened', CASES_OF);
    return { ...await this.jobs.cases(actor, this.retentionQuery(actor, filter, null), { month: Number(month), standing, group }, CASES, (page - 1) * CASES), page, size: CASES };
  }

  /** Counts of a period and shares of people, whole and by every dimension, with the coverage of each operation's population. */
  async pathways(actor: Actor, filter: PathwaysFilter, programmeId: string | null = null): Promise<PathwaysView> {
    const query = this.pathwaysQuery(actor, filter, programmeId);
    const rows = await this.pathwayRows.counts(actor, query);
    const total = rows.find(({ dimension }) => dimension === 'total');
    return {
      scope: whoseOf(actor), from: query.from, to: query.to, settings: query.settings, total: total ? countRow(total) : NOTHING, by: DIMENSIONS.map((dimension) => ({ dimension, rows: rowsOf(rows, dimension) })),
      coverage: whoseOf(actor) === 'caseload' ? [] : (await this.pathwayRows.coverage(actor, query)).map(coverageView), definitions: [...COUNT_KEYS, ...SHARE_KEYS, 'reach' as const, 'result' as const].map((key) => DEFINITIONS[key]),
    };
  }

  async pathwayCases(actor: Actor, filter: PathwayCasesFilter): Promise<PathwayCases> {
    const { figure, by = 'pathway', value, page = 1 } = filter;
    this.audit.opened(actor, 'report.cases-opened', CASES_OF);
    return { ...await this.pathwayRows.cases(actor, this.pathwaysQuery(actor, filter, null), figure, value === undefined ? null : { by, value }, CASES, (page - 1) * CASES), page, size: CASES };
  }

  /** The same figures as a table. */
  async retentionCsv(actor: Actor, filter: RetentionFilter, language: Language): Promise<string> {
    const { scope, definition, total, by, cutoff } = await this.retention(actor, filter);
    const say = (key: string): string => this.words.say(language, `indicators.${key}`);
    const names = await this.serviceNames(actor);
    const said = (dimension: Dimension, value: string): string => (dimension === 'service' ? names.get(value) ?? value : this.words.say(language, labelOf(dimension, value)));
    const groups = [{ dimension: null, value: 'all', months: total }, ...by.flatMap(({ dimension, rows }) => rows.map((row) => ({ dimension, ...row })))];
    return csv([say('column.scope'), say('column.code'), say('column.cutoff'), say('column.by'), say('column.value'), say('column.month'), ...MONTH_COLUMNS.map((name) => say(`column.${name}`))],
      groups.flatMap(({ dimension, value, months }) => months.map((row) => [
        say(`scope.${scope}`), `${definition.code} v${definition.version}`, cutoff, dimension ? say(`dimension.${dimension}`) : '', dimension ? said(dimension, value) : say('total'), row.month, ...MONTH_COLUMNS.map((name) => row[name]),
      ])));
  }

  async pathwaysCsv(actor: Actor, filter: PathwaysFilter, language: Language): Promise<string> {
    const { scope, total, by, from, to } = await this.pathways(actor, filter);
    const say = (key: string): string => this.words.say(language, `indicators.${key}`);
    const names = await this.serviceNames(actor);
    const said = (dimension: Dimension, value: string): string => (dimension === 'service' ? names.get(value) ?? value : this.words.say(language, labelOf(dimension, value)));
    const groups = [{ dimension: null as Dimension | null, row: total }, ...by.flatMap(({ dimension, rows }) => rows.map((row) => ({ dimension: dimension, row })))];
    return csv([say('column.scope'), say('field.from'), say('field.to'), say('column.by'), say('column.value'), say('column.figure'), say('column.code'), say('column.numerator'), say('column.denominator'), say('column.percent')],
      groups.flatMap(({ dimension, row }) => [
        ...COUNT_KEYS.map((key) => ({ key, numerator: row[key], denominator: null, percent: null })), ...SHARE_KEYS.map((key) => ({ key, ...row[key] })),
      ].map(({ key, numerator, denominator, percent }) => [
        say(`scope.${scope}`), from, to, dimension ? say(`dimension.${dimension}`) : '', dimension ? said(dimension, row.value) : say('total'),
        say(`figure.${key}`), `${DEFINITIONS[key].code} v${DEFINITIONS[key].version}`, numerator, denominator, percent,
      ])));
  }

  /** What a report may be cut to, beyond what is the same for all: what there is only one of is no choice. */
  async choices(actor: Actor): Promise<Record<'services' | 'programmes' | 'operations', { value: string; label: string }[]>> {
    const choice = (all: Iterable<{ id: string; name: string }>): { value: string; label: string }[] => [...all].map(({ id, name }) => ({ value: id, label: name }));
    const operations = actor.service ? await this.programmes.operationsOf(actor, actor.service) : [];
    const programmes = new Set(operations.map(({ programmeId }) => programmeId));
    return { services: [], operations: choice(operations), programmes: programmes.size > 1 ? choice((await this.programmes.programmesByIds(actor, [...programmes])).values()) : [] };
  }

  /** Names of the services that a report may tell apart, by their id. */
  async serviceNames(actor: Actor): Promise<Map<string, string>> {
    return new Map([...await this.services(actor)].map(({ id, name }) => [id, name]));
  }

  private async services(actor: Actor): Promise<Iterable<{ id: string; name: string }>> {
    return actor.service ? (await this.programmes.servicesByIds(actor, [actor.service])).values() : [];
  }

  private retentionQuery(actor: Actor, filter: RetentionFilter, programmeId: string | null): RetentionQuery {
    const { measure = 'same-employer', rule = 'status-at', gap = 30, level = 'coach', excluding = [], cutoff = this.clock.today(actor.timeZone), from = null, to = null } = filter;
    return { measure, rule, gap, level, excluding, cutoff, from, to, ...scopeOf(filter, programmeId) };
  }

  private pathwaysQuery(actor: Actor, filter: PathwaysFilter, programmeId: string | null): PathwaysQuery {
    const { to = this.clock.today(actor.timeZone) } = filter;
    return { from: filter.from ?? `${to.slice(0, 4)}-01-01`, to, ...scopeOf(filter, programmeId) };
  }
}

/** Reports of services that have no person in common, added up. @param all at least one */
export function sumOfPathways(all: readonly PathwaysView[]): PathwaysView {
  const [first] = all;
  const operations = [...new Map(all.flatMap(({ coverage }) => coverage).map((one) => [one.operationId, one])).values()];
  const add = (rows: readonly CountRow[], value: string): CountRow => ({
    value, ...Object.fromEntries(COUNT_KEYS.map((key) => [key, rows.reduce((sum, row) => sum + row[key], 0)])), ...Object.fromEntries(SHARE_KEYS.map((key) => [key, sumOfShares(rows.map((row) => row[key]))])),
  }) as CountRow;
  return {
    ...first!, total: add(all.map(({ total }) => total), 'all'),
    by: DIMENSIONS.map((dimension) => {
      const rows = all.flatMap(({ by }) => by.find((one) => one.dimension === dimension)!.rows);
      return { dimension, rows: valuesInOrder(rows.map(({ value }) => value)).map((value) => add(rows.filter((row) => row.value === value), value)) };
    }),
    // Each service tells its part of the same population: the parts are added, the population is not.
    coverage: operations.map(({ operationId, operationName, population }) => {
      const parts = all.flatMap(({ coverage }) => coverage).filter((one) => one.operationId === operationId);
      const sum = (name: 'reach' | 'result'): number => parts.reduce((total, one) => total + (one[name]?.numerator ?? 0), 0);
      return { operationId, operationName, population, reach: population === null ? null : share(sum('reach'), population), result: population === null ? null : share(sum('result'), population) };
    }),
  };
}

/** A coach counts those whom they accompany: under the same words a manager counts the service. */
const whoseOf = (actor: Actor): Whose => (actor.role === 'coach' ? 'caseload' : 'service');

function scopeOf({ settings, service, programme, operation, pathway }: PathwaysFilter, programmeId: string | null): Omit<PathwaysQuery, 'from' | 'to'> {
  return { settings: settings?.length ? settings : ['ordinary'], serviceId: service ?? null, programmeId: programmeId ?? programme ?? null, operationId: operation ?? null, pathway: pathway ?? null };
}

function countRow(row: Counted): CountRow {
  return {
    value: row.value, ...Object.fromEntries(COUNT_KEYS.map((key) => [key, row[key]])), hired: share(row.peopleHired, row.peopleAdmitted), accessPeriod: share(row.accessPeriodNumerator, row.accessPeriodDenominator),
    accessCohort: share(row.accessCohortNumerator, row.accessCohortDenominator), inWork: share(row.inWorkAtEnd, row.activeAtEnd),
  } as CountRow;
}
const NOTHING = { value: 'all', ...Object.fromEntries(COUNT_KEYS.map((key) => [key, 0])), ...Object.fromEntries(SHARE_KEYS.map((key) => [key, share(0, 0)])) } as unknown as CountRow;

function rowsOf(rows: readonly Counted[], dimension: Dimension): CountRow[] {
  const own = new Map(rows.filter((row) => row.dimension === dimension).map((row) => [row.value, row]));
  return valuesInOrder([...own.keys()]).map((value) => countRow(own.get(value)!));
}

function coverageView({ operationId, operationName, population, reached, withJob }: Coverage): CoverageView {
  return { operationId, operationName, population, reach: population === null ? null : share(reached, population), result: population === null ? null : share(withJob, population) };
}
