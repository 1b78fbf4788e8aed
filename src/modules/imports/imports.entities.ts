import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('import_run')
export class ImportRun {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('text') sha256!: string;
  @Column('bigint') bytes!: string;
  @Column('text') encoding!: string;
  @Column('text') separator!: string;
  @Column('int', { name: 'header_line' }) headerLine!: number;
  @Column('text', { array: true }) headers!: string[];
  @Column('jsonb', { nullable: true }) mapping!: Record<string, unknown> | null;
  @Column('jsonb') answers!: Record<string, unknown>;
  @Column('text') state!: 'read' | 'previewed' | 'committing' | 'committed' | 'failed';
  @Column('int') rows!: number;
  @Column('int') done!: number;
  @Column('jsonb') counts!: Record<string, unknown>;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'committed_at', nullable: true }) committedAt!: Date | null;
  @Column('int') version!: number;
}

@Entity('import_row')
export class ImportRow {
  @PrimaryColumn('uuid', { name: 'run_id' }) runId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @PrimaryColumn('int') line!: number;
  @Column('text', { array: true }) cells!: string[];
  @Column('text', { nullable: true }) outcome!: 'new' | 'same' | 'changes' | 'repaired' | 'refused' | null;
  @Column('jsonb') says!: Record<string, unknown>;
  @Column('uuid', { name: 'participant_id', nullable: true }) participantId!: string | null;
}

@Entity('import_mapping')
export class ImportMapping {
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId!: string;
  @PrimaryColumn('text', { name: 'headers_hash' }) headersHash!: string;
  @Column('jsonb') mapping!: Record<string, unknown>;
  @Column('jsonb') answers!: Record<string, unknown>;
  @Column('timestamptz', { name: 'used_at' }) usedAt!: Date;
}
