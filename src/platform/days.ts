import { Temporal } from 'temporal-polyfill';

/** A calendar day, `YYYY-MM-DD`: no hour, no place. Days compare as strings. */
export type Day = string;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day of the calendar between 1900 and 2199: what a person's record may hold. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || !SHAPE.test(value) || value < '1900-01-01' || value > '2199-12-31') return false;
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString() === value;
  } catch {
    return false;
  }
}

/** The day n days later (earlier when negative). */
export function addDays(day: Day, n: number): Day {
  return Temporal.PlainDate.from(day).add({ days: n }).toString();
}

/** The same day n calendar months later, clamped to the month's end: 31 January + 1 month = 28 or 29 February. */
export function addMonths(day: Day, n: number): Day {
  return Temporal.PlainDate.from(day).add({ months: n }, { overflow: 'constrain' }).toString();
}

/** Days from one day to the other; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** Completed years between birth and a day. */
export function ageOn(bornOn: Day, day: Day): number {
  return Temporal.PlainDate.from(bornOn).until(Temporal.PlainDate.from(day), { largestUnit: 'year' }).years;
}

/** The calendar day of an instant at a place. */
export function dayOf(at: Date, timeZone: string): Day {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
