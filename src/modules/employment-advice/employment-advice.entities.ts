import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('application')
export class Application {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId!: string | null;
  @Column('text', { name: 'employer_name' }) employerName!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'found_by' }) foundBy!: 'person' | 'coach' | 'family' | 'public-employment-service' | 'advertisement' | 'employer' | 'other';
  @Column('text') state!: 'planned' | 'sent' | 'interview' | 'trial' | 'offer' | 'accepted' | 'refused' | 'withdrawn' | 'no-answer';
  @Column('date', { name: 'state_on' }) stateOn!: Day;
  @Column('date', { name: 'applied_on', nullable: true }) appliedOn!: Day | null;
  @Column('date', { name: 'interview_on', nullable: true }) interviewOn!: Day | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

@Entity('benefits_advice')
export class BenefitsAdvice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text') answer!: 'given' | 'declined';
  @Column('date', { name: 'given_on' }) givenOn!: Day;
  @Column('text', { nullable: true }) situation!: string | null;
  @Column('text', { nullable: true }) changes!: string | null;
  @Column('text', { nullable: true }) format!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}

@Entity('agreed_step')
export class AgreedStep {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text', { name: 'to_what' }) toWhat!: 'standby' | 'leave';
  @Column('text') answer!: 'yes' | 'no';
  @Column('date', { name: 'answered_on' }) answeredOn!: Day;
  @Column('text') format!: string;
  @Column('text') giver!: 'self' | 'self-with-support' | 'self-and-legal';
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
