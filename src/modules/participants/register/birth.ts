import { ageOn, isDay, type Day } from '../../../platform/days';
import { wrongField } from '../../../platform/problem';

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

/**
 * The day kept for a birth known so far: an unknown day is the middle of its month, an unknown month the middle of the year, so that no age
 * is off by more than half of what is unknown.
 * @throws Problem 422 on the part that is missing, does not exist, or lies ahead
 */
export function birthOf(parts: BirthParts, today: Day): Birth {
  const { bornPrecision } = parts;
  if (bornPrecision === 'unknown') {
    // What was typed is not thrown away without a word.
    if (parts.bornYear || parts.bornMonth || parts.bornDay) throw wrongField('bornPrecision', 'does-not-fit');
    return { bornOn: null, bornPrecision };
  }
  if (!parts.bornYear) throw wrongField('bornYear', 'required');
  if (!parts.bornMonth && (bornPrecision === 'day' || bornPrecision === 'month')) throw wrongField('bornMonth', 'required');
  if (!parts.bornDay && bornPrecision === 'day') throw wrongField('bornDay', 'required');
  const month = bornPrecision === 'day' || bornPrecision === 'month' ? two(parts.bornMonth!) : null;
  const bornOn = `${parts.bornYear}-${month ?? '07'}-${bornPrecision === 'day' ? two(parts.bornDay!) : month ? '15' : '01'}`;
  if (!isDay(bornOn)) throw wrongField('bornDay', 'not-a-day');
  const first = bornPrecision === 'day' ? bornOn : `${parts.bornYear}-${month ?? '01'}-01`;
  if (first > today) throw wrongField('bornYear', 'in-the-future');
  if (bornOn <= today && ageOn(bornOn, today) > OLDEST) throw wrongField('bornYear', 'too-long-ago');
  return { bornOn, bornPrecision };
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
