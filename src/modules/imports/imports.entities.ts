import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Counts, Outcome } from './deciding/decision';
import type { Order } from './reading/days';
import type { Target } from './reading/targets';

/** Read: nobody has said yet what its columns are. Previewed: every row has its outcome. Committing: being written, all or nothing. */
export const RUN_STATES = ['read', 'previewed', 'committing', 'committed', 'failed', 'discarded'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What was chosen for a whole file. */
export interface Mapping {
  targets: Target[];
  order: Order;
  /** A birth year of two figures lies in the hundred years that end with this one; the other days have their own. */
  lastBirthYear: number;
  lastYear: number;
  coachId: string;
  operationId: string | null;
  pathway: string | null;
  source: string;
}

/** What was said of words that stand in a column, by list and bare word; '' leaves the word out. */
export type Answers = Partial<Record<Target, Record<string, string>>>;

/** What was chosen for a file without its page; the rest is guessed. */
export type Chosen = Partial<Mapping> & { answers?: Answers };

/** A file on its way into the service. */
@Entity('import_run')
export class ImportRun {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text') sha256!: string;
  @Column('int') bytes!: number;
  @Column('text') encoding!: string;
  @Column('text') separator!: string;
  @Column('int', { name: 'header_line' }) headerLine!: number;
  @Column('text', { array: true }) headers!: string[];
  /** What its columns hold, closed. */
  @Column('text') columns!: string;
  @Column('jsonb', { nullable: true }) mapping!: Mapping | null;
  @Column('jsonb') answers!: Answers;
  @Column('text') state!: RunState;
  /** Why nothing was written. */
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('int') rows!: number;
  @Column('int') done!: number;
  @Column('jsonb') counts!: Partial<Counts>;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'committed_at', nullable: true }) committedAt!: Date | null;
  @Column('int') version!: number;
}

/** A row of it, and what becomes of it. */
@Entity('import_row')
export class ImportRow {
  @PrimaryColumn('uuid', { name: 'run_id' }) runId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @PrimaryColumn('int') line!: number;
  /** As it stands in the file, closed; gone once it has been taken over. */
  @Column('text', { nullable: true }) cells!: string | null;
  @Column('text', { nullable: true }) outcome!: Outcome | null;
  /** What is said of that, with words of the file, closed; empty where nothing is. */
  @Column('text') says!: string;
  @Column('uuid', { name: 'participant_id', nullable: true }) participantId!: string | null;
  /** What somebody decided of it: whom of those who may be meant it means, or that it means none of these. */
  @Column('uuid', { name: 'same_as', nullable: true }) sameAs!: string | null;
  @Column('uuid', { name: 'other_than', array: true, nullable: true }) otherThan!: string[] | null;
}

/** How a service's own register is read. */
@Entity('import_mapping')
export class ImportMapping {
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId!: string;
  @PrimaryColumn('text', { name: 'headers_hash' }) headersHash!: string;
  @Column('jsonb') mapping!: Mapping;
  @Column('jsonb') answers!: Answers;
  @Column('timestamptz', { name: 'used_at' }) usedAt!: Date;
}
