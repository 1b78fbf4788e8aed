import type { Day } from '../../platform/days';
import { conflict, notChosen, Problem, unprocessable, wrongField, type FieldFault, type Values } from '../../platform/problem';
import { BACK_DATING_DAYS, type Refusal, type Verdict } from './engine';
import type { Finding } from './publication';
import { missingView, type Say } from './views';

/** What the day of a step is measured by: the last step that stands, or the referral before the first one, and the first day that is not too long ago. */
export interface DayLimits {
  since: Day;
  isReferral: boolean;
  earliest: Day;
}

/** 422 with every unmet requirement: how much there is, how much it takes, where it is met. @param beside what else is wrong with what was sent, told with a wrong field; limits: named where the day is beyond them */
export function stepRefused(verdict: Verdict, say: Say, beside: readonly FieldFault[] = [], limits?: DayLimits): Problem {
  const details = {
    step: verdict.step,
    refusal: verdict.refusal,
    unmet: verdict.unmet.map(({ requirement, fact }) => ({
      key: requirement.key, kind: requirement.kind, title: requirement.title, have: fact?.have ?? 0, need: fact?.need ?? 1, metOn: fact?.metOn ?? null,
      where: fact?.where ?? null, missing: missingView(fact, say),
    })),
  };
  const missing = verdict.unmet.length;
  const all = missing + verdict.met.length;
  const states: Partial<Record<Refusal, [number, string]>> = {
    'unknown-step': [404, 'not-found'], closed: [409, 'step-closed'], 'not-from-here': [409, 'step-not-from-here'], 'not-this-role': [403, 'step-not-this-role'],
    'deviation-not-allowed': [422, 'step-deviation-not-allowed'],
  };
  const [status, code] = states[verdict.refusal ?? 'unmet'] ?? [422, 'step-refused'];
  const field: Partial<Record<Refusal, [string, string]>> = {
    'in-the-future': ['effectiveOn', 'day-in-future'], 'before-last-step': ['effectiveOn', 'day-before-last-step'], 'too-long-ago': ['effectiveOn', 'day-too-long-ago'],
    'before-its-facts': ['effectiveOn', 'day-before-facts'], 'reason-needed': ['reason', 'required'],
  };
  const at = verdict.refusal ? field[verdict.refusal] : undefined;
  if (at) {
    const fields = [{ path: at[0], code: at[1], values: valuesOf(at[1], verdict, limits) }, ...beside.filter(({ path }) => path !== at[0])];
    return new Problem(422, 'invalid', { count: fields.length }, fields, details);
  }
  // Whoever may let it pass is asked why; nobody else is told that it could be.
  const unsaid = code === 'step-refused' && verdict.mayDeviate ? [{ path: 'deviation', code: 'required', values: {} }] : [];
  return new Problem(status, code, { missing, all }, unsaid, details);
}

/** What is met last names the day from which all is met; a day before the last step or too long ago is told the first one that will do. */
function valuesOf(code: string, { unmet }: Verdict, limits?: DayLimits): Values {
  if (code === 'required') return { choose: true };
  if (code === 'day-before-last-step') return { since: limits?.since ?? null, first: limits?.isReferral ? 'yes' : 'no' };
  if (code === 'day-too-long-ago') return { days: BACK_DATING_DAYS, earliest: limits?.earliest ?? null };
  if (code !== 'day-before-facts') return {};
  const last = unmet.reduce((one, other) => ((other.fact?.metOn ?? '') > (one.fact?.metOn ?? '') ? other : one));
  return { title: last.requirement.title, since: last.fact?.metOn ?? null };
}

export const noProtocol = (): Problem => unprocessable('no-protocol-adopted');
export const alreadyEnrolled = (): Problem => conflict('already-enrolled');
export const tooEarly = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
export const tooLate = (path: string, day: string): Problem => wrongField(path, 'not-after', { day });
export const enrolmentClosed = (): Problem => conflict('enrolment-closed');
export const alreadyPaused = (): Problem => conflict('enrolment-paused');
export const notPaused = (): Problem => conflict('enrolment-not-paused');
export const reviewNeeded = (): Problem => wrongField('reviewOn', 'required');
export const reasonNeeded = (): Problem => notChosen('reason');
export const formatNeeded = (): Problem => notChosen('explainedFormat');
export const nothingToAnnul = (): Problem => conflict('nothing-to-annul');
export const annulmentAfterMove = (): Problem => conflict('annulment-after-move');
export const annulmentTooLate = (days: number): Problem => conflict('annulment-too-late', { days });
export const publishedForGood = (): Problem => conflict('protocol-published');
export const alreadyAdopted = (): Problem => conflict('protocol-already-adopted');
export const notAdoptable = (): Problem => conflict('protocol-not-adoptable');
export const numberTaken = (next: number): Problem => wrongField('document', 'protocol-number-taken', { next });
export const stageNotInVersion = (): Problem => conflict('stage-not-in-version');
/** 422: an address says what it is about, and what was sent says something else. */
export const notOfThisAddress = (): Problem => unprocessable('not-of-this-address');
export const badDocument = (): Problem => wrongField('document', 'not-json');

/** 422: no protocol at all; each place with what is wrong there, ten at most. */
export function badShape(findings: Finding[]): Problem {
  return new Problem(422, 'invalid', { count: findings.length }, findings.slice(0, 10).map(({ at, values }) => ({ path: 'document', code: 'protocol-shape', values: { at, whole: at === '/' ? 'yes' : 'no', ...values } })), { findings });
}

/** 422: a document with what speaks against it, each with its place. */
export function notPublishable(findings: Finding[]): Problem {
  return new Problem(422, 'protocol-not-publishable', { count: findings.length }, [], { findings });
}
