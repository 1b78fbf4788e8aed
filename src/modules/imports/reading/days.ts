import { addDays, isDay, type Day } from '../../../platform/days';

/** Which part of 04/03/2019 is the day, where the figures do not say. */
export type Order = 'day-first' | 'month-first';
export type Precision = 'day' | 'month' | 'year';
/** What had to be decided to read a cell as a day. */
export type DayRepair = 'serial' | 'short-year' | 'other-order' | 'month-only' | 'year-only' | 'month-named' | 'hour-dropped';
export type ReadDay = { ok: true; day: Day; precision: Precision; repairs: DayRepair[] } | { ok: false; why: 'no-date' | 'no-such-day' };

/** How the days of a column are read. It is shown to who imports, and may be changed. */
export interface DayRule {
  order: Order;
  /** A year of two figures lies in the hundred years that end with this one. */
  lastYear: number;
}

/** Counts of cells that can be read in one order only: what the order of a column is guessed from. */
export interface OrderEvidence {
  dayFirst: number;
  monthFirst: number;
}

const PARTS = /^(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})$/;
const MONTH_YEAR = /^(\d{1,2})\s*[/.-]\s*(\d{4})$/;
const NAMED = /^(?:(\d{1,2})(?:er|º|°)?[\s\-/.]*(?:de\s+)?)?([a-zç]{3,})\.?[\s\-/.]*(?:del?\s+)?(\d{2}|\d{4})$/;
const HOUR = /[\sT]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*(Z|[ap]\.?m\.?)?$/i;
/** Spreadsheets count days from here: their 1 is 1 January 1900, and they believe in a 29 February of that year. */
const SERIAL_ORIGIN: Day = '1899-12-30';
const SERIALS = { first: 1_000, last: 73_050 };

/** By their first letters, which do not clash across French, Spanish and English; `jui` is settled by the next one. */
const MONTHS: readonly (readonly [string, number])[] = [
  ['juil', 7], ['juin', 6], ['jan', 1], ['ene', 1], ['feb', 2], ['fev', 2], ['mar', 3], ['avr', 4], ['abr', 4], ['apr', 4], ['mai', 5], ['may', 5], ['jun', 6], ['jul', 7],
  ['aou', 8], ['ago', 8], ['aug', 8], ['sep', 9], ['set', 9], ['oct', 10], ['nov', 11], ['dec', 12], ['dic', 12],
];

/**
 * Reads a cell as a day. Nothing is guessed that the rule does not say; what was decided is named.
 * @param cell as it stands in the file, not empty
 */
export function readDay(cell: string, rule: DayRule): ReadDay {
  const repairs: DayRepair[] = [];
  let text = plain(cell);
  if (HOUR.test(text)) {
    if (!/[\sT]+0{1,2}:00(:00([.,]0+)?)?\s*Z?$/i.test(text)) repairs.push('hour-dropped');
    text = text.replace(HOUR, '');
  }
  if (/^\d{5}([.,]\d+)?$/.test(text)) return ofSerial(text, repairs);
  if (/^\d{8}$/.test(text)) text = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  if (/^\d{4}$/.test(text)) return made(Number(text), 1, 1, 'year', [...repairs, 'year-only']);
  const parts = PARTS.exec(text);
  if (parts) return ofParts(parts[1]!, parts[2]!, parts[3]!, rule, repairs);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear) return made(Number(monthYear[2]), Number(monthYear[1]), 1, 'month', [...repairs, 'month-only']);
  const named = NAMED.exec(text);
  const month = named && MONTHS.find(([start]) => named[2]!.startsWith(start))?.[1];
  if (!named || !month) return { ok: false, why: 'no-date' };
  const year = yearOf(named[3]!, rule, repairs);
  if (!named[1]) return made(year, month, 1, 'month', [...repairs, 'month-only']);
  return made(year, month, Number(named[1]), 'day', [...repairs, 'month-named']);
}

/** What one cell says about the order of its column. */
export function evidenceOf(cell: string): OrderEvidence {
  const parts = PARTS.exec(plain(cell).replace(HOUR, ''));
  if (!parts || parts[1]!.length > 2) return { dayFirst: 0, monthFirst: 0 };
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  return { dayFirst: Number(first > 12 && second <= 12), monthFirst: Number(second > 12 && first <= 12) };
}

/** The order that a column shows; the one of its language where it shows none, or both alike. */
export function orderOf({ dayFirst, monthFirst }: OrderEvidence, otherwise: Order): Order {
  if (dayFirst === monthFirst) return otherwise;
  return dayFirst > monthFirst ? 'day-first' : 'month-first';
}

function ofParts(a: string, b: string, c: string, rule: DayRule, repairs: DayRepair[]): ReadDay {
  if (a.length === 4) return c.length <= 2 ? made(Number(a), Number(b), Number(c), 'day', repairs) : { ok: false, why: 'no-date' };
  if (a.length === 3 || c.length === 3 || c.length === 1) return { ok: false, why: 'no-date' };
  const year = yearOf(c, rule, repairs);
  const [first, second] = [Number(a), Number(b)];
  const [day, month] = rule.order === 'day-first' ? [first, second] : [second, first];
  // The other order only where this one names no month at all: 31/02 is a slip, not an order.
  if (month > 12 && day <= 12) return made(year, day, month, 'day', [...repairs, 'other-order']);
  return made(year, month, day, 'day', repairs);
}

function ofSerial(text: string, repairs: DayRepair[]): ReadDay {
  const whole = Number(text.split(/[.,]/)[0]);
  if (whole < SERIALS.first || whole > SERIALS.last) return { ok: false, why: 'no-date' };
  return { ok: true, day: addDays(SERIAL_ORIGIN, whole), precision: 'day', repairs: [...repairs, 'serial'] };
}

function yearOf(text: string, { lastYear }: DayRule, repairs: DayRepair[]): number {
  if (text.length === 4) return Number(text);
  repairs.push('short-year');
  const year = lastYear - (lastYear % 100) + Number(text);
  return year > lastYear ? year - 100 : year;
}

function made(year: number, month: number, date: number, precision: Precision, repairs: DayRepair[]): ReadDay {
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(day) ? { ok: true, day, precision, repairs } : { ok: false, why: 'no-such-day' };
}

const plain = (cell: string): string => cell.normalize('NFD').replace(/\p{M}/gu, '').replace(/[\u00a0\u202f]/g, ' ').trim().toLowerCase();
