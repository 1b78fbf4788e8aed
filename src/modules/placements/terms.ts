import type { Day } from '../../platform/days';
import type { Contract, FoundBy, Setting, WagePeriod } from './placement.lists';

/** What a job is agreed to be. It may change while it lasts, each time from a day on. */
export interface Terms {
  siteId: string | null;
  title: string;
  occupationCode: string | null;
  plannedStartOn: Day | null;
  contractOn: Day | null;
  setting: Setting;
  reserved: boolean;
  contract: Contract;
  plannedEndOn: Day | null;
  trialEndOn: Day | null;
  weeklyMinutes: number | null;
  /** In minor units of the currency. */
  wage: number | null;
  wagePeriod: WagePeriod | null;
  currency: string | null;
  subsidised: boolean;
  tutor: string | null;
  foundBy: FoundBy;
}
export const TERMS = [
  'siteId', 'title', 'occupationCode', 'plannedStartOn', 'contractOn', 'setting', 'reserved', 'contract', 'plannedEndOn', 'trialEndOn', 'weeklyMinutes', 'wage', 'wagePeriod', 'currency', 'subsidised', 'tutor', 'foundBy',
] as const satisfies readonly (keyof Terms)[];

/** One change of terms: from which day it holds, and when it was written down. */
export interface TermsChange {
  effectiveOn: Day;
  recordedAt: Date;
  id: string;
  after: Partial<Terms>;
}

/** In the order in which changes hold: by their day, and on one day as they were written down. */
export function inForce<C extends TermsChange>(changes: readonly C[]): C[] {
  return [...changes].sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.recordedAt.getTime() - b.recordedAt.getTime() || a.id.localeCompare(b.id));
}

/** What held on a day; on the last day of all without one. @param first the terms that were planned */
export function termsOn(first: Terms, changes: readonly TermsChange[], day: Day | null = null): Terms {
  return inForce(changes).reduce((terms, { effectiveOn, after }) => (day !== null && effectiveOn > day ? terms : { ...terms, ...after }), first);
}

/** What is another one, with its new value. */
export function differing(before: Terms, after: Terms): Partial<Terms> {
  return Object.fromEntries(TERMS.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}

/** The part of some terms that these names have. */
export function partOf(terms: Terms, names: readonly string[]): Partial<Terms> {
  return Object.fromEntries(TERMS.filter((name) => names.includes(name)).map((name) => [name, terms[name]]));
}
