import { COUNT_KEYS, SHARE_KEYS } from './definitions';
import type { Dimension, MonthRow } from './figures';
import type { CountRow, CoverageView } from './indicators.dto';
import { labelOf } from './value-words';

/** The parts of each share, as the list behind it is asked for. */
const PARTS = {
  hired: ['peopleHired', 'peopleAdmitted'], accessPeriod: ['accessPeriodNumerator', 'accessPeriodDenominator'], accessCohort: ['accessCohortNumerator', 'accessCohortDenominator'], inWork: ['inWorkAtEnd', 'activeAtEnd'],
} as const;
/** What stands in a table of milestones, and the list behind it. */
const STANDINGS = { due: 'due', retained: 'retained', lost: 'lost', unknown: 'unknown', notYetDue: 'not-yet-due' } as const;

/** A page with its filter in the address. */
export function addressOf(page: string, filter: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value as unknown[] : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return text ? `${page}?${text}` : page;
}

/** What a line is headed by: words, or the name of a service. @param names of services, by their id */
export function headOf(by: Dimension, value: string, names: ReadonlyMap<string, string>): { label: string | null; name: string | null } {
  return by === 'service' ? { label: null, name: names.get(value) ?? value } : { label: labelOf(by, value), name: null };
}

/** A line of the counts and shares of a period: each number with the address of its cases. @param filter of the report, with the value of the line */
export function countLine(row: CountRow, filter: object): object {
  const cases = (figure: string): string => addressOf('/reports/pathways/cases', { ...filter, figure });
  return {
    counts: COUNT_KEYS.map((key) => ({ key, n: row[key], href: cases(key) })),
    shares: SHARE_KEYS.map((key) => ({ key, ...row[key], numeratorHref: cases(PARTS[key][0]), denominatorHref: cases(PARTS[key][1]) })),
  };
}

/** What the lines of a table come to beyond its total, by figure: people who stand in two of them. Null where nobody does. */
export function overlapOf(rows: readonly CountRow[], total: CountRow): { key: string; n: number }[] | null {
  const over = COUNT_KEYS.map((key) => ({ key, n: total[key] - rows.reduce((sum, row) => sum + row[key], 0) }));
  return over.some(({ n }) => n !== 0) ? over : null;
}

export function coverageLine(one: CoverageView, filter: object): object {
  const cases = (figure: string): string => addressOf('/reports/pathways/cases', { ...filter, operation: one.operationId, figure });
  return { ...one, reachHref: cases('reached'), resultHref: cases('withJob') };
}

/** A milestone of a line of retention: its counts with the addresses of their cases, then its rates. */
export function monthLine(row: MonthRow, filter: { excluding?: readonly string[]; by?: Dimension | null; value?: string }): object {
  const cases = (standing: string): string => addressOf('/reports/retention/cases', { ...filter, month: row.month, standing });
  const counts = Object.entries(STANDINGS).map(([key, standing]) => ({ key, n: row[key as keyof typeof STANDINGS], href: cases(standing) }));
  return {
    month: row.month, counts: filter.excluding?.length ? [...counts, { key: 'excluded', n: row.excluded, href: cases('excluded') }] : counts,
    below: row.belowLevel, belowHref: cases('below'), conservative: row.conservative, interval: row.interval, known: row.known, high: row.high, responseRate: row.responseRate,
  };
}
