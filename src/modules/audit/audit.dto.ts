import { Day, Id, OneOf, Text } from '../../platform/web/fields';
import { OUTCOMES, type AuditEvent, type Outcome } from './audit-event.entity';

/** Filter of the log; in the address, so that a view of it can be kept and sent. */
export class LogFilter {
  @Text({ max: 100, optional: true, description: 'Part of the name of who acted' }) actor?: string;
  @Text({ max: 80, optional: true, description: 'noun.verb' }) action?: string;
  @OneOf(OUTCOMES, { optional: true }) outcome?: Outcome;
  @Day({ optional: true }) from?: string;
  @Day({ optional: true }) until?: string;
  @Id({ optional: true, description: 'Id of the participant whose file is concerned' }) file?: string;
  @Id({ optional: true, description: 'Id of the last line already read' }) before?: string;
}

/** A line of the log as the administrator reads it. */
export interface EventView {
  id: string;
  at: string;
  actorId: string | null;
  actorName: string;
  actorRole: string;
  onBehalfOf: string | null;
  serviceId: string | null;
  action: string;
  outcome: Outcome;
  code: string | null;
  subjectKind: string;
  subjectId: string | null;
  participantId: string | null;
  changes: Record<string, unknown> | null;
  reason: string | null;
  requestId: string | null;
}

export function eventView(event: AuditEvent): EventView {
  const { at, changes, reason, ...rest } = event;
  // The log's readers have no participant data: what was written about a person stays with the person's file.
  const about = event.participantId !== null;
  return { ...rest, at: at.toISOString(), changes: !about && changes && Object.keys(changes).length ? changes : null, reason: about ? null : reason };
}
