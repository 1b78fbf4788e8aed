import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('milestone')
export class Milestone {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'placement_id', nullable: true }) placementId!: string | null;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  @Column('text') anchor!: 'first-day' | 'admission' | 'exit';
  @Column('date', { name: 'anchored_on' }) anchoredOn!: Day;
  @Column('int') month!: number;
  @Column('date', { name: 'due_on' }) dueOn!: Day;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  @Column('text', { name: 'cancelled_reason', nullable: true }) cancelledReason!: string | null;
  @Column('int') version!: number;
}

@Entity('milestone_answer')
export class MilestoneAnswer {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'milestone_id' }) milestoneId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') side!: 'worker' | 'employer';
  @Column('text') status!: 'at-work' | 'absent' | 'elsewhere' | 'self-employed' | 'training' | 'not-in-work' | 'unknown' | 'refused' | 'deceased';
  @Column('date', { name: 'about_on' }) aboutOn!: Day;
  @Column('date', { name: 'answered_on' }) answeredOn!: Day;
  @Column('text') channel!: 'call' | 'in-person' | 'message' | 'paper' | 'link' | 'document';
  @Column('text') level!: 'coach' | 'worker' | 'employer' | 'document';
  @Column('text', { name: 'absent_why', nullable: true }) absentWhy!: 'sick' | 'parental' | 'suspended' | 'season' | 'other' | null;
  @Column('date', { name: 'absent_since_on', nullable: true }) absentSinceOn!: Day | null;
  @Column('date', { name: 'back_on', nullable: true }) backOn!: Day | null;
  @Column('text', { array: true, nullable: true }) changed!: ('stable' | 'full' | 'skilled' | 'responsible' | 'promoted' | 'none')[] | null;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

@Entity('milestone_attempt')
export class MilestoneAttempt {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'milestone_id' }) milestoneId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') side!: 'worker' | 'employer';
  @Column('date', { name: 'tried_on' }) triedOn!: Day;
  @Column('text') channel!: 'call' | 'in-person' | 'message' | 'paper' | 'link';
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
