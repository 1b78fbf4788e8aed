import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('document')
export class Document {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text', { name: 'subject_kind' }) subjectKind!: string;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') kind!: 'contract' | 'payslip' | 'certificate' | 'declaration' | 'decision' | 'agreement' | 'plan' | 'letter' | 'other';
  @Column('text') name!: string;
  @Column('text', { name: 'media_type' }) mediaType!: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' | 'application/vnd.oasis.opendocument.text';
  @Column('int') bytes!: number;
  @Column('text') sha256!: string;
  @Column('date', { name: 'dated_on', nullable: true }) datedOn!: Day | null;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy!: string | null;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null;
  @Column('uuid', { name: 'removed_by', nullable: true }) removedBy!: string | null;
  @Column('text', { name: 'removed_reason', nullable: true }) removedReason!: string | null;
  @Column('int') version!: number;
}

@Entity('document_content')
export class DocumentContent {
  @PrimaryColumn('uuid', { name: 'document_id' }) documentId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('bytea') content!: Buffer;
}
