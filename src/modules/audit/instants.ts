import { Temporal } from 'temporal-polyfill';
import type { Day } from '../../platform/days';

/** The instant at which a day begins at a place; `later` days on. */
export function startOfDay(day: Day, timeZone: string, later = 0): Date {
  return new Date(Temporal.PlainDate.from(day).add({ days: later }).toZonedDateTime(timeZone).epochMilliseconds);
}
