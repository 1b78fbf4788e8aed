import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('plan')
export class Plan {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') kind!: 'search' | 'action' | 'support';
  @Column('date', { name: 'opened_on' }) openedOn!: Day;
  @Column('date', { name: 'agreed_on', nullable: true }) agreedOn!: Day | null;
  @Column('text', { name: 'agreed_format', nullable: true }) agreedFormat!: string | null;
  @Column('text', { name: 'agreed_giver', nullable: true }) agreedGiver!: 'self' | 'self-with-support' | 'self-and-legal' | null;
  @Column('date', { name: 'validated_on', nullable: true }) validatedOn!: Day | null;
  @Column('uuid', { name: 'validated_by', nullable: true }) validatedBy!: string | null;
  @Column('date', { name: 'review_on', nullable: true }) reviewOn!: Day | null;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: Day | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
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
  @Column('text') who!: 'person' | 'coach' | 'employer' | 'other';
  @Column('date', { name: 'due_on' }) dueOn!: Day;
  @Column('date', { name: 'done_on', nullable: true }) doneOn!: Day | null;
  @Column('date', { name: 'dropped_on', nullable: true }) droppedOn!: Day | null;
  @Column('int') position!: number;
  @Column('int') version!: number;
}

@Entity('natural_support')
export class NaturalSupport {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('boolean', { name: 'none_needed' }) noneNeeded!: boolean;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) relation!: 'tutor' | 'colleague' | 'management' | 'family' | 'friend' | 'other' | null;
  @Column('text', { name: 'for_what', nullable: true }) forWhat!: string | null;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}
