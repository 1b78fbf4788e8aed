import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('agreement')
export class Agreement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId!: string | null;
  @Column('text') kind!: 'two-party' | 'three-party';
  @Column('text', { name: 'wording_version' }) wordingVersion!: string;
  @Column('text', { nullable: true }) terms!: string | null;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn!: Day | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('text', { name: 'ended_reason', nullable: true }) endedReason!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

@Entity('agreement_signature')
export class AgreementSignature {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') party!: 'participant' | 'service' | 'employer' | 'legal';
  @Column('text') name!: string;
  @Column('text', { nullable: true }) capacity!: string | null;
  @Column('text') method!: 'handwritten' | 'mark' | 'voice' | 'electronic';
  @Column('text', { nullable: true }) witness!: string | null;
  @Column('text', { name: 'read_aloud_in', nullable: true }) readAloudIn!: string | null;
  @Column('text', { name: 'read_aloud_by', nullable: true }) readAloudBy!: string | null;
  @Column('date', { name: 'signed_on' }) signedOn!: Day;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
