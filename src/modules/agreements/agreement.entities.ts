import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { AgreementKind, Party, Signer } from './parties';

/** What the person and the service promise each other, and the employer where there are three. */
@Entity('agreement')
export class Agreement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId!: string | null;
  @Column('text') kind!: AgreementKind;
  @Column('text', { name: 'wording_version' }) wordingVersion!: string;
  @Column('text', { nullable: true }) terms!: string | null;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  /** The last day on which it holds. */
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  /** The day of the last signature that it needed. */
  @Column('date', { name: 'signed_on', nullable: true }) signedOn!: Day | null;
  /** The first day on which it no longer holds. */
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('text', { name: 'ended_reason', nullable: true }) endedReason!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

/** One party's signature, by whatever method: all are equal. Added to, never rewritten. */
@Entity('agreement_signature')
export class AgreementSignature {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') party!: Party;
  /** Of the person's own: alone, or with somebody who helps to understand. */
  @Column('text', { nullable: true }) giver!: Exclude<Signer, 'legal'> | null;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) capacity!: string | null;
  @Column('text') method!: 'handwritten' | 'mark' | 'voice' | 'electronic';
  /** Chosen by the person, outside the service; for a mark or fingerprint. */
  @Column('text', { nullable: true }) witness!: string | null;
  @Column('text', { name: 'read_aloud_in', nullable: true }) readAloudIn!: string | null;
  @Column('text', { name: 'read_aloud_by', nullable: true }) readAloudBy!: string | null;
  @Column('date', { name: 'signed_on' }) signedOn!: Day;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

/** Signed by everybody whom it needs, and in force on that day. */
export function standsOn({ signedOn, untilOn, endedOn }: Pick<Agreement, 'signedOn' | 'untilOn' | 'endedOn'>, day: Day): boolean {
  return signedOn !== null && signedOn <= day && (untilOn === null || untilOn >= day) && (endedOn === null || endedOn > day);
}
