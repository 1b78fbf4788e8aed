import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { MediaType } from './content';

export const DOCUMENT_KINDS = ['contract', 'payslip', 'certificate', 'declaration', 'decision', 'agreement', 'plan', 'letter', 'other'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What somebody can show about a person: it hangs on the thing that it proves. */
@Entity('document')
export class Document {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text', { name: 'subject_kind' }) subjectKind!: string;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') kind!: DocumentKind;
  @Column('text') name!: string;
  @Column('text', { name: 'media_type' }) mediaType!: MediaType;
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

/** Its bytes, apart: no list reads them. Closed for its own document. */
@Entity('document_content')
export class DocumentContent {
  @PrimaryColumn('uuid', { name: 'document_id' }) documentId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('bytea') content!: Buffer;
}
