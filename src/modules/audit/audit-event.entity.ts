import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `done`: a change. `read`: a sensitive page or list was shown. `refused`: nothing happened, and why stands in `code`. */
export const OUTCOMES = ['done', 'read', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One line of the log. Its id is made from its instant, so that the order of ids is the order of time. */
@Entity('audit_event')
export class AuditEvent {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('text', { name: 'actor_name' }) actorName!: string;
  @Column('text', { name: 'actor_role' }) actorRole!: string;
  @Column('uuid', { name: 'on_behalf_of', nullable: true }) onBehalfOf!: string | null;
  @Column('uuid', { name: 'service_id', nullable: true }) serviceId!: string | null;
  @Column('text') action!: string;
  @Column('text') outcome!: Outcome;
  @Column('text', { nullable: true }) code!: string | null;
  @Column('text', { name: 'subject_kind' }) subjectKind!: string;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId!: string | null;
  @Column('uuid', { name: 'participant_id', nullable: true }) participantId!: string | null;
  @Column('jsonb', { nullable: true }) changes!: Record<string, unknown> | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text', { name: 'request_id', nullable: true }) requestId!: string | null;
}
