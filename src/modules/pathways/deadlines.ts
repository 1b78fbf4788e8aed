import { addDays, addMonths, daysBetween, type Day } from '../../platform/days';
import type { Want } from '../agenda';
import { after, stepsFrom } from './engine';
import type { Enrolment, EnrolmentAct, Happening, Referral, StepRow } from './entities';
import { reviewNeeded, tooEarly, tooLate } from './pathways.problems';
import type { Ready } from './readiness';
import { stageOf, stepOf, waits, type Kind, type Protocol, type Requirement, type Said, type Step, type Task } from './protocol';
import { timeEnds, titleOf } from './views';

const said = (title: Said): { title: Said } => ({ title });
/** How long before its end an entitlement asks to be renewed, in calendar months. */
const RENEWAL_MONTHS = 3;
/** How far ahead somebody who waits may be put off, in calendar months. */
const FURTHEST_REVIEW = 12;
/** Days within which a step is taken once nothing is missing, where its stage ends no earlier. */
const READY_DAYS = 14;
/** Days within which somebody looks at a step whose evidence has gone. */
const LOOK_DAYS = 14;
/** Days within which a condition is met that was missing when something happened. */
const MISSING_DAYS = 14;

export const stageKey = (enrolmentId: string): string => `pathways.stage:${enrolmentId}`;
export const readyKey = (enrolmentId: string): string => `pathways.ready:${enrolmentId}`;
export const taskKey = (enrolmentId: string, task: string): string => `pathways.task:${enrolmentId}:${task}`;
export const pauseKey = (enrolmentId: string): string => `pathways.pause:${enrolmentId}`;
export const missingKey = (enrolmentId: string, requirement: string): string => `pathways.missing:${enrolmentId}:${requirement}`;
export const evidenceKey = (enrolmentId: string, stepId: string): string => `pathways.evidence:${enrolmentId}:${stepId}`;
export const entitlementKey = (enrolmentId: string): string => `pathways.entitlement:${enrolmentId}`;

/** Who waits is told the day on which it is looked at again: not before the answer, and within the year. @throws Problem 422 */
export function checkReview(reviewOn: Day | undefined, answeredOn: Day): void {
  if (!reviewOn) throw reviewNeeded();
  if (reviewOn < answeredOn) throw tooEarly('reviewOn', answeredOn);
  if (reviewOn > addMonths(answeredOn, FURTHEST_REVIEW)) throw tooLate('reviewOn', addMonths(answeredOn, FURTHEST_REVIEW));
}

/**
 * The step that only waits to be taken, else the end of the time on a stage; the end of a pause; the end of an entitlement: what an enrolment wants where it stands,
 * whatever its steps opened.
 */
export function standingWants(enrolment: Enrolment, protocol: Protocol, referral: Referral, ready: Ready | null): Want[] {
  if (enrolment.closedOn) return [];
  const about = { participantId: enrolment.participantId, enrolmentId: enrolment.id, subject: { kind: 'enrolment', id: enrolment.id } };
  const wants: Want[] = [];
  const due = stageDue(enrolment, protocol, referral);
  const isFirst = protocol.stages[0]!.key === enrolment.stage;
  if (ready) {
    const { step, since } = ready;
    const within = addDays(since, READY_DAYS);
    wants.push({
      ...about, key: readyKey(enrolment.id), kind: 'step-ready', nature: isFirst ? 'request' : 'task', fromOn: since, dueOn: due && due < within ? due : within,
      forWhom: step.by.includes('coach') ? 'coach' : 'manager', subject: { kind: 'step', id: enrolment.id }, params: { ...said(titleOf(protocol, step.to)), key: step.key, step: step.title, since },
    });
  } else if (due) {
    const kind = isFirst ? 'answer-referral' : stageOf(protocol, enrolment.stage)?.aside ? 'review-waiting' : leadsOn(protocol, enrolment.stage) ? 'stage-due' : 'stage-review';
    // Somebody waits for the answer to a referral; the rest is work that we set ourselves.
    wants.push({ ...about, key: stageKey(enrolment.id), kind, nature: isFirst ? 'request' : 'task', fromOn: isFirst ? enrolment.referredOn : addMonths(due, -1), dueOn: due, forWhom: 'coach', params: said(titleOf(protocol, enrolment.stage)) });
  }
  if (enrolment.pausedOn && enrolment.pauseUntil) {
    wants.push({ ...about, key: pauseKey(enrolment.id), kind: 'pause-ends', fromOn: enrolment.pauseUntil, dueOn: enrolment.pauseUntil, forWhom: 'coach' });
  }
  if (referral.entitlementUntil) {
    wants.push({
      ...about, key: entitlementKey(enrolment.id), kind: 'entitlement-ends', nature: 'warning', fromOn: addMonths(referral.entitlementUntil, -RENEWAL_MONTHS), dueOn: referral.entitlementUntil,
      forWhom: 'coach', subject: { kind: 'referral', id: referral.id }, params: { until: referral.entitlementUntil },
    });
  }
  return wants;
}

/** The end of the time on the stage on which an enrolment stands. */
export function stageDue(enrolment: Enrolment, protocol: Protocol, referral: Referral): Day | null {
  const due = timeEnds(enrolment, protocol);
  // Who waits is looked at again on the day that was told to them.
  return due && stageOf(protocol, enrolment.stage)?.aside && referral.reviewOn ? referral.reviewOn : due;
}

/** Days during which the clock of an enrolment stands still. */
export interface Pause {
  on: Day;
  until: Day;
}

/** Those that have ended, as they ended; the one that runs, as it is planned. */
export function pausesOf(enrolment: Enrolment, acts: readonly EnrolmentAct[]): Pause[] {
  const ended = acts.filter((act) => act.enrolmentId === enrolment.id && act.kind === 'resumed').map(({ happenedOn, days }) => ({ on: addDays(happenedOn, -(days ?? 0)), until: happenedOn }));
  return enrolment.pausedOn && enrolment.pauseUntil ? [...ended, { on: enrolment.pausedOn, until: enrolment.pauseUntil }] : ended;
}

/** What is due from a day on, moved by the days that pauses took since; in a pause it shows on its last day. */
function clocked(enrolment: Enrolment, pauses: readonly Pause[], since: Day, due: Day): { fromOn: Day; dueOn: Day } {
  const stopped = pauses.reduce((days, { on, until }) => days + Math.max(0, daysBetween(on > since ? on : since, until)), 0);
  return { fromOn: enrolment.pausedOn && enrolment.pauseUntil ? enrolment.pauseUntil : since, dueOn: addDays(due, stopped) };
}

/** False on the last stage that this version knows: ways out lead nowhere, and coming back to the same stage leads no further. */
export function leadsOn(protocol: Protocol, stage: string): boolean {
  return stepsFrom(protocol, stage).some((step) => step.to !== stage && stageOf(protocol, step.to)?.end !== 'exit' && !waits(stageOf(protocol, step.to)));
}

/** What a task is about, by the fact that closes it: the page on which it is done follows from it. */
const WHERE_MET: Partial<Record<Kind, string>> = {
  activities: 'contact', profile: 'plan', plan: 'plan', supports: 'plan', agreement: 'plan', 'first-day-worked': 'job', milestone: 'job',
};

/** What a task is about that a later module closes (OpenTasks.done), or a hand where it was done elsewhere. */
const WHERE_DONE: Readonly<Record<string, string>> = {
  profile: 'plan', 'benefits-advice': 'benefits-advice', needs: 'needs', 'disclosure-sheet': 'disclosure', 'two-party-agreement': 'agreement', 'three-party-agreement': 'agreement',
};

/** The dated tasks that one step opens. What a fact can close is not ticked off by hand. */
export function taskWants(enrolment: Enrolment, protocol: Protocol, step: Pick<StepRow, 'key' | 'effectiveOn'>, pauses: readonly Pause[]): { task: Task; want: Want }[] {
  const rule = step.key ? stepOf(protocol, step.key) : undefined;
  return (rule?.opens ?? []).map((task) => {
    const byFact = factTaskKeys(protocol).has(task.key);
    const asked = byFact && protocol.steps.flatMap((step) => step.requires).find((one) => one.key === task.key)!.kind;
    const about = (asked && WHERE_MET[asked]) || WHERE_DONE[task.key] || 'enrolment';
    const contact = contactOf(protocol, task);
    return {
      task,
      want: {
        participantId: enrolment.participantId, enrolmentId: enrolment.id, key: taskKey(enrolment.id, task.key), kind: 'protocol-task',
        ...clocked(enrolment, pauses, step.effectiveOn, after(step.effectiveOn, task.within)), forWhom: task.forWhom,
        subject: { kind: about, id: about === 'enrolment' ? enrolment.id : null }, params: { ...said(task.title), ...(contact ? { contact } : {}) }, byHand: !byFact,
      },
    };
  });
}

/** A condition that was missing when something happened: asked for from the day on which that was learned. */
export function missingWant(enrolment: Enrolment, step: Step, requirement: Requirement, { learnedOn }: Pick<Happening, 'learnedOn'>, pauses: readonly Pause[]): Want {
  return {
    participantId: enrolment.participantId, enrolmentId: enrolment.id, key: missingKey(enrolment.id, requirement.key), kind: 'condition-missing',
    ...clocked(enrolment, pauses, learnedOn, addDays(learnedOn, MISSING_DAYS)),
    forWhom: step.by.includes('coach') ? 'coach' : 'manager', subject: { kind: 'step', id: enrolment.id }, params: { ...said(requirement.title), key: step.key, step: step.title },
  };
}

/** What a step rested on has gone: told from the first day on which some of it had. @param gone the lines that say so */
export function evidenceWant(enrolment: Enrolment, protocol: Protocol, step: StepRow, gone: readonly EnrolmentAct[]): Want {
  const since = gone.map(({ happenedOn }) => happenedOn).sort()[0]!;
  return {
    participantId: enrolment.participantId, enrolmentId: enrolment.id, key: evidenceKey(enrolment.id, step.id), kind: 'evidence-gone', nature: 'warning', fromOn: since, dueOn: addDays(since, LOOK_DAYS),
    forWhom: 'coach', subject: { kind: 'enrolment', id: enrolment.id }, params: { ...said(stepOf(protocol, step.key!)!.title), on: step.effectiveOn }, byHand: true,
  };
}

/** The kind of contact that a task waits for: the first that its requirement names. */
function contactOf(protocol: Protocol, task: Task): string | null {
  const asked = protocol.steps.flatMap((step) => step.requires).find((one) => one.key === task.key && one.kind === 'activities')?.params?.kinds;
  return Array.isArray(asked) ? (asked as readonly string[])[0] ?? null : null;
}

/** Tasks that bear the key of a requirement: the fact that meets it closes them. */
export function factTaskKeys(protocol: Protocol): Set<string> {
  const requirements = new Set(protocol.steps.flatMap((step) => step.requires.map((one) => one.key)));
  return new Set(protocol.steps.flatMap((step) => (step.opens ?? []).map((task) => task.key)).filter((key) => requirements.has(key)));
}

/** Steps that stand: neither annulments nor what they took back, in order. */
export function standing(steps: readonly StepRow[]): StepRow[] {
  const annulled = new Set(steps.map((step) => step.annuls));
  return steps.filter((step) => step.annuls === null && !annulled.has(step.id));
}
