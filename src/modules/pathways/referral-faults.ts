import { EARLIEST, isDay, type Day } from '../../platform/days';
import type { FieldFault } from '../../platform/problem';
import { Rule } from '../../platform/web/fields';

/** What a referral says of days, and of the right to the service. */
export interface Referring {
  receivedOn?: Day;
  decisionOn?: Day;
  entitlement?: string;
  entitlementReference?: string;
  entitlementFrom?: Day;
  entitlementUntil?: Day;
}
const DAYS = ['receivedOn', 'decisionOn', 'entitlementFrom', 'entitlementUntil'] as const;

/** All that is wrong with it; where today is not told, what would be wrong on any day. */
export function referralFaults(given: Referring, today: Day | null): FieldFault[] {
  const { receivedOn, decisionOn, entitlement, entitlementFrom, entitlementUntil } = given;
  const faults: FieldFault[] = [];
  const wrong = (path: keyof Referring, code: string, values: FieldFault['values'] = {}): void => void faults.push({ path, code, values });
  for (const path of DAYS) if (isDay(given[path]) && given[path] < EARLIEST) wrong(path, 'not-before', { day: EARLIEST });
  if (today && isDay(receivedOn) && receivedOn > today) wrong('receivedOn', 'day-in-future', { today });
  if (today && isDay(decisionOn) && decisionOn > today) wrong('decisionOn', 'day-after-received');
  if (isDay(entitlementFrom) && isDay(entitlementUntil) && entitlementUntil < entitlementFrom) wrong('entitlementUntil', 'day-before-start');
  // Days without the right that they belong to would stand in the file and count for nothing.
  const isDated = Boolean(decisionOn ?? entitlementFrom ?? entitlementUntil ?? given.entitlementReference);
  if (isDated && (entitlement === undefined || entitlement === 'none')) wrong('entitlement', 'right-not-said');
  return faults;
}

/** The same on a command, field by field, with whatever else is wrong in the form. */
export const RefersWell = <T extends Referring>(...names: (keyof T & keyof Referring)[]) => (type: new () => T): void => {
  for (const name of names) Rule<T>([name], (given, { today }) => referralFaults(given, today).filter(({ path }) => path === name))(type);
};
