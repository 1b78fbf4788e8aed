import type { Day as CalendarDay } from '../../platform/days';
import { wrongField, type FieldFault } from '../../platform/problem';
import { Day, Id, Many, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import type { JobFact } from '../placements';
import type { Anchor, Standing } from './calendar';
import type { Joined } from './chains';
import { ABSENT_WHY, CHANGES, CHANNELS, EMPLOYER_STATUSES, LEVELS, SIDES, STATUSES, TRIED, type AbsentWhy, type Change, type Channel, type Level, type Side, type Status, type Tried } from './retention.lists';

const ahead = (name: string, day: string | undefined, today: string | null): FieldFault[] => (today && day && day > today ? wrongField(name, 'not-after', { day: today }).fields : []);

/** The situation on the milestone's own day, whenever it is told. */
@Rule<AnswerMilestone>(['answeredOn'], ({ answeredOn }, { today }) => ahead('answeredOn', answeredOn, today))
@Rule<AnswerMilestone>(['absentSinceOn'], ({ absentSinceOn }, { today }) => ahead('absentSinceOn', absentSinceOn, today))
@Rule<AnswerMilestone>(['status', 'absentWhy'], ({ status, absentWhy }) => (status === 'absent' && !absentWhy ? wrongField('absentWhy', 'required', { choose: true }).fields : status !== 'absent' && absentWhy ? wrongField('absentWhy', 'absent-only').fields : null))
@Rule<AnswerMilestone>(['absentSinceOn', 'backOn'], ({ absentSinceOn, backOn }) => (absentSinceOn && backOn && backOn < absentSinceOn ? wrongField('backOn', 'not-before', { day: absentSinceOn }).fields : null))
@Rule<AnswerMilestone>(['side', 'level'], ({ side, level }) => (side === 'worker' && level === 'employer' ? wrongField('level', 'other-side').fields : side === 'employer' && level === 'worker' ? wrongField('level', 'other-side').fields : null))
@Rule<AnswerMilestone>(['side', 'status'], ({ side, status }) => (side === 'employer' && !EMPLOYER_STATUSES.includes(status) ? wrongField('status', 'not-of-employer').fields : null))
@Rule<AnswerMilestone>(['changed'], ({ changed }) => (changed?.includes('none') && changed.length > 1 ? wrongField('changed', 'none-alone').fields : null))
export class AnswerMilestone {
  @OneOf(SIDES) side!: Side;
  @OneOf(STATUSES, { description: 'The situation on the day of the milestone' }) status!: Status;
  @Day({ description: 'When it was told; never before the day of the milestone' }) answeredOn!: string;
  @OneOf(CHANNELS) channel!: Channel;
  @OneOf(LEVELS, { description: 'document: a file comes with it' }) level!: Level;
  @OneOf(ABSENT_WHY, { optional: true }) absentWhy?: AbsentWhy;
  @Day({ optional: true }) absentSinceOn?: string;
  @Day({ optional: true, description: 'Expected back' }) backOn?: string;
  @Many(CHANGES, { max: 6, optional: true, description: 'Six months after the exit, of who was in work at the entry: what is better at work than then; none: nothing of it. A higher wage alone is none of it' }) changed?: Change[];
  @Text({ max: 2000, optional: true, multiline: true }) note?: string;
}

@Rule<TryMilestone>(['triedOn'], ({ triedOn }, { today }) => ahead('triedOn', triedOn, today))
export class TryMilestone {
  @OneOf(SIDES) side!: Side;
  @Day() triedOn!: string;
  @OneOf(TRIED) channel!: Tried;
  @Text({ max: 500, optional: true, multiline: true }) note?: string;
}

/** Days without a job that a period in employment bridges. */
export class GapFilter {
  @Whole({ min: 0, max: 365, optional: true, description: 'Days without a job that a period in employment bridges; 30 when absent' }) gap?: number;
}

/** Whose answer the form is for. */
export class SideFilter {
  @OneOf(SIDES, { optional: true }) side?: Side;
}

export const SHOWN = ['now', 'late', 'month', 'all'] as const;
export const PAGE_SIZE = 50;

/** Which milestones the list shows. */
export class DueFilter {
  @OneOf(SHOWN, { optional: true, description: 'now (when absent): whose day has come; late: whose four weeks are over; month: whose day is in this month; all: those to come too' }) show?: (typeof SHOWN)[number];
  @Id({ optional: true, description: 'Of whom this coach leads' }) coach?: string;
  @OneOf(['due'], { optional: true }) sort?: 'due';
  @OneOf(['asc', 'desc'], { optional: true }) order?: 'asc' | 'desc';
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

/** A milestone that waits for an answer, in a list of several people. */
export interface DueMilestone {
  id: string;
  participantId: string;
  name: string;
  /** Who leads today. */
  coachName: string | null;
  /** Of which job; null after an exit. */
  job: string | null;
  anchor: Anchor;
  month: number;
  /** Who is asked: the person first, the employer only where they may be. */
  side: Side;
  dueOn: CalendarDay;
  untilOn: CalendarDay;
  standing: 'not-yet-due' | 'due' | 'late';
  /** Until when somebody put it off. */
  putOffUntil: CalendarDay | null;
}
export interface DueMilestonesPage {
  items: DueMilestone[];
  total: number;
  page: number;
  size: number;
}

export interface AnswerView {
  id: string;
  side: Side;
  status: Status;
  /** The day that it is about. */
  aboutOn: CalendarDay;
  answeredOn: CalendarDay;
  channel: Channel;
  level: Level;
  absence: { why: AbsentWhy; sinceOn: CalendarDay | null; backOn: CalendarDay | null } | null;
  /** What is better at work than at the entry; null where it is not asked. */
  changed: Change[] | null;
  documentId: string | null;
  note: string | null;
  recordedAt: string;
  recordedByName: string | null;
  /** False where a later one of the same side stands, or the milestone has another day by now. */
  counts: boolean;
}
export interface AttemptView {
  id: string;
  side: Side;
  triedOn: CalendarDay;
  channel: Tried;
  note: string | null;
  recordedByName: string | null;
}

/** One day on which a person's situation is asked. */
export interface MilestoneView {
  id: string;
  participantId: string;
  placementId: string | null;
  enrolmentId: string | null;
  anchor: Anchor;
  anchoredOn: CalendarDay;
  /** Months after the anchor; 0 after an exit is day 28. */
  month: number;
  /** The day M that the answer is about. */
  dueOn: CalendarDay;
  untilOn: CalendarDay;
  standing: Standing;
  /** The answers that count, side by side. */
  worker: AnswerView | null;
  employer: AnswerView | null;
  /** False where the person has not said that this employer may know of the support: then nobody asks there. */
  employerPermitted: boolean;
  /** The two sides do not say the same. */
  differs: boolean;
  /** Asked as well: what is better at work than at the entry (EECR06). */
  asksChange: boolean;
}
/** One thing of a person's history at work: what happened with a job, or what was answered on a milestone. */
export interface WorkFact {
  job: (JobFact & { joined: Joined | null }) | null;
  milestone: MilestoneFact | null;
}
/** An answer, where it stands in the history. */
export interface MilestoneFact {
  milestoneId: string;
  anchor: Anchor;
  month: number;
  side: Side;
  status: Status;
  level: Level;
  answeredOn: CalendarDay;
  /** The milestone's day is another one by now, or a later answer of the same side stands. */
  counts: boolean;
  note: string | null;
  recordedAt: string;
  recordedByName: string | null;
}
export interface MilestoneFile extends MilestoneView {
  answers: AnswerView[];
  attempts: AttemptView[];
}
/** A person's milestones, and the periods in employment that their jobs make. */
export interface MilestonesView {
  items: MilestoneView[];
  chains: { from: CalendarDay; to: CalendarDay | null; placementIds: string[]; gaps: { after: CalendarDay; days: number }[] }[];
}
