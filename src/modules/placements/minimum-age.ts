import { ageOn, type Day } from '../../platform/days';
import type { Contract } from './placement.lists';

/** The youngest age at which somebody may work, by country and kind of contract, with the text that says so. */
interface MinimumAge {
  country: string;
  kind: 'work' | 'apprenticeship';
  years: number;
  source: string;
}
export const MINIMUM_AGES: readonly MinimumAge[] = [
  // 14 for light work in school holidays, with leave of the labour inspectorate (art. L4153-3): such jobs are no placements.
  { country: 'FR', kind: 'work', years: 16, source: 'Code du travail, art. L4153-1' },
  // From 15 for who has finished lower secondary school.
  { country: 'FR', kind: 'apprenticeship', years: 15, source: 'Code du travail, art. L6222-1' },
  // 15 to 17 in farming for others, industry, trade, mining and fishing, with leave: to be judged by whoever gives the leave.
  { country: 'PE', kind: 'work', years: 14, source: 'Código de los Niños y Adolescentes (Ley 27337), art. 51' },
  // To be verified: 15 since the law of 2017, which follows ILO C138.
  { country: 'ML', kind: 'work', years: 15, source: 'Code du travail, loi 2017-021; ILO C138' },
];
/** ILO Convention 138, art. 2(3): where no line above says more. */
const ANYWHERE = 15;

export function minimumAge(country: string, contract: Contract): number {
  const of = (kind: MinimumAge['kind']): number | undefined => MINIMUM_AGES.find((one) => one.country === country && one.kind === kind)?.years;
  return (contract === 'apprenticeship' ? of('apprenticeship') : undefined) ?? of('work') ?? ANYWHERE;
}

/** As sure as a birth date is. */
interface Birth {
  bornOn: Day | null;
  bornPrecision: string;
}

/** The age on a day, taken as old as the person may be; null where the birth date binds nothing. */
export function ageAtMost({ bornOn, bornPrecision }: Birth, day: Day): number | null {
  if (!bornOn || bornPrecision === 'estimated' || bornPrecision === 'unknown') return null;
  const first = bornPrecision === 'day' ? bornOn : bornPrecision === 'month' ? `${bornOn.slice(0, 7)}-01` : `${bornOn.slice(0, 4)}-01-01`;
  return first > day ? 0 : ageOn(first, day);
}
