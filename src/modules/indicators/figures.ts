import { MILESTONE_MONTHS, wilson } from './point-in-time';

/** What a table is broken down by. Each job and enrolment has one value of each, so that the rows of a table add up to its total; a person on two pathways stands in two rows, and once in the total. */
export const DIMENSIONS = ['pathway', 'service', 'gender', 'age', 'disability'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A share in all its parts: stored as counts, the percentage derived. `percent` and the interval are null without a denominator. */
export interface Share {
  numerator: number;
  denominator: number;
  percent: number | null;
  /** Wilson, 95 %, in percent. */
  interval: { low: number; high: number } | null;
}

/** One decimal, half away from zero, from unrounded counts; null without a denominator. @param whole not negative */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 2000 + whole) / (2 * whole)) / 10;
}

export function share(numerator: number, denominator: number): Share {
  const found = wilson(numerator, denominator);
  return { numerator, denominator, percent: percent(numerator, denominator), interval: found && { low: percent(found.low, 1)!, high: percent(found.high, 1)! } };
}

/** Shares of the same thing in groups that have nobody in common, read as one. */
export function sumOfShares(all: readonly Share[]): Share {
  return share(all.reduce((sum, one) => sum + one.numerator, 0), all.reduce((sum, one) => sum + one.denominator, 0));
}

/** How many units stand how at a milestone: all of them, or those with one value of a dimension. */
export interface Cell {
  month: number;
  dimension: Dimension | 'total';
  value: string;
  retained: number;
  lost: number;
  unknown: number;
  notYetDue: number;
  /** Left out by a rule that was declared beforehand. */
  excluded: number;
  /** Of the unknown: held by evidence below the level that is asked for. */
  belowLevel: number;
  /** Began before the support: only who still worked at admission was met (delayed entry). */
  delayed: number;
}

/** One line of a retention table, at one milestone. Percentages are derived from the counts. */
export interface MonthRow extends Omit<Cell, 'dimension' | 'value'> {
  /** All whose milestone has come: retained, lost, unknown, and what was left out by a declared rule. */
  due: number;
  /** Retained ÷ (retained + lost + unknown), unknown counted as not retained: the headline and the lower bound. */
  conservative: number | null;
  known: number | null;
  low: number | null;
  high: number | null;
  responseRate: number | null;
  /** Fewer than 80 % of those due are known. */
  fewAnswers: boolean;
  interval: Share['interval'];
}

const ENOUGH_ANSWERS = 80;
const NO_COUNTS = { retained: 0, lost: 0, unknown: 0, notYetDue: 0, excluded: 0, belowLevel: 0, delayed: 0 };

/** The eight milestones of these cells, which are of one line; a month without a cell has noughts. */
export function monthRows(cells: readonly Cell[]): MonthRow[] {
  return MILESTONE_MONTHS.map((month) => {
    const { retained, lost, unknown, notYetDue, excluded, belowLevel, delayed } = cells.find((cell) => cell.month === month) ?? NO_COUNTS;
    const counted = retained + lost + unknown;
    return {
      month, due: counted + excluded, retained, lost, unknown, notYetDue, excluded, belowLevel, delayed,
      conservative: percent(retained, counted), known: percent(retained, retained + lost), low: percent(retained, counted), high: percent(retained + unknown, counted),
      // From the counts: 79.96 % is few, though it is written 80.0.
      responseRate: percent(retained + lost, counted), fewAnswers: counted > 0 && (retained + lost) * 100 < counted * ENOUGH_ANSWERS, interval: share(retained, counted).interval,
    };
  });
}

/** The same for each value of a dimension, in a settled order: unknown and refused stand last. */
export function monthRowsBy(cells: readonly Cell[], dimension: Dimension): { value: string; months: MonthRow[] }[] {
  const own = cells.filter((cell) => cell.dimension === dimension);
  return valuesInOrder(own.map(({ value }) => value)).map((value) => ({ value, months: monthRows(own.filter((cell) => cell.value === value)) }));
}

const LAST = ['other', 'none', 'undisclosed', 'refused', 'unknown'];
export function valuesInOrder(values: readonly string[]): string[] {
  const place = (value: string): string => `${LAST.indexOf(value) + 1}${value}`;
  return [...new Set(values)].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
