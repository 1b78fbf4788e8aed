import { MILESTONE_MONTHS, wilson } from './point-in-time';

/** What a table is broken down by. Each person, job and enrolment has one value of each, so that the rows of a table add up to its total. */
export const DIMENSIONS = ['pathway', 'gender', 'age', 'disability'] as const;
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

/** How many units stand how at a milestone, of one combination of values. */
export interface Cell extends Record<Dimension, string> {
  month: number;
  retained: number;
  lost: number;
  unknown: number;
  notYetDue: number;
  /** Of the unknown: held by evidence below the level that is asked for. */
  belowLevel: number;
  /** Began before the support: only who still worked at admission was met (delayed entry). */
  delayed: number;
}

/** One line of a retention table, at one milestone. Percentages are derived from the counts. */
export interface MonthRow extends Pick<Cell, 'month' | 'retained' | 'lost' | 'unknown' | 'notYetDue' | 'belowLevel' | 'delayed'> {
  due: number;
  /** Retained ÷ due, unknown counted as not retained: the headline and the lower bound. */
  conservative: number | null;
  known: number | null;
  low: number | null;
  high: number | null;
  responseRate: number | null;
  /** Fewer than 80 % of those due are known. */
  fewAnswers: boolean;
  interval: Share['interval'];
}

const COUNTS = ['retained', 'lost', 'unknown', 'notYetDue', 'belowLevel', 'delayed'] as const;
const ENOUGH_ANSWERS = 80;

/** The eight milestones of these cells, added up; a month without a cell has noughts. */
export function monthRows(cells: readonly Cell[]): MonthRow[] {
  return MILESTONE_MONTHS.map((month) => {
    const own = cells.filter((cell) => cell.month === month);
    const sum = Object.fromEntries(COUNTS.map((name) => [name, own.reduce((total, cell) => total + cell[name], 0)])) as Record<(typeof COUNTS)[number], number>;
    const { retained, lost, unknown } = sum;
    const due = retained + lost + unknown;
    const responseRate = percent(retained + lost, due);
    return {
      month, due, ...sum, conservative: percent(retained, due), known: percent(retained, retained + lost), low: percent(retained, due), high: percent(retained + unknown, due),
      // From the counts: 79.96 % is few, though it is written 80.0.
      responseRate, fewAnswers: due > 0 && (retained + lost) * 100 < due * ENOUGH_ANSWERS, interval: share(retained, due).interval,
    };
  });
}

/** The same for each value of a dimension, in a settled order: unknown and refused stand last. */
export function monthRowsBy(cells: readonly Cell[], dimension: Dimension): { value: string; months: MonthRow[] }[] {
  return valuesInOrder(cells.map((cell) => cell[dimension])).map((value) => ({ value, months: monthRows(cells.filter((cell) => cell[dimension] === value)) }));
}

const LAST = ['other', 'none', 'undisclosed', 'refused', 'unknown'];
export function valuesInOrder(values: readonly string[]): string[] {
  const place = (value: string): string => `${LAST.indexOf(value) + 1}${value}`;
  return [...new Set(values)].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
