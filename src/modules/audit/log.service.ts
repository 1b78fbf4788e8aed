import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { csv } from '../../platform/web/csv';
import { eventView, type EventView, type LogFilter } from './audit.dto';
import { tooManyLines } from './audit.problems';
import { AuditRepository } from './audit.repository';
import { AuditService } from './audit.service';

const PAGE = 50;
const BATCH = 1_000;
/** More lines than this are no longer read by a person: the filter has to say more. */
const MOST = 20_000;
const COLUMNS = ['id', 'at', 'actorId', 'actorName', 'actorRole', 'onBehalfOf', 'serviceId', 'action', 'outcome', 'code', 'subjectKind', 'subjectId', 'participantId', 'changes', 'reason', 'requestId'] as const;

/** The log read by who answers for it. Reading it is itself written down. */
@Injectable()
export class LogService {
  constructor(
    private readonly events: AuditRepository,
    private readonly audit: AuditService,
  ) {}

  async page(actor: Actor, filter: LogFilter): Promise<{ items: EventView[]; next: string | null }> {
    const found = await this.events.list(actor, filter, PAGE + 1);
    const items = found.slice(0, PAGE).map(eventView);
    this.audit.opened(actor, 'audit.opened', { kind: 'audit', id: null });
    return { items, next: found.length > PAGE ? items.at(-1)!.id : null };
  }

  actions(actor: Actor): Promise<string[]> {
    return this.events.actions(actor);
  }

  /** The filtered log as a table for a spreadsheet. */
  async export(actor: Actor, filter: LogFilter): Promise<string> {
    const rows: EventView[] = [];
    let before = filter.before;
    for (;;) {
      const batch = await this.events.list(actor, { ...filter, before }, BATCH);
      rows.push(...batch.map(eventView));
      if (rows.length > MOST) throw tooManyLines(MOST);
      if (batch.length < BATCH) break;
      before = batch.at(-1)!.id;
    }
    this.audit.opened(actor, 'audit.exported', { kind: 'audit', id: null });
    return csv([...COLUMNS], rows.map((row) => COLUMNS.map((name) => (name === 'changes' ? row.changes && JSON.stringify(row.changes) : row[name]))));
  }
}
