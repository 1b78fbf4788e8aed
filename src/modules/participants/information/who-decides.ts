import { addDays, addMonths, type Day } from '../../../platform/days';
import type { Birth } from '../register/birth';
import type { Act, MeasureKind } from './wordings';

/**
 * Years at which somebody signs alone. 18 in every country of the product: France, Code civil art. 414; Perú, Código Civil art. 42; Convention on the Rights of
 * the Child, art. 1, elsewhere. Ages below which a job, an apprenticeship or a grant is refused are other parameters, of their own modules.
 */
export const MAJORITY = 18;

export interface MeasureFacts {
  kind: MeasureKind;
  holder: string | null;
  acts: readonly string[];
  byService: boolean;
  document: string | null;
  fromOn: Day | null;
  untilOn: Day | null;
}

/**
 * What an act needs beside the person's own answer, which nothing replaces.
 * `nothing`: the person alone. `legal`: a second signature, in addition: of `holder` where it is known, of somebody outside the service where the service itself
 * holds the measure. `expired`: the measure that covers the act has ended and none follows: the act waits.
 * A support person (Peru) helps and never substitutes: nothing more is asked.
 */
export type Beside = { needs: 'nothing' } | { needs: 'legal'; because: 'measure' | 'minor'; holder: string | null; byService: boolean } | { needs: 'expired'; on: Day };

export function besideThePerson(measures: readonly MeasureFacts[], act: Act, day: Day, birth: Birth): Beside {
  if (isMinor(measures, day, birth)) {
    const adult = measures.find((one) => one.kind === 'minor' && holdsOn(one, day)) ?? measures.find((one) => signs(one) && holdsOn(one, day));
    return { needs: 'legal', because: 'minor', holder: adult?.holder ?? null, byService: adult?.byService ?? false };
  }
  const signing = measures.filter((one) => signs(one) && one.acts.includes(act));
  const standing = signing.find((one) => holdsOn(one, day));
  if (standing) return { needs: 'legal', because: 'measure', holder: standing.holder, byService: standing.byService };
  const ended = signing.map((one) => one.untilOn).filter((one) => one !== null && one < day).sort().at(-1);
  if (!ended) return { needs: 'nothing' };
  // Somebody wrote down, after the end, that no measure stands any more.
  const lifted = measures.some((one) => one.kind === 'none' && (one.fromOn === null || one.fromOn >= ended) && holdsOn(one, day));
  return lifted ? { needs: 'nothing' } : { needs: 'expired', on: ended };
}

/** The day from which the person signs alone; null where the birth date is not known. */
export function majorityOf({ bornOn }: Pick<Birth, 'bornOn'>): Day | null {
  return bornOn && addMonths(bornOn, MAJORITY * 12);
}

/** The last day of a measure of kind `minor`. */
export function lastDayOfMinority(birth: Pick<Birth, 'bornOn'>): Day | null {
  const majority = majorityOf(birth);
  return majority && addDays(majority, -1);
}

/**
 * By the birth date; where nobody knows it, by the measure that was written down. Whoever was emancipated signs alone: the document that says so stands with a
 * measure of kind `none`.
 */
export function isMinor(measures: readonly Pick<MeasureFacts, 'kind' | 'document' | 'fromOn' | 'untilOn'>[], day: Day, { bornOn }: Pick<Birth, 'bornOn'>): boolean {
  const majority = majorityOf({ bornOn });
  const young = majority ? day < majority : measures.some((one) => one.kind === 'minor' && holdsOn(one, day));
  return young && !measures.some((one) => one.kind === 'none' && one.document !== null && holdsOn(one, day));
}

export function holdsOn(measure: Pick<MeasureFacts, 'fromOn' | 'untilOn'>, day: Day): boolean {
  return (measure.fromOn === null || measure.fromOn <= day) && (measure.untilOn === null || measure.untilOn >= day);
}

/** Its holder signs beside the person. Minority ends by itself, and leaves nothing to renew. */
function signs({ kind }: Pick<MeasureFacts, 'kind'>): boolean {
  return kind !== 'none' && kind !== 'support-person' && kind !== 'minor';
}
