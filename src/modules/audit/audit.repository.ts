import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { holding } from '../../platform/spelling';
import { AuditEvent } from './audit-event.entity';
import { visibleEvents } from './audit.access';
import type { LogFilter } from './audit.dto';
import { firstId } from './event-id';
import { startOfDay } from './instants';
import type { Line } from './openings';

@Injectable()
export class AuditRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  add(event: AuditEvent): void {
    this.database.add(AuditEvent, event);
  }

  addMany(events: readonly AuditEvent[]): void {
    this.database.addMany(AuditEvent, events);
  }

  /** The latest lines of the log that pass the filter, before the line `before`. Ids order as instants do, so days are ranges of ids. */
  async list(actor: Actor, filter: LogFilter, limit: number): Promise<AuditEvent[]> {
    const query = this.visible(actor);
    if (filter.actor) query.andWhere('event.actor_name = any(:names)', { names: await this.namesWith(actor, filter.actor) });
    if (filter.action) query.andWhere('event.action = :action', { action: filter.action });
    if (filter.file) query.andWhere('event.participant_id = :file', { file: filter.file });
    if (filter.outcome) query.andWhere('event.outcome = :outcome', { outcome: filter.outcome });
    if (filter.from) query.andWhere('event.id >= :fromId', { fromId: firstId(startOfDay(filter.from, actor.timeZone)) });
    if (filter.until) query.andWhere('event.id < :untilId', { untilId: firstId(startOfDay(filter.until, actor.timeZone, 1)) });
    if (filter.before) query.andWhere('event.id < :before', { before: filter.before });
    return query.orderBy('event.id', 'DESC').limit(limit).getMany();
  }

  /** The latest lines about a person's file, as far as they tell who opened it. */
  ofParticipant(actor: Actor, participantId: string, before: string | null, limit: number): Promise<Line[]> {
    const columns = (['id', 'at', 'actorId', 'actorName', 'actorRole', 'action', 'outcome'] as const).map((name) => `event.${name}`);
    const query = this.visible(actor).select(columns).andWhere('event.participant_id = :participantId', { participantId });
    if (before) query.andWhere('event.id < :before', { before });
    return query.orderBy('event.id', 'DESC').limit(limit).getMany();
  }

  /** The actions that the log knows. */
  actions(actor: Actor): Promise<string[]> {
    return this.known(actor, 'action');
  }

  /** Who acted, as far as the name holds these words, without regard to accents and order: people are few, lines are many, and no index helps to find a part of a name in each. */
  private async namesWith(actor: Actor, part: string): Promise<string[]> {
    return (await this.known(actor, 'actor_name')).filter(holding(part));
  }

  /** What stands in a column, by a walk along its index: one step each, however long the log. */
  private async known(actor: Actor, column: 'action' | 'actor_name'): Promise<string[]> {
    const { sql, params } = visibleEvents(actor, this.clock.today(actor.timeZone));
    const found = await this.database.sql<{ it: string }>(
      `with recursive known as (
         (select ${column} as it from audit_event event where ${sql} order by ${column} limit 1)
         union all
         select (select ${column} from audit_event event where event.${column} > known.it and (${sql}) order by ${column} limit 1) from known where known.it is not null)
       select it from known where it is not null`, params);
    return found.map(({ it }) => it);
  }

  private visible(actor: Actor): SelectQueryBuilder<AuditEvent> {
    const { sql, params } = visibleEvents(actor, this.clock.today(actor.timeZone));
    return this.database.of(AuditEvent).createQueryBuilder('event').where(`(${sql})`, params);
  }
}
