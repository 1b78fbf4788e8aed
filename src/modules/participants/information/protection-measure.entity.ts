import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';
import type { MeasureKind } from './wordings';

/** Who, by law, signs beside the person, for which acts, until when. It never replaces the person's own answer. */
@Entity('protection_measure')
export class ProtectionMeasure {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') kind!: MeasureKind;
  @Column('text', { nullable: true }) holder!: string | null;
  @Column('text', { name: 'holder_phone', nullable: true }) holderPhone!: string | null;
  @Column('text', { array: true }) acts!: string[];
  /** The service itself is guardian: an adult outside it signs. */
  @Column('boolean', { name: 'by_service' }) byService!: boolean;
  /** What orders it, and where that is kept. */
  @Column('text', { nullable: true }) document!: string | null;
  @Column('date', { name: 'from_on', nullable: true }) fromOn!: Day | null;
  /** Last day on which it holds. */
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  /** Noted in error: it counts nowhere, and what was written stays. */
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null;
  @Column('text', { name: 'withdrawn_reason', nullable: true }) withdrawnReason!: string | null;
  @Column('int') version!: number;
}
