import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('accommodation')
export class Accommodation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'placement_id', nullable: true }) placementId!: string | null;
  @Column('text') kind!: 'time' | 'tasks' | 'premises' | 'tools' | 'software' | 'human-help' | 'interpreter' | 'transport' | 'remote-work' | 'colleagues-training' | 'accessible-instructions' | 'other';
  @Column('text') need!: string;
  @Column('date', { name: 'raised_on' }) raisedOn!: Day;
  @Column('text', { name: 'raised_by' }) raisedBy!: 'worker' | 'coach' | 'employer';
  @Column('date', { name: 'agreed_on', nullable: true }) agreedOn!: Day | null;
  @Column('text') owner!: 'coach' | 'worker' | 'employer' | 'other';
  @Column('text', { name: 'owner_name', nullable: true }) ownerName!: string | null;
  @Column('text', { nullable: true }) interim!: string | null;
  @Column('date', { name: 'interim_from_on', nullable: true }) interimFromOn!: Day | null;
  @Column('text') state!: 'open' | 'in-place' | 'not-needed' | 'withdrawn';
  @Column('date', { name: 'state_on' }) stateOn!: Day;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}
