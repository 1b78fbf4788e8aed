import { EARLIEST, type Day } from '../../../platform/days';
import { Rule } from '../../../platform/web/fields';
import { ahead, before, beforeBirth, bornAfter } from '../participants.problems';
import type { Birth } from './birth';

/** What a person brings along, a recognition or a measure of protection, may be older than any support. */
export const EARLIEST_RIGHT: Day = '1950-01-01';

/** The first day on which the person may have been alive; null where the birth date is not known well enough to bind anything. */
export function firstDayOf({ bornOn, bornPrecision }: Birth): Day | null {
  if (!bornOn || bornPrecision === 'estimated' || bornPrecision === 'unknown') return null;
  return bornPrecision === 'day' ? bornOn : bornPrecision === 'month' ? `${bornOn.slice(0, 7)}-01` : `${bornOn.slice(0, 4)}-01-01`;
}

/** @throws Problem 422 on a day before the person was born, or absurdly old; the message says which */
export function notTooEarly(path: string, day: Day | null | undefined, person: Birth, earliest = EARLIEST): void {
  if (!day) return;
  const born = firstDayOf(person);
  if (born && born > earliest && day < born) throw beforeBirth(path, born);
  if (day < earliest) throw before(path, earliest);
}

/** A birth date that is corrected. @param first the first day on which something is written down about the person @throws Problem 422 when that would come before the birth */
export function writtenSinceBirth(birth: Birth, first: Day | null): void {
  const born = firstDayOf(birth);
  if (born && first && first < born) throw bornAfter(first);
}

/** A day on which something about the person has happened: neither to come, nor too early. */
export function hasBeen(path: string, day: Day, person: Birth, today: Day): void {
  if (day > today) throw ahead(path);
  notTooEarly(path, day, person);
}

/** The same on a command, where nothing is known of the person: such a day is told with whatever else is wrong in the form. */
export const HasBeen = <T extends object>(...names: (keyof T & string)[]) => (type: new () => T): void => {
  for (const name of names) {
    Rule<T>([name], (given, { today }) => {
      const day = given[name];
      return today && typeof day === 'string' && day > today ? ahead(name).fields : null;
    })(type);
  }
};
