import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';
import type { WILLING } from './wordings';

/** That the person was told what, why, who sees it and how to complain, in which words and format, and whether they want to go on. Added to, never rewritten. */
@Entity('information_given')
export class InformationGiven {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'given_on' }) givenOn!: Day;
  @Column('text', { name: 'wording_version' }) wordingVersion!: string;
  @Column('text') format!: string;
  @Column('text') willing!: (typeof WILLING)[number];
  @Column('uuid', { name: 'given_by', nullable: true }) givenBy!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
