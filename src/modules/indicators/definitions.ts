/** What a figure counts. Units are never mixed, nor added to each other. */
export type Unit = 'person' | 'participation' | 'enrolment' | 'placement' | 'chain';

/**
 * A figure's definition. Its words stand under `indicators.definition.<key>`: what is counted, over what, and what else must be known (anchor, what is left out, source).
 * Whoever changes what a figure means gives it the next version.
 */
export interface Definition {
  key: string;
  /** The name that funders and federations know it by. */
  code: string;
  version: number;
  unit: Unit;
  /** A share has something below the line; a count has not. */
  isShare: boolean;
}

const of = (key: string, code: string, unit: Unit, isShare: boolean): Definition => ({ key, code, version: 1, unit, isShare });

export const DEFINITIONS = {
  'same-employer': of('same-employer', 'RET-S', 'placement', true),
  'any-employment': of('any-employment', 'RET-A', 'person', true),
  chain: of('chain', 'RET-C', 'chain', true),
  kept: of('kept', 'EA-09', 'person', true),
  referrals: of('referrals', 'EA-REF', 'enrolment', false),
  participations: of('participations', 'EA-PART', 'participation', false),
  enrolments: of('enrolments', 'EA-ENR', 'enrolment', false),
  admissions: of('admissions', 'EA-03', 'enrolment', false),
  exits: of('exits', 'EA-03', 'enrolment', false),
  hires: of('hires', 'EA-HIRE', 'placement', false),
  activeInPeriod: of('activeInPeriod', 'EA-01', 'person', false),
  activeAtEnd: of('activeAtEnd', 'EA-02', 'person', false),
  inWork: of('inWork', 'EA-07', 'person', true),
  hired: of('hired', 'EA-HIRED', 'person', true),
  accessPeriod: of('accessPeriod', 'EA-06 (i)', 'person', true),
  accessCohort: of('accessCohort', 'EA-06 (ii)', 'person', true),
  reach: of('reach', 'COV-REACH', 'person', true),
  result: of('result', 'COV-RES', 'person', true),
} as const satisfies Record<string, Definition>;

export const COUNT_KEYS = ['referrals', 'participations', 'enrolments', 'admissions', 'exits', 'hires', 'activeInPeriod', 'activeAtEnd'] as const;
export const SHARE_KEYS = ['hired', 'accessPeriod', 'accessCohort', 'inWork'] as const;
