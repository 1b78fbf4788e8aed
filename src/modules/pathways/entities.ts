import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { Pathway, Protocol } from './protocol';

/** A protocol's document; once published it never changes. */
@Entity('protocol_version')
export class ProtocolVersion {
  @PrimaryColumn('uuid') id!: string;
  /** Null for those that come with the product. */
  @Column('uuid', { name: 'federation_id', nullable: true }) federationId!: string | null;
  @Column('text') pathway!: Pathway;
  @Column('int') number!: number;
  @Column('text') state!: 'draft' | 'published';
  @Column('jsonb') document!: Protocol;
  @Column('text', { nullable: true }) hash!: string | null;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'published_by', nullable: true }) publishedBy!: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  @Column('int') version!: number;
}

/** One person in one operation: first entry, last exit. */
@Entity('participation')
export class Participation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'operation_id' }) operationId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'entered_on' }) enteredOn!: Day;
  @Column('date', { name: 'left_on', nullable: true }) leftOn!: Day | null;
  @Column('int') version!: number;
}

/**
 * One participant on one pathway, from referral to exit. Its stage is written by the database alone, from a row of `step`:
 * the columns marked so are neither inserted nor updated by us, and the run-time role may not.
 */
@Entity('enrolment')
export class Enrolment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'participation_id', nullable: true }) participationId!: string | null;
  @Column('text') pathway!: Pathway;
  @Column({ type: 'uuid', name: 'protocol_version_id', update: false }) protocolVersionId!: string;
  @Column({ type: 'uuid', name: 'operation_id', update: false }) operationId!: string;
  @Column({ type: 'text', nullable: true, update: false }) track!: string | null;
  @Column({ type: 'text', insert: false, update: false }) stage!: string;
  @Column({ type: 'date', name: 'stage_since', insert: false, update: false }) stageSince!: Day;
  @Column({ type: 'date', name: 'referred_on', update: false }) referredOn!: Day;
  @Column({ type: 'date', name: 'admitted_on', nullable: true, insert: false, update: false }) admittedOn!: Day | null;
  @Column({ type: 'date', name: 'closed_on', nullable: true, insert: false, update: false }) closedOn!: Day | null;
  @Column({ type: 'text', name: 'close_reason', nullable: true, insert: false, update: false }) closeReason!: string | null;
  @Column({ type: 'text', name: 'pause_reason', nullable: true, insert: false }) pauseReason!: string | null;
  @Column({ type: 'date', name: 'paused_on', nullable: true, insert: false }) pausedOn!: Day | null;
  @Column({ type: 'date', name: 'pause_until', nullable: true, insert: false }) pauseUntil!: Day | null;
  @Column('int', { name: 'paused_days' }) pausedDays!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

/** How a person came, and what was answered. */
@Entity('referral')
export class Referral {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') source!: string;
  @Column('date', { name: 'received_on' }) receivedOn!: Day;
  @Column('text', { nullable: true }) wish!: string | null;
  @Column('date', { name: 'decision_on', nullable: true }) decisionOn!: Day | null;
  @Column('text', { nullable: true }) entitlement!: string | null;
  @Column('text', { name: 'entitlement_reference', nullable: true }) entitlementReference!: string | null;
  @Column('date', { name: 'entitlement_from', nullable: true }) entitlementFrom!: Day | null;
  @Column('date', { name: 'entitlement_until', nullable: true }) entitlementUntil!: Day | null;
  @Column('text', { nullable: true }) answer!: 'admitted' | 'waiting' | 'declined' | null;
  @Column('date', { name: 'answered_on', nullable: true }) answeredOn!: Day | null;
  @Column('text', { name: 'decline_reason', nullable: true }) declineReason!: string | null;
  @Column('text', { name: 'explained_format', nullable: true }) explainedFormat!: string | null;
  @Column('date', { name: 'waiting_since', nullable: true }) waitingSince!: Day | null;
  @Column('date', { name: 'review_on', nullable: true }) reviewOn!: Day | null;
  @Column('int') version!: number;
}

/** What happened elsewhere and could not take its step: conditions were missing. Added to, never rewritten. */
@Entity('happening')
export class Happening {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') name!: string;
  @Column('text') step!: string;
  /** Rows that the history had: a step taken after them has answered it. */
  @Column('int', { name: 'after_seq' }) afterSeq!: number;
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
  @Column('date', { name: 'learned_on' }) learnedOn!: Day;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

/** What belongs to the history of an enrolment and moves no stage. Added to, never rewritten; the end of a pause by a step, and a move, are written by the database. */
@Entity('enrolment_act')
export class EnrolmentAct {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') kind!: 'paused' | 'resumed' | 'moved' | 'evidence-gone' | 'evidence-back';
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('text', { name: 'recorded_as' }) recordedAs!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  /** Of a pause: the day on which it was to end. */
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  /** Of its end: how many days it took. */
  @Column('int', { nullable: true }) days!: number | null;
  @Column('uuid', { name: 'from_version_id', nullable: true }) fromVersionId!: string | null;
  @Column('uuid', { name: 'to_version_id', nullable: true }) toVersionId!: string | null;
  /** Of evidence: the step that rested on it, and the key of its requirement. */
  @Column('uuid', { name: 'step_id', nullable: true }) stepId!: string | null;
  @Column('text', { nullable: true }) requirement!: string | null;
}

/** One move of an enrolment, or the annulment of one. Rows are added, never changed. */
@Entity('step')
export class StepRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('int') seq!: number;
  @Column('uuid', { name: 'version_id' }) versionId!: string;
  @Column('text', { nullable: true }) key!: string | null;
  @Column('text', { name: 'from_stage' }) fromStage!: string;
  @Column('text', { name: 'to_stage' }) toStage!: string;
  @Column('text', { array: true }) met!: string[];
  @Column('jsonb') evidence!: { requirement: string; kind: string; id: string | null; level: string }[];
  @Column('text', { name: 'deviation_reason', nullable: true }) deviationReason!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('date', { name: 'effective_on' }) effectiveOn!: Day;
  @Column('timestamptz', { name: 'taken_at' }) takenAt!: Date;
  @Column('uuid', { name: 'taken_by', nullable: true }) takenBy!: string | null;
  @Column('text', { name: 'taken_as' }) takenAs!: string;
  @Column('uuid', { nullable: true }) annuls!: string | null;
  /** Of a step that lets somebody wait: the day that was told to them. */
  @Column('date', { name: 'review_on', nullable: true }) reviewOn!: Day | null;
  /** Of a step that declines. */
  @Column('text', { name: 'explained_format', nullable: true }) explainedFormat!: string | null;
  /** Days that pauses took from the stage it leaves; the database counts them. */
  @Column({ type: 'int', name: 'paused_days', insert: false, update: false }) pausedDays!: number;
}
