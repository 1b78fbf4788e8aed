import type { Language } from '../access/actor';
import type { Day } from '../days';
import { digitsOf } from '../money';

export const LOCALES: Record<Language, string> = { fr: 'fr-FR', es: 'es-ES', en: 'en-GB' };

export const DAY_STYLES = {
  /** mardi 16 juin 2026 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 16 juin 2026 */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 16 juin 2026, 12 janv. 2026 */
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  /** 12 janv.; with its year when it is not the reader's */
  short: { day: 'numeric', month: 'short' },
  /** mardi 16 juin; with its year when it is not the reader's */
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DayStyle = keyof typeof DAY_STYLES;

/** What was said is remembered, up to so many: a page says the same few days over and over, and to format one costs more than to find it. */
const REMEMBERED = 5_000;
export function remembering(say: (language: Language, text: string) => string): (language: Language, text: string) => string {
  const said = new Map<string, string>();
  return (language, text) => {
    const name = `${language} ${text}`;
    const known = said.get(name);
    if (known !== undefined) return known;
    if (said.size >= REMEMBERED) said.clear();
    const words = say(language, text);
    said.set(name, words);
    return words;
  };
}

const made = new Map<string, unknown>();
function kept<T>(name: string, make: () => T): T {
  if (!made.has(name)) made.set(name, make());
  return made.get(name) as T;
}

/** The typeface has no narrow no-break space: the ordinary one stands for it. */
export function withoutNarrowSpaces(text: string): string {
  return text.replace(/[\u202F\u2009]/g, '\u00A0');
}

const WITH_YEAR: Partial<Record<DayStyle, DayStyle>> = { short: 'medium', weekday: 'full' };

/** A calendar day in words, wherever the machine stands. `today` tells when the year goes without saying. */
export function dayInWords(language: Language, day: Day, asked: DayStyle = 'long', today?: Day): string {
  const style = (today && today.slice(0, 4) !== day.slice(0, 4) && WITH_YEAR[asked]) || asked;
  return dayFormatted(language, `${day} ${style}`);
}

const dayFormatted = remembering((language, asked) => {
  const [day, style] = asked.split(' ') as [Day, DayStyle];
  const format = kept(`day ${language} ${style}`, () => new Intl.DateTimeFormat(LOCALES[language], { ...DAY_STYLES[style], timeZone: 'UTC' }));
  return ordinal(language, format.format(new Date(`${day}T00:00:00Z`)));
});

/** An instant at a place: its hour, or its day and hour. */
export function instantInWords(language: Language, instant: Date, timeZone: string, style: DayStyle | 'time' = 'long'): string {
  const time = clockTime(language, instant, timeZone);
  if (style === 'time') return time;
  const format = kept(`instant ${language} ${style} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { ...DAY_STYLES[style], timeZone }));
  return `${ordinal(language, format.format(instant))}, ${time}`;
}

function clockTime(language: Language, instant: Date, timeZone: string): string {
  const format = kept(`time ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }));
  if (language !== 'fr') return withoutNarrowSpaces(format.format(instant));
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${Number(parts.hour)}\u00A0h\u00A0${parts.minute}`;
}

/** An instant under the rules that places have now: in 1970 many knew no season. */
const TODAYS_RULES = Date.UTC(2026, 0, 1);

/** Whose clock hours are of: `heure d’Europe centrale`; without the season, which would be wrong for half of the lines. */
export function zoneInWords(language: Language, timeZone: string): string {
  if (timeZone === 'UTC') return timeZone;
  const format = kept(`zone ${language} ${timeZone}`, () => new Intl.DateTimeFormat(LOCALES[language], { timeZone, timeZoneName: 'longGeneric' }));
  return withoutNarrowSpaces(format.formatToParts(TODAYS_RULES).find(({ type }) => type === 'timeZoneName')!.value);
}

/** The first of the month is `1er` in French. */
function ordinal(language: Language, text: string): string {
  const whole = withoutNarrowSpaces(text);
  return language === 'fr' ? whole.replace(/(^|\s)1 (?=\p{L})/u, '$11er ').replace(/(\d(?:er)?) (?=\p{L})/u, '$1\u00A0') : whole;
}

export function numberInWords(language: Language, value: number, decimals?: number): string {
  const format = kept(`number ${language} ${decimals ?? ''}`, () => new Intl.NumberFormat(LOCALES[language], decimals === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  return withoutNarrowSpaces(format.format(value));
}

/** An amount in minor units with its currency: `1 250 €`, `S/ 1,025.50`. Whole amounts are told without minor units. */
export function moneyInWords(language: Language, amount: number, currency: string): string {
  const digits = digitsOf(currency);
  const value = amount / 10 ** digits;
  const shown = Number.isInteger(value) ? 0 : digits;
  const format = kept(`money ${language} ${currency} ${shown}`, () => new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, minimumFractionDigits: shown, maximumFractionDigits: shown }));
  return withoutNarrowSpaces(format.format(value));
}

/** Minutes as hours and minutes: `50 min`, `2 h`, `1 h 20`. */
export function durationInWords(language: Language, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest}\u00A0min`;
  if (rest === 0) return `${hours}\u00A0h`;
  return language === 'fr' ? `${hours}\u00A0h\u00A0${String(rest).padStart(2, '0')}` : `${hours}\u00A0h ${rest}\u00A0min`;
}

/** A number of days from today: `aujourd’hui`, `demain`, `dans 3 jours`, `il y a 2 jours`. */
export function relativeInWords(language: Language, days: number): string {
  const format = kept(`relative ${language}`, () => new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }));
  return withoutNarrowSpaces(format.format(days, 'day')).replace(/(\d) (?=\p{L})/u, '$1\u00A0');
}

export function listInWords(language: Language, items: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return kept(`list ${language} ${type}`, () => new Intl.ListFormat(LOCALES[language], { type })).format(items);
}
