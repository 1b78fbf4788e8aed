import { ageOn, isDay, type Day } from '../../../platform/days';
import { wrongField, type FieldFault } from '../../../platform/problem';

/** How sure a birth date is. `estimated`: about the year. */
export const BIRTH_PRECISIONS = ['day', 'month', 'year', 'estimated', 'unknown'] as const;
export type BirthPrecision = (typeof BIRTH_PRECISIONS)[number];

export interface BirthParts {
  bornPrecision: BirthPrecision;
  bornDay?: number | null;
  bornMonth?: number | null;
  bornYear?: number | null;
}
export interface Birth {
  bornOn: Day | null;
  bornPrecision: BirthPrecision;
}

const OLDEST = 120;
const two = (n: number): string => String(n).padStart(2, '0');

/** What is wrong with the parts of a birth date; where today is not told, what would be wrong on any day. */
export function birthFault(parts: BirthParts, today: Day | null): FieldFault | null {
  const wrong = (path: keyof BirthParts, code: string): FieldFault => ({ path, code, values: {} });
  const { bornPrecision, bornYear, bornMonth, bornDay } = parts;
  // What was typed is not thrown away without a word.
  if (bornPrecision === 'unknown') return bornYear || bornMonth || bornDay ? wrong('bornPrecision', 'does-not-fit') : null;
  if (!bornYear) return wrong('bornYear', 'required');
  if (!bornMonth && (bornPrecision === 'day' || bornPrecision === 'month')) return wrong('bornMonth', 'required');
  if (!bornDay && bornPrecision === 'day') return wrong('bornDay', 'required');
  const bornOn = dayKept(parts);
  if (!isDay(bornOn)) return wrong('bornDay', 'not-a-day');
  if (!today) return null;
  const first = bornPrecision === 'day' ? bornOn : `${bornYear}-${bornPrecision === 'month' ? two(bornMonth!) : '01'}-01`;
  if (first > today) return wrong('bornYear', 'in-the-future');
  return bornOn <= today && ageOn(bornOn, today) > OLDEST ? wrong('bornYear', 'too-long-ago') : null;
}

/** @throws Problem 422 on the part that is missing, does not exist, or lies ahead */
export function birthOf(parts: BirthParts, today: Day): Birth {
  const wrong = birthFault(parts, today);
  if (wrong) throw wrongField(wrong.path, wrong.code);
  const { bornPrecision } = parts;
  return { bornOn: bornPrecision === 'unknown' ? null : dayKept(parts), bornPrecision };
}

/**
 * The day kept for a birth known so far: an unknown day is the middle of its month, an unknown month the middle of the year, so that no age
 * is off by more than half of what is unknown.
 */
function dayKept({ bornPrecision, bornYear, bornMonth, bornDay }: BirthParts): Day {
  if (bornPrecision === 'day') return `${bornYear}-${two(bornMonth!)}-${two(bornDay!)}`;
  return bornPrecision === 'month' ? `${bornYear}-${two(bornMonth!)}-15` : `${bornYear}-07-01`;
}

/** A birth date as somebody is looked for by it, as sure as what was typed; null without its year: a day or a month alone helps nobody to be found. */
export function partsLookedFor({ bornYear, bornMonth, bornDay }: Omit<BirthParts, 'bornPrecision'>): BirthParts | null {
  return bornYear ? { bornPrecision: !bornMonth ? 'year' : bornDay ? 'day' : 'month', bornYear, bornMonth, bornDay } : null;
}

/** What the form shows: only what is known. */
export function partsOf({ bornOn, bornPrecision }: Birth): Required<BirthParts> {
  const [year, month, day] = bornOn ? bornOn.split('-').map(Number) : [];
  const exact = bornPrecision === 'day';
  return { bornPrecision, bornYear: year ?? null, bornMonth: exact || bornPrecision === 'month' ? month ?? null : null, bornDay: exact ? day ?? null : null };
}

/** Age in years; null when the birth date is not known. */
export function ageOf({ bornOn }: Pick<Birth, 'bornOn'>, today: Day): number | null {
  return bornOn && bornOn <= today ? ageOn(bornOn, today) : bornOn ? 0 : null;
}
