import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

export const OWNERS = ['coach', 'manager'] as const;
export type Owner = (typeof OWNERS)[number];
export type EntryOutcome = 'done' | 'withdrawn';

/** A reason to act: about whom, from when, due when, for whom. Written when the fact is written, not when somebody looks. */
@Entity('agenda_entry')
export class AgendaEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  /** One open reason of its sort a person: wanting it again moves it. */
  @Column('text') key!: string;
  @Column('text') kind!: string;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  @Column('date', { name: 'due_on' }) dueOn!: Day;
  /** `coach` follows the assignment, so that a hand-over moves nothing. */
  @Column('text', { name: 'for_whom' }) forWhom!: Owner;
  @Column('uuid', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('text', { name: 'subject_kind' }) subjectKind!: string;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId!: string | null;
  @Column('jsonb') params!: Record<string, string | number | boolean | null>;
  @Column('date', { name: 'done_on', nullable: true }) doneOn!: Day | null;
  @Column('uuid', { name: 'done_by', nullable: true }) doneBy!: string | null;
  @Column('text', { nullable: true }) outcome!: EntryOutcome | null;
  @Column('int') version!: number;
}
