import type { Role } from '../../platform/access/actor';
import { addDays, addMonths, daysBetween, type Day } from '../../platform/days';
import { stageOf, stepOf, type Protocol, type Requirement, type Step, type Within } from './protocol';

/**
 * The engine of pathways: pure. It knows no database and no clock; facts are gathered before.
 * The same verdict draws the page's possible acts and refuses the step.
 */

/** Days after which only a manager dates a step back. */
export const BACK_DATING_DAYS = 90;
/** Days during which the coach annuls; after them a manager. */
export const ANNULMENT_DAYS = 7;

/** Where an enrolment stands. */
export interface Standing {
  stage: string;
  since: Day;
  closed: boolean;
  pausedOn: Day | null;
  /** Whole days that earlier pauses took away from this stage's time. */
  pausedDays: number;
}

/** What a module says of one requirement, on the day asked for. */
export interface Fact {
  /** How much there is, and how much it takes: "2 of 4". */
  have: number;
  need: number;
  /** The day on which it was met; null while it is not. A step is not dated before its facts. */
  metOn: Day | null;
  evidence: { kind: string; id: string | null; level: 'coach' | 'worker' | 'employer' | 'document' }[];
  /** The page on which it is met. */
  where: string | null;
  /** What is missing: a code that stays, the key of the words that name it, and the page on which it alone is met. */
  missing: readonly { code: string; words: string; where?: string }[];
  /** The person has said no. Nobody lets that pass: no deviation goes beyond it. */
  refused?: boolean;
}
export type Facts = ReadonlyMap<string, Fact>;

export interface Condition {
  requirement: Requirement;
  fact: Fact | null;
}
export type Refusal = 'unknown-step' | 'closed' | 'not-from-here' | 'not-this-role' | 'in-the-future' | 'before-last-step' | 'before-its-facts' | 'too-long-ago' | 'unmet' | 'reason-needed' | 'deviation-not-allowed';

export interface Verdict {
  step: string;
  allowed: boolean;
  /** Why not, apart from unmet requirements. */
  refusal: Refusal | null;
  met: Condition[];
  unmet: Condition[];
  /** True when this role may let it pass all the same, with a reason. */
  mayDeviate: boolean;
}

export interface Attempt {
  step: string;
  role: Role;
  effectiveOn: Day;
  today: Day;
  reason?: string | null;
  deviation?: string | null;
}

/** True when the fact is there in full, by the day of the step. */
export function isMet(fact: Fact | undefined, on: Day): boolean {
  return fact !== undefined && fact.have >= fact.need && fact.metOn !== null && fact.metOn <= on;
}

/**
 * Facts of a step that is dated back: where one was missing on that day and is met today, today's says since when, so that whoever dates is told which day would do.
 * @param then as of the day of the step; @param now as of today
 */
export function laterFacts(then: Facts, now: Facts, on: Day, today: Day): Facts {
  return new Map([...then].map(([key, fact]) => {
    const later = now.get(key);
    return [key, later && isMet(later, today) && !isMet(later, on) && !isMet(fact, on) && !fact.refused ? later : fact];
  }));
}

/** May this step be taken, now, by this role, dated so? Every reason against it is in the answer. */
export function judge(protocol: Protocol, standing: Standing, attempt: Attempt, facts: Facts): Verdict {
  const step = stepOf(protocol, attempt.step);
  if (!step) return { step: attempt.step, allowed: false, refusal: 'unknown-step', met: [], unmet: [], mayDeviate: false };
  const conditions = step.requires.map((requirement): Condition => ({ requirement, fact: facts.get(requirement.key) ?? null }));
  const met = conditions.filter(({ fact }) => isMet(fact ?? undefined, attempt.effectiveOn));
  const unmet = conditions.filter((one) => !met.includes(one));
  const mayDeviate = unmet.length > 0 && !unmet.some(({ fact }) => fact?.refused) && (step.deviation ?? []).some((role) => role === attempt.role);
  const refusal = refusalOf(step, stageOf(protocol, standing.stage)?.end, standing, attempt, unmet, mayDeviate);
  return { step: step.key, allowed: refusal === null, refusal, met, unmet, mayDeviate };
}

function refusalOf(step: Step, end: 'success' | 'exit' | undefined, standing: Standing, attempt: Attempt, unmet: Condition[], mayDeviate: boolean): Refusal | null {
  // From a success one may come back; from an exit nobody does: a new enrolment begins.
  if (standing.closed && end !== 'success') return 'closed';
  if (!step.from.includes(standing.stage)) return 'not-from-here';
  if (!mayTake(step, attempt.role)) return 'not-this-role';
  if (attempt.effectiveOn > attempt.today) return 'in-the-future';
  if (attempt.effectiveOn < standing.since) return 'before-last-step';
  if (daysBetween(attempt.effectiveOn, attempt.today) > BACK_DATING_DAYS && attempt.role !== 'manager' && attempt.role !== 'system') return 'too-long-ago';
  if (step.reasons && !step.reasons.some((one) => one.key === attempt.reason)) return 'reason-needed';
  if (unmet.length === 0) return null;
  if (attempt.deviation?.trim()) return mayDeviate ? null : 'deviation-not-allowed';
  return unmet.every(({ fact }) => fact !== null && isMet(fact, attempt.today)) ? 'before-its-facts' : 'unmet';
}

function mayTake(step: Step, role: Role): boolean {
  return (role === 'system' && step.on !== undefined) || step.by.some((one) => one === role);
}

/** The steps that lead on from where the enrolment stands. */
export function stepsFrom(protocol: Protocol, stage: string): Step[] {
  return protocol.steps.filter((step) => step.from.includes(stage));
}

/** A day and a length of time: months by the calendar. */
export function after(day: Day, within: Within): Day {
  if (within.months !== undefined) return addMonths(day, within.months);
  return addDays(day, within.weeks !== undefined ? within.weeks * 7 : within.days ?? 0);
}

/** Until when the enrolment may stand where it stands; null where the stage sets no limit, or while the clock is stopped by a pause. */
export function dueOn(protocol: Protocol, standing: Standing): Day | null {
  const within = stageOf(protocol, standing.stage)?.within;
  if (!within || standing.closed || standing.pausedOn) return null;
  return addDays(after(standing.since, within), standing.pausedDays);
}

/** May this role take back the last step, recorded on this day? */
export function mayAnnul(role: Role, recordedOn: Day, today: Day): boolean {
  return role === 'manager' || (role === 'coach' && daysBetween(recordedOn, today) <= ANNULMENT_DAYS);
}

export type StoneState = 'done' | 'now' | 'todo' | 'skip';
/** The stage track: the line's stages in order, with what has become of each. @param visited stage → first day on it, in order */
export function track(protocol: Protocol, standing: Standing, visited: ReadonlyMap<string, Day>): { key: string; state: StoneState; on: Day | null }[] {
  const line = protocol.stages.filter((stage) => !stage.aside && stage.end !== 'exit');
  const at = line.findIndex((stage) => stage.key === standing.stage);
  const furthest = at >= 0 ? at : Math.max(-1, ...line.map((stage, index) => (visited.has(stage.key) ? index : -1)));
  return line.map((stage, index) => {
    if (index === at) return { key: stage.key, state: stage.end ? 'done' : 'now', on: standing.since };
    if (index < furthest || (at < 0 && index === furthest)) return { key: stage.key, state: visited.has(stage.key) ? 'done' : 'skip', on: visited.get(stage.key) ?? null };
    return { key: stage.key, state: 'todo', on: null };
  });
}
