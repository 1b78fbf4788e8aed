import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { GIVERS } from '../participants';

/** The steps that nobody takes without the person's yes. */
export const AGREED_TO = ['standby', 'leave'] as const;
export type AgreedTo = (typeof AGREED_TO)[number];

/** The person's own answer to a step that rests on it: alone, with support, or with a signature that comes in addition; never somebody's instead. A new answer is a new row. */
@Entity('agreed_step')
export class AgreedStep {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id' }) enrolmentId!: string;
  @Column('text', { name: 'to_what' }) toWhat!: AgreedTo;
  @Column('text') answer!: 'yes' | 'no';
  @Column('date', { name: 'answered_on' }) answeredOn!: Day;
  @Column('text') format!: string;
  @Column('text') giver!: (typeof GIVERS)[number];
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
