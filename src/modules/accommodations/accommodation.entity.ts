import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

export const KINDS = ['time', 'tasks', 'premises', 'tools', 'software', 'human-help', 'interpreter', 'transport', 'remote-work', 'colleagues-training', 'accessible-instructions', 'other'] as const;
export const RAISED_BY = ['worker', 'coach', 'employer'] as const;
export const OWNERS = ['coach', 'worker', 'employer', 'other'] as const;
export const STATES = ['open', 'in-place', 'not-needed', 'withdrawn'] as const;
export type Kind = (typeof KINDS)[number];
export type RaisedBy = (typeof RAISED_BY)[number];
export type Owner = (typeof OWNERS)[number];
export type State = (typeof STATES)[number];

/** A need at work: what is difficult, in the worker's words, who sees to it, and what stands meanwhile. Never why it is so. */
@Entity('accommodation')
export class Accommodation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  /** The job that it belongs to; null for a need that goes with the person from job to job. */
  @Column('uuid', { name: 'placement_id', nullable: true }) placementId!: string | null;
  @Column('text') kind!: Kind;
  @Column('text') need!: string;
  @Column('date', { name: 'raised_on' }) raisedOn!: Day;
  @Column('text', { name: 'raised_by' }) raisedBy!: RaisedBy;
  @Column('date', { name: 'agreed_on', nullable: true }) agreedOn!: Day | null;
  @Column('text', { nullable: true }) owner!: Owner | null;
  @Column('text', { name: 'owner_name', nullable: true }) ownerName!: string | null;
  @Column('text', { nullable: true }) interim!: string | null;
  @Column('date', { name: 'interim_from_on', nullable: true }) interimFromOn!: Day | null;
  @Column('text') state!: State;
  @Column('date', { name: 'state_on' }) stateOn!: Day;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;

  /** True where somebody sees to it and something stands meanwhile, or where it is open no more. */
  get isSeenTo(): boolean {
    return this.state !== 'open' || (this.owner !== null && this.interim !== null);
  }
}

/** That no need was known on a day. */
@Entity('no_need_known')
export class NoNeedKnown {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'answered_on' }) answeredOn!: Day;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
