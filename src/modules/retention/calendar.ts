import { addDays, addMonths, type Day } from '../../platform/days';

/** Months after the first day worked at which a person's situation is asked. */
export const MONTHS = [1, 3, 6, 9, 12, 18, 24, 36] as const;
/** Months after the exit; 0 stands for the twenty-eighth day, on which EECR01 to EECR04 are read, 6 for EECR05 and EECR06. */
export const AFTER_EXIT = [0, 6] as const;
/** Weeks after the first day worked in which the coach is in touch. */
export const SUPPORT_WEEKS = [1, 2, 3] as const;
/** An answer is in time until so many days after M; later ones are welcome and count. */
export const WINDOW_DAYS = 28;

/** What a milestone counts from: the first day worked; the admission of somebody already in work (delayed entry); the exit. */
export const ANCHORS = ['first-day', 'admission', 'exit'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** A milestone as the facts want it: of a job, or of the exit from an enrolment. */
export interface Planned {
  placementId: string | null;
  enrolmentId: string | null;
  anchor: Anchor;
  anchoredOn: Day;
  /** Months after the anchor; 0 after an exit is day 28. */
  month: number;
  /** The day M that the answer is about. */
  dueOn: Day;
}
/** A milestone as it is kept. */
export type Kept = Planned & { id: string; cancelled: boolean };

export interface Job {
  id: string;
  firstDayOn: Day | null;
  state: string;
}
export interface Enrolled {
  id: string;
  admittedOn: Day | null;
  closedOn: Day | null;
  closeReason: string | null;
}

/** The day M: months are calendar months, clamped to the end of a shorter one, each counted from the anchor and never from the milestone before. */
export function dueOn(anchor: Anchor, anchoredOn: Day, month: number): Day {
  return anchor === 'exit' && month === 0 ? addDays(anchoredOn, WINDOW_DAYS) : addMonths(anchoredOn, month);
}

/** The last day of the window of M. */
export const untilOf = (due: Day): Day => addDays(due, WINDOW_DAYS);

/** All milestones that a person's jobs and exits ask for. */
export function wantedOf(jobs: readonly Job[], enrolments: readonly Enrolled[]): Planned[] {
  return [...jobs.flatMap((job) => ofJob(job, enrolments)), ...enrolments.flatMap((one) => afterExit(one, enrolments))];
}

/**
 * Of one job. Who was in work when the support began is asked from the admission on (EA-09): nobody saw the time before it.
 * A job that began under one support is counted from its first day, whatever follows.
 */
function ofJob({ id, firstDayOn, state }: Job, enrolments: readonly Enrolled[]): Planned[] {
  if (!firstDayOn || state === 'annulled') return [];
  const first = enrolments.map((one) => one.admittedOn).filter((one) => one !== null).sort()[0];
  const [anchor, anchoredOn]: [Anchor, Day] = first && first > firstDayOn ? ['admission', first] : ['first-day', firstDayOn];
  return MONTHS.map((month) => ({ placementId: id, enrolmentId: null, anchor, anchoredOn, month, dueOn: dueOn(anchor, anchoredOn, month) }));
}

/** What is asked after the last support has ended; nothing of the dead, nor of who goes on in another support. */
function afterExit(one: Enrolled, all: readonly Enrolled[]): Planned[] {
  const { id, admittedOn, closedOn } = one;
  if (!admittedOn || !closedOn || one.closeReason === 'deceased') return [];
  const goesOn = all.some((other) => other.id !== id && other.admittedOn && other.admittedOn <= closedOn && (!other.closedOn || other.closedOn > closedOn || (other.closedOn === closedOn && other.id > id)));
  return goesOn ? [] : AFTER_EXIT.map((month) => ({ placementId: null, enrolmentId: id, anchor: 'exit', anchoredOn: closedOn, month, dueOn: dueOn('exit', closedOn, month) }));
}

export interface Replanned {
  add: Planned[];
  /** Another day, or wanted again. */
  change: { id: string; to: Planned }[];
  cancel: string[];
}

/** What has to change so that what is kept is what is wanted. Nothing that is kept goes: what is not wanted is cancelled, with its answers, and comes back with them. */
export function replan(kept: readonly Kept[], wanted: readonly Planned[]): Replanned {
  const known = new Map(kept.map((one) => [nameOf(one), one]));
  const plan: Replanned = { add: [], change: [], cancel: [] };
  const names = new Set<string>();
  for (const want of wanted) {
    const name = nameOf(want);
    if (names.has(name)) continue;
    names.add(name);
    const now = known.get(name);
    if (!now) plan.add.push(want);
    else if (now.cancelled || now.anchor !== want.anchor || now.anchoredOn !== want.anchoredOn || now.dueOn !== want.dueOn) plan.change.push({ id: now.id, to: want });
  }
  plan.cancel = kept.filter((one) => !one.cancelled && !names.has(nameOf(one))).map((one) => one.id);
  return plan;
}

const nameOf = (one: Planned): string => `${one.placementId ?? ''} ${one.enrolmentId ?? ''} ${one.month}`;

/** The contacts of the first weeks: one in each of the weeks 1, 2 and 3. */
export function supportContacts(firstDay: Day): { week: number; fromOn: Day; dueOn: Day }[] {
  return SUPPORT_WEEKS.map((week) => ({ week, fromOn: addDays(firstDay, 7 * (week - 1)), dueOn: addDays(firstDay, 7 * week) }));
}

/** True where an answer is about the situation on M, given on or after it: an earlier contact never is, nor one about a day beyond the window when M has moved. */
export function fits(answer: { aboutOn: Day; answeredOn: Day }, due: Day): boolean {
  return answer.answeredOn >= due && answer.aboutOn >= due && answer.aboutOn <= untilOf(due);
}

export const STANDINGS = ['not-yet-due', 'due', 'late', 'answered', 'unknown', 'refused', 'not-asked', 'job-ended', 'cancelled'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Given {
  dueOn: Day;
  cancelled: boolean;
  /** The worker's answer that counts. */
  status: string | null;
  /** The last day worked of its job, where that has ended. */
  endedOn: Day | null;
  /** Whether somebody may still be asked: after the exit, by the person's own answer. */
  calls: 'yes' | 'refused' | 'not-answered';
}

/** How a milestone stands on a day. */
export function standingOf({ dueOn: due, cancelled, status, endedOn, calls }: Given, today: Day): Standing {
  if (cancelled) return 'cancelled';
  if (status) return status === 'unknown' || status === 'refused' ? status : 'answered';
  if (endedOn && endedOn < due) return 'job-ended';
  if (calls !== 'yes') return calls === 'refused' ? 'refused' : 'not-asked';
  if (today < due) return 'not-yet-due';
  return today > untilOf(due) ? 'late' : 'due';
}
