import type { Day } from '../../../platform/days';
import type { Act, MeasureKind } from './wordings';

export interface MeasureFacts {
  kind: MeasureKind;
  acts: readonly string[];
  fromOn: Day | null;
  untilOn: Day | null;
}

/**
 * What an act needs beside the person's own answer, which nothing replaces.
 * `nothing`: the person alone. `legal`: a second signature, in addition. `expired`: the measure that covers the act has ended and none follows: the act waits.
 * A support person (Peru) helps and never substitutes: nothing more is asked.
 */
export type Beside = { needs: 'nothing' } | { needs: 'legal' } | { needs: 'expired'; on: Day };

export function besideThePerson(measures: readonly MeasureFacts[], act: Act, day: Day): Beside {
  const signing = measures.filter((one) => one.kind !== 'none' && one.kind !== 'support-person' && one.acts.includes(act));
  if (signing.some((one) => holdsOn(one, day))) return { needs: 'legal' };
  const ended = signing.map((one) => one.untilOn).filter((one) => one !== null && one < day).sort().at(-1);
  if (!ended) return { needs: 'nothing' };
  // Somebody wrote down, after the end, that no measure stands any more.
  const lifted = measures.some((one) => one.kind === 'none' && (one.fromOn === null || one.fromOn >= ended) && holdsOn(one, day));
  return lifted ? { needs: 'nothing' } : { needs: 'expired', on: ended };
}

export function holdsOn(measure: Pick<MeasureFacts, 'fromOn' | 'untilOn'>, day: Day): boolean {
  return (measure.fromOn === null || measure.fromOn <= day) && (measure.untilOn === null || measure.untilOn >= day);
}
