import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { Answer } from '../participants';
import type { GoalState, ActionState, PlanKind, Relation, Who } from './plan.choices';

/** What a person and their coach set out to do on one pathway: one open plan of each kind. */
@Entity('plan')
export class Plan {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') kind!: PlanKind;
  @Column('date', { name: 'opened_on' }) openedOn!: Day;
  @Column('date', { name: 'review_on', nullable: true }) reviewOn!: Day | null;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: Day | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

/** The person's yes to the goals as they were, and who validated that. A change of goals asks for another one; this one stays, with the day on which it no longer held. */
@Entity('plan_agreement')
export class PlanAgreement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'plan_id' }) planId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'agreed_on' }) agreedOn!: Day;
  @Column('text') format!: string;
  @Column('text') giver!: Answer['giver'];
  /** Who signed beside the person, where law asks for it. */
  @Column('text', { name: 'co_signer', nullable: true }) coSigner!: string | null;
  @Column('date', { name: 'validated_on', nullable: true }) validatedOn!: Day | null;
  @Column('uuid', { name: 'validated_by', nullable: true }) validatedBy!: string | null;
  @Column('text', { name: 'validated_as', nullable: true }) validatedAs!: 'coach' | 'manager' | null;
  @Column('date', { name: 'superseded_on', nullable: true }) supersededOn!: Day | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}

@Entity('plan_goal')
export class PlanGoal {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'plan_id' }) planId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') words!: string;
  @Column('boolean', { name: 'own_words' }) ownWords!: boolean;
  @Column('int') position!: number;
  /** The day on which it was set. */
  @Column('date', { name: 'added_on' }) addedOn!: Day;
  @Column('date', { name: 'dropped_on', nullable: true }) droppedOn!: Day | null;
  @Column('date', { name: 'reached_on', nullable: true }) reachedOn!: Day | null;
  @Column('int') version!: number;
}

@Entity('plan_action')
export class PlanAction {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'plan_id' }) planId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') what!: string;
  @Column('text') who!: Who;
  /** The day on which it was decided. */
  @Column('date', { name: 'added_on' }) addedOn!: Day;
  @Column('date', { name: 'due_on' }) dueOn!: Day;
  @Column('date', { name: 'done_on', nullable: true }) doneOn!: Day | null;
  @Column('date', { name: 'dropped_on', nullable: true }) droppedOn!: Day | null;
  @Column('int') position!: number;
  @Column('int') version!: number;
}

/** Somebody who helps without being paid for it, or the answer that nobody is needed. */
@Entity('natural_support')
export class NaturalSupport {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('boolean', { name: 'none_needed' }) noneNeeded!: boolean;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) relation!: Relation | null;
  @Column('text', { name: 'for_what', nullable: true }) forWhat!: string | null;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  /** The first day on which it no longer holds. */
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}

/** A plan with all that hangs on it. */
export interface WholePlan {
  plan: Plan;
  goals: PlanGoal[];
  actions: PlanAction[];
  /** The latest first. */
  agreements: PlanAgreement[];
}

export const goalState = (goal: Pick<PlanGoal, 'droppedOn' | 'reachedOn'>): GoalState => (goal.droppedOn ? 'dropped' : goal.reachedOn ? 'reached' : 'current');
export const actionState = (action: Pick<PlanAction, 'doneOn' | 'droppedOn'>): ActionState => (action.droppedOn ? 'dropped' : action.doneOn ? 'done' : 'open');

/** What the person has agreed to, on a day. */
export function agreedOn(agreements: readonly PlanAgreement[], day: Day): PlanAgreement | null {
  return agreements.find((one) => one.agreedOn <= day && (one.supersededOn === null || one.supersededOn > day)) ?? null;
}

/** What stands now. */
export function standingAgreement(agreements: readonly PlanAgreement[]): PlanAgreement | null {
  return agreements.find((one) => one.supersededOn === null) ?? null;
}

/** The first day on which the person can have agreed to the goals as they are: none of them is newer, and none was changed since. */
export function earliestAgreement({ plan, goals, agreements }: Pick<WholePlan, 'plan' | 'goals' | 'agreements'>): Day {
  const set = goals.filter((one) => one.droppedOn === null).map((one) => one.addedOn);
  return [plan.openedOn, ...set, ...agreements.flatMap((one) => one.supersededOn ?? [])].sort().at(-1)!;
}
