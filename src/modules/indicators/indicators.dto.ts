import type { Day as CalendarDay } from '../../platform/days';
import type { FieldFault } from '../../platform/problem';
import { Day, Id, Many, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { PATHWAYS, type Pathway } from '../pathways';
import { LEVELS, SETTINGS, type EndReason, type Level, type Setting } from '../placements';
import type { COUNT_KEYS, Definition, SHARE_KEYS } from './definitions';
import { DIMENSIONS, type Dimension, type MonthRow, type Share } from './figures';
import { MEASURES, MILESTONE_MONTHS, RULES, type Measure, type MilestoneRule } from './point-in-time';
import { COUNT_NAMES, type CountName } from './pathways.repository';
import { STANDINGS } from './retention.statement';

/** Ends that may be declared, beforehand, to take a job out of its rate. */
export const EXCLUSIONS = ['death', 'retirement'] as const satisfies readonly EndReason[];
export const CASES_OF = Object.keys(STANDINGS) as (keyof typeof STANDINGS)[];
const backwards = (from?: string, to?: string): FieldFault | null => (from && to && to < from ? { path: 'to', code: 'before-start', values: {} } : null);

/** Of days to come nothing is known: what was counted on one would be told as lost, or as unknown. */
const toCome = (path: string, day: string | undefined, today: string | null): FieldFault | null => (day && today && day > today ? { path, code: 'day-in-future', values: {} } : null);

/** What every report may be cut to. */
class Scope {
  @Id({ optional: true, description: 'One service; all that one may see when absent' }) service?: string;
  @Id({ optional: true, description: 'One programme; all of them when absent' }) programme?: string;
  @Id({ optional: true, description: 'One operation; all of them when absent' }) operation?: string;
  @OneOf(PATHWAYS, { optional: true, description: 'One pathway; all of them when absent' }) pathway?: Pathway;
  @Many(SETTINGS, { max: 5, optional: true, description: 'Settings of work that are counted; ordinary when absent' }) settings?: Setting[];
}

@Rule<RetentionFilter>(['from', 'to'], ({ from, to }) => backwards(from, to))
@Rule<RetentionFilter>(['cutoff'], ({ cutoff }, { today }) => toCome('cutoff', cutoff, today))
export class RetentionFilter extends Scope {
  @OneOf(MEASURES, { optional: true, description: 'same-employer when absent' }) measure?: Measure;
  @OneOf(RULES, { optional: true, description: 'status-at: in work on the day itself (when absent); duration-reached: until the day before' }) rule?: MilestoneRule;
  @Whole({ min: 0, max: 365, optional: true, description: 'Days without a job that a chain bridges; 30 when absent' }) gap?: number;
  @OneOf(LEVELS, { optional: true, description: 'Least level of evidence; below it counts as unknown' }) level?: Level;
  @Many(EXCLUSIONS, { max: 2, optional: true, description: 'Ends that take a job out of the rate; none when absent' }) excluding?: (typeof EXCLUSIONS)[number][];
  @Day({ optional: true, description: 'The last day that counts; today when absent' }) cutoff?: string;
  @Day({ optional: true, description: 'Only what began from this day on' }) from?: string;
  @Day({ optional: true, description: 'Only what began by this day' }) to?: string;
  @OneOf(DIMENSIONS, { optional: true, description: 'Broken down by' }) by?: Dimension;
}

export class RetentionCasesFilter extends RetentionFilter {
  @OneOf(MILESTONE_MONTHS.map(String), { description: 'The milestone, in months' }) month!: string;
  @OneOf(CASES_OF) standing!: keyof typeof STANDINGS;
  @Text({ max: 60, optional: true, description: 'A value of what the report is broken down by' }) value?: string;
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

@Rule<PathwaysFilter>(['from', 'to'], ({ from, to }) => backwards(from, to))
@Rule<PathwaysFilter>(['to'], ({ to }, { today }) => toCome('to', to, today))
export class PathwaysFilter extends Scope {
  @Day({ optional: true, description: 'First day of the period; the first of January when absent' }) from?: string;
  @Day({ optional: true, description: 'Last day of the period; today when absent' }) to?: string;
  @OneOf(DIMENSIONS, { optional: true, description: 'Broken down by; the pathway when absent' }) by?: Dimension;
}

export class PathwayCasesFilter extends PathwaysFilter {
  @OneOf(COUNT_NAMES, { description: 'The figure, or the part of one' }) figure!: CountName;
  @Text({ max: 60, optional: true, description: 'A value of what the report is broken down by' }) value?: string;
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

/** What a report was made with: with the same, on the same facts, it says the same. */
/** Whose people are counted: those whom the reader accompanies, or all of the service. */
export type Whose = 'caseload' | 'service';
export interface RetentionView {
  scope: Whose;
  definition: Definition;
  measure: Measure;
  rule: MilestoneRule;
  /** Days that a chain bridges; null where the figure is no chain. */
  gap: number | null;
  level: Level;
  settings: readonly Setting[];
  excluding: readonly EndReason[];
  cutoff: CalendarDay;
  from: CalendarDay | null;
  to: CalendarDay | null;
  /** Units that began before the support. */
  delayed: number;
  total: MonthRow[];
  by: { dimension: Dimension; rows: { value: string; months: MonthRow[] }[] }[];
}

export type CountRow = { value: string } & Record<(typeof COUNT_KEYS)[number], number> & Record<(typeof SHARE_KEYS)[number], Share>;

export interface CoverageView {
  operationId: string;
  operationName: string;
  /** Null where nobody wrote down how many there are: there is no share then. */
  population: number | null;
  reach: Share | null;
  result: Share | null;
}

export interface PathwaysView {
  scope: Whose;
  from: CalendarDay;
  to: CalendarDay;
  settings: readonly Setting[];
  total: CountRow;
  by: { dimension: Dimension; rows: CountRow[] }[];
  /** Nobody's caseload is a part of a population: none for a coach. */
  coverage: CoverageView[];
  definitions: Definition[];
}
