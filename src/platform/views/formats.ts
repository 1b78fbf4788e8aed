import type { Language } from '../access/actor';
import { daysBetween, type Day } from '../days';
import { localeOf } from './words';

const UTC = { timeZone: 'UTC' } as const;
const instantOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** A day in words. `long`: weekday too; `short`: without the year when it is this one's. */
export function dayInWords(language: Language, day: Day, style: 'long' | 'short' | 'full' = 'full', today?: Day): string {
  const options: Intl.DateTimeFormatOptions = style === 'long'
    ? { ...UTC, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
    : style === 'short'
      ? { ...UTC, day: 'numeric', month: 'short', ...(today?.slice(0, 4) === day.slice(0, 4) ? {} : { year: 'numeric' }) }
      : { ...UTC, day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(localeOf(language), options).format(instantOf(day));
}

/** An instant as day and minute at a place. */
export function instantInWords(language: Language, at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

/** How far a day is: "in 3 days", "yesterday". */
export function fromToday(language: Language, day: Day, today: Day): string {
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(daysBetween(today, day), 'day');
}

export function numberInWords(language: Language, value: number): string {
  return new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }).format(value);
}

/** Minutes as hours and minutes: 80 → "1 h 20". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const left = minutes % 60;
  if (hours === 0) return `${left}\u00A0min`;
  return left === 0 ? `${hours}\u00A0h` : `${hours}\u00A0h\u00A0${String(left).padStart(2, '0')}`;
}
