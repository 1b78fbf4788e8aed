import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import type { Problem } from '../../platform/problem';
import { currentRequestId } from '../../platform/request-id';
import { Words } from '../../platform/views/words';
import { AuditEvent, type Outcome } from './audit-event.entity';
import { auditUnavailable } from './audit.problems';
import { eventId } from './event-id';
import { AuditRepository } from './audit.repository';
import { byPersonAndDay, wholeDays, type OpeningView } from './openings';

/** What an event is about; `participantId` when a person's file is concerned. */
export interface Subject {
  kind: string;
  id: string | null;
  participantId?: string | null;
}

interface Line {
  outcome: Outcome;
  action: string;
  subject: Subject;
  code?: string | null;
  changes?: Record<string, unknown> | null;
  reason?: string | null;
}

/** Lines of a file that are looked at for one page of who opened it. */
const OPENINGS = 500;

/** Who did what to what, kept for good. It knows no business: actions are `noun.verb`, subjects are a kind and an id. */
@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: AuditRepository,
    private readonly words: Words,
  ) {}

  /**
   * A change, in the very transaction that makes it.
   * @param changes names of the fields changed; values only where they are neither health nor identity
   */
  async record(actor: Actor, action: string, subject: Subject, changes: Record<string, unknown> | null = null, reason: string | null = null): Promise<void> {
    this.events.add(this.line(actor, { outcome: 'done', action, subject, changes, reason }));
  }

  /** The same act on many, a line for each. */
  recordMany(actor: Actor, action: string, acts: readonly { subject: Subject; changes?: Record<string, unknown> | null }[]): void {
    this.events.addMany(acts.map(({ subject, changes }) => this.line(actor, { outcome: 'done', action, subject, changes })));
  }

  /** A sensitive read: written in a unit of its own before the answer leaves. If that fails nothing is shown (503). */
  opened(actor: Actor, action: string, subject: Subject, reason: string | null = null): void {
    const line = this.line(actor, { outcome: 'read', action, subject, reason });
    this.database.afterwards(() => this.write(actor, line));
  }

  /** A refusal that shows something of people: the line is written after the rollback, or 503 is all that is told. */
  shownBy(actor: Actor, action: string, subject: Subject, problem: Problem): Problem {
    const line = this.line(actor, { outcome: 'read', action, subject });
    problem.first = () => this.write(actor, line);
    return problem;
  }

  /** What did not happen, and why, inside the unit that goes on (a failed sign-in answers, and keeps its trace). */
  async refused(actor: Actor, action: string, subject: Subject, code: string, changes: Record<string, unknown> | null = null): Promise<void> {
    this.events.add(this.line(actor, { outcome: 'refused', action, subject, code, changes }));
  }

  /**
   * Who opened or changed a person's file, a view for each person and day at the actor's place, latest first. The actor sees those of the people whom they may see.
   * @param before id of the last line that was already counted
   */
  async openedBy(actor: Actor, participantId: string, before: string | null = null): Promise<{ items: OpeningView[]; next: string | null }> {
    const found = await this.events.ofParticipant(actor, participantId, before, OPENINGS + 1);
    const lines = found.length > OPENINGS ? wholeDays(found.slice(0, OPENINGS), actor.timeZone) : found;
    const items = byPersonAndDay(lines, actor.timeZone, (action) => this.keyOf(action));
    return { items, next: lines.length < found.length ? lines.at(-1)!.id : null };
  }

  private async write(actor: Actor, line: AuditEvent): Promise<void> {
    try {
      await this.database.write(actor, () => this.events.add(line));
    } catch {
      throw auditUnavailable();
    }
  }

  private keyOf(action: string): string {
    const key = `audit.action.${action}`;
    return this.words.has(key) ? key : 'audit.log.unnamed';
  }

  private line(actor: Actor, line: Line): AuditEvent {
    const at = this.clock.now();
    return {
      id: eventId(at), at, actorId: actor.id, actorName: actor.name || actor.role, actorRole: actor.role, onBehalfOf: actor.onBehalfOf, serviceId: actor.service,
      action: line.action, outcome: line.outcome, code: line.code ?? null, subjectKind: line.subject.kind, subjectId: line.subject.id,
      participantId: line.subject.participantId ?? null, changes: line.changes ?? null, reason: line.reason ?? null, requestId: currentRequestId(),
    };
  }
}
