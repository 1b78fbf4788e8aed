import type { Role } from '../../../platform/access/actor';
import type { Day } from '../../../platform/days';
import { withBack } from '../../../platform/web/back';
import { isLate, type EntryView } from '../../agenda';
import { whereOf, type ParticipantHeader } from '../register/participant.header';
import type { ConditionView, Said, VerdictView } from '../../pathways';

/** Level of evidence, from one bar to four. */
const LEVELS: Record<string, number> = { coach: 1, worker: 2, employer: 3, document: 4 };

/** One condition as the page draws it. */
export interface ConditionShown extends ConditionView {
  /** Highest level of its evidence, 1 to 4; null where there is none. */
  level: number | null;
  levelName: string | null;
  /** What is missing in numbers says more than "0 of 1". */
  counted: boolean;
}

/** A step as the page shows it: whether it is open, and what its form asks beside the day. */
export interface StepShown extends Omit<VerdictView, 'met' | 'unmet' | 'opens'> {
  met: ConditionShown[];
  unmet: ConditionShown[];
  /** What it makes due: within so many days, or months of the calendar. */
  opens: { key: string; title: Said; days: number | null; months: number | null }[];
  /** The button exists only then. */
  open: boolean;
  /** A manager may let it pass, with a reason. */
  deviation: boolean;
  asks: { reason: boolean; reviewOn: boolean; explainedFormat: boolean };
}

/** What is to be done on a pathway beside its next step: what steps opened, and what was missing when something happened. */
export interface TaskShown extends Pick<EntryView, 'id' | 'kind' | 'params' | 'dueOn' | 'postponed' | 'version'> {
  late: boolean;
  /** The page on which it is done; null where it is only ticked off. */
  href: string | null;
  /** It may be ticked off. */
  byHand: boolean;
  act: string;
  done: string;
  postpone: string;
}

const TASKS = ['protocol-task', 'condition-missing', 'evidence-gone', 'contact-after-job'];

/** Kinds of next action that a step answers. */
const ABOUT_THE_STAGE = ['answer-referral', 'review-waiting', 'stage-due', 'stage-review'];
const ABOUT_THE_FORM = [null, 'reason-needed'];

/** @param back the page on which the step is taken: whoever goes to meet a condition comes back to it */
export function stepShown(verdict: VerdictView, back: string): StepShown {
  const shown = (one: ConditionView): ConditionShown => conditionShown(one, back);
  const unmet = verdict.unmet.map(shown);
  return {
    ...verdict, opens: verdict.opens.map(({ key, title, within }) => ({ key, title, days: within.weeks !== undefined ? within.weeks * 7 : within.days ?? null, months: within.months ?? null })),
    met: verdict.met.map(shown), unmet, open: unmet.length === 0 && ABOUT_THE_FORM.includes(verdict.refusal),
    deviation: unmet.length > 0 && verdict.mayDeviate && ['unmet', 'before-its-facts', 'reason-needed'].includes(verdict.refusal ?? ''),
    asks: { ...verdict.asks, reason: verdict.reasons.length > 0 },
  };
}

function conditionShown(one: ConditionView, back: string): ConditionShown {
  const [best = null] = one.evidence.map(({ level }) => level).sort((a, b) => (LEVELS[b] ?? 0) - (LEVELS[a] ?? 0));
  const missing = one.missing.map((part) => ({ ...part, where: part.where && withBack(part.where, back) }));
  return { ...one, missing, where: one.where && withBack(one.where, back), level: best ? LEVELS[best] ?? null : null, levelName: best, counted: one.need > 1 };
}

/** On along the line, or the review of a stage; waiting and ways out are offered beside it. */
export function isOnward(step: StepShown, stage: string): boolean {
  return step.toEnd !== 'exit' && (!step.asks.reviewOn || step.to === stage);
}

/** Those to be done, the first that is due first. */
export function tasksShown(entries: readonly EntryView[], here: string, today: Day): TaskShown[] {
  return entries.filter((one) => TASKS.includes(one.kind)).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).map((one) => {
    const { id, kind, params, dueOn, postponed, version } = one;
    return {
      id, kind, params, dueOn, postponed, version, late: isLate(one, today), href: one.byHand && one.subject.kind === 'enrolment' ? null : withBack(whereOf(one), here), byHand: one.byHand,
      act: one.subject.kind === 'contact' ? 'participants.next.contact' : one.subject.kind === 'plan' ? 'participants.next.plan' : one.subject.kind === 'step' ? 'participants.next.conditions' : 'participants.next.do', done: withBack(`/agenda/${id}/done`, here), postpone: withBack(`/agenda/${id}/postpone`, here),
    };
  });
}

/** The header on the tab itself: its button leads to the step that is next, to the task in its list, else to a contact, and never to the tab again. */
export function onwardFrom(header: ParticipantHeader, here: string, enrolments: readonly { id: string; href: string; closedOn: string | null; paused: object | null; onward: readonly StepShown[]; tasks: readonly TaskShown[] }[]): ParticipantHeader {
  const { next } = header;
  if (next?.href !== here) return header;
  const listed = enrolments.find((one) => one.tasks.some(({ id }) => id === next.id));
  if (listed) return { ...header, next: { ...next, href: `${here}#todo-${listed.id}`, act: 'participants.next.task' } };
  const paused = next.kind === 'pause-ends' ? enrolments.find((one) => one.paused) : undefined;
  if (paused) return { ...header, next: { ...next, href: `${here}#acts-${paused.id}`, act: 'participants.pathwayPage.resume' } };
  const ways = ABOUT_THE_STAGE.includes(next.kind) ? enrolments.filter((one) => !one.closedOn).flatMap(({ href, onward }) => onward.map((step) => ({ step, href: `${href}/steps/${step.step}` }))) : [];
  // Who waits is looked at again; whether there is a place is then another step.
  const review = next.kind === 'review-waiting' ? ways.find(({ step }) => step.asks.reviewOn) : undefined;
  const way = review ?? ways[0];
  const act = review ? 'participants.next.review' : way ? 'participants.next.conditions' : 'participants.next.contact';
  return { ...header, next: { ...next, href: way?.href ?? withBack(`/activities/new?participant=${header.id}`, here), act } };
}

/** Who acts now on what is missing: the person where only the person can answer, else whoever accompanies. */
export function actsNow(unmet: readonly ConditionView[], role: Role): { missing: number; person: ConditionView[]; manager: boolean } {
  const person = unmet.filter((one) => ['informed', 'consent', 'agrees'].includes(one.kind));
  return { missing: unmet.length, person, manager: role !== 'manager' };
}
