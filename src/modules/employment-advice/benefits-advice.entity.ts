import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

/** What happens to benefits when income comes, told in a format that suits; or the person did not want to be told. Added to, never rewritten. */
@Entity('benefits_advice')
export class BenefitsAdvice {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  @Column('text') answer!: 'given' | 'declined';
  @Column('date', { name: 'given_on' }) givenOn!: Day;
  @Column('text', { nullable: true }) situation!: string | null;
  @Column('text', { nullable: true }) changes!: string | null;
  @Column('text', { nullable: true }) format!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
