import { Temporal } from 'temporal-polyfill';

/** A calendar day, `YYYY-MM-DD`: no hour, no place. Days compare as strings. */
export type Day = string;

/** What happened in the course of a support is not older: an earlier day is a slip of the hand. */
export const EARLIEST: Day = '2000-01-01';

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

const DAY = 86_400_000;
/** Days since 1970: Gregorian days have no hours, so plain arithmetic holds. */
const epochDay = (day: Day): number => Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / DAY;
const dayAt = (epoch: number): Day => new Date(epoch * DAY).toISOString().slice(0, 10);

/** True for a day of the calendar between 1900 and 2199: what a person's record may hold. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !SHAPE.test(value) || value < '1900-01-01' || value > '2199-12-31') return false;
  return dayAt(epochDay(value)) === value;
}

/** The day n days later (earlier when negative). */
export function addDays(day: Day, n: number): Day {
  return dayAt(epochDay(day) + n);
}

/** The same day n calendar months later, clamped to the month's end: 31 January + 1 month = 28 or 29 February. */
export function addMonths(day: Day, n: number): Day {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + n;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(Math.min(last, Number(day.slice(8, 10)))).padStart(2, '0')}`;
}

/** Days from one day to the other; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return epochDay(to) - epochDay(from);
}

/** Completed years between birth and a day. */
export function ageOn(bornOn: Day, day: Day): number {
  if (day < bornOn) return -ageOn(day, bornOn) || 0;
  return Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4)) - Number(day.slice(5) < bornOn.slice(5));
}

/** The calendar day of an instant at a place. */
export function dayOf(at: Date, timeZone: string): Day {
  const instant = at.getTime();
  const known = spans.get(timeZone);
  if (known && known.from <= instant && instant < known.until) return known.day;
  const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate();
  const from = day.toZonedDateTime(timeZone).epochMilliseconds;
  const until = day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  spans.set(timeZone, { from, until, day: day.toString() });
  return day.toString();
}

/** The last day asked for at each place, from its first instant to the next day's: the answer to nearly every question. */
const spans = new Map<string, { from: number; until: number; day: Day }>();
