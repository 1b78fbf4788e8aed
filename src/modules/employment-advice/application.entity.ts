import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

/** How somebody came upon the opening. */
export const FOUND_BY = ['person', 'coach', 'family', 'public-employment-service', 'advertisement', 'employer', 'other'] as const;
/** From the idea to the answer; the last four are ends. */
export const STATES = ['planned', 'sent', 'interview', 'trial', 'offer', 'accepted', 'refused', 'withdrawn', 'no-answer'] as const;
export const ENDED: readonly State[] = ['accepted', 'refused', 'withdrawn', 'no-answer'];
export type FoundBy = (typeof FOUND_BY)[number];
export type State = (typeof STATES)[number];

/** One application of a person: to an employer of the service, or to one that only has a name. */
@Entity('application')
export class Application {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId!: string | null;
  @Column('text', { name: 'employer_name' }) employerName!: string;
  @Column('text') title!: string;
  @Column('text', { name: 'found_by' }) foundBy!: FoundBy;
  @Column('text') state!: State;
  @Column('date', { name: 'state_on' }) stateOn!: Day;
  @Column('date', { name: 'applied_on', nullable: true }) appliedOn!: Day | null;
  @Column('date', { name: 'interview_on', nullable: true }) interviewOn!: Day | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}
