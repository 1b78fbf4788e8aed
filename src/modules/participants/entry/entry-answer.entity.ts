import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';

/** What a person answered to one item at entry, or that they would not say. */
@Entity('entry_answer')
export class EntryAnswer {
  @PrimaryColumn('uuid', { name: 'participant_id' }) participantId!: string;
  @PrimaryColumn('text') item!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text', { nullable: true }) value!: string | null;
  @Column('boolean') refused!: boolean;
  @Column('date', { name: 'answered_on' }) answeredOn!: Day;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}
