import type { Day as CalendarDay } from '../../platform/days';
import { wrongField, type FieldFault } from '../../platform/problem';
import { Day, OneOf, Rule, Text } from '../../platform/web/fields';
import type { Anchor, Standing } from './calendar';
import { ABSENT_WHY, CHANNELS, EMPLOYER_STATUSES, LEVELS, SIDES, STATUSES, TRIED, type AbsentWhy, type Channel, type Level, type Side, type Status, type Tried } from './retention.lists';

const ahead = (name: string, day: string | undefined, today: string | null): FieldFault[] => (today && day && day > today ? wrongField(name, 'not-after', { day: today }).fields : []);

/** The situation on the milestone's own day, whenever it is told. */
@Rule<AnswerMilestone>(['answeredOn'], ({ answeredOn }, { today }) => ahead('answeredOn', answeredOn, today))
@Rule<AnswerMilestone>(['absentSinceOn'], ({ absentSinceOn }, { today }) => ahead('absentSinceOn', absentSinceOn, today))
@Rule<AnswerMilestone>(['status', 'absentWhy'], ({ status, absentWhy }) => (status === 'absent' && !absentWhy ? wrongField('absentWhy', 'required', { choose: true }).fields : status !== 'absent' && absentWhy ? wrongField('absentWhy', 'absent-only').fields : null))
@Rule<AnswerMilestone>(['absentSinceOn', 'backOn'], ({ absentSinceOn, backOn }) => (absentSinceOn && backOn && backOn < absentSinceOn ? wrongField('backOn', 'not-before', { day: absentSinceOn }).fields : null))
@Rule<AnswerMilestone>(['side', 'level'], ({ side, level }) => (side === 'worker' && level === 'employer' ? wrongField('level', 'other-side').fields : side === 'employer' && level === 'worker' ? wrongField('level', 'other-side').fields : null))
@Rule<AnswerMilestone>(['side', 'status'], ({ side, status }) => (side === 'employer' && !EMPLOYER_STATUSES.includes(status) ? wrongField('status', 'not-of-employer').fields : null))
export class AnswerMilestone {
  @OneOf(SIDES) side!: Side;
  @OneOf(STATUSES, { description: 'The situation on the day of the milestone' }) status!: Status;
  @Day({ description: 'When it was told; never before the day of the milestone' }) answeredOn!: string;
  @OneOf(CHANNELS) channel!: Channel;
  @OneOf(LEVELS, { description: 'document: a file comes with it' }) level!: Level;
  @OneOf(ABSENT_WHY, { optional: true }) absentWhy?: AbsentWhy;
  @Day({ optional: true }) absentSinceOn?: string;
  @Day({ optional: true, description: 'Expected back' }) backOn?: string;
  @Text({ max: 2000, optional: true, multiline: true }) note?: string;
}

@Rule<TryMilestone>(['triedOn'], ({ triedOn }, { today }) => ahead('triedOn', triedOn, today))
export class TryMilestone {
  @OneOf(SIDES) side!: Side;
  @Day() triedOn!: string;
  @OneOf(TRIED) channel!: Tried;
  @Text({ max: 500, optional: true, multiline: true }) note?: string;
}

/** Whose answer the form is for. */
export class SideFilter {
  @OneOf(SIDES, { optional: true }) side?: Side;
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
