import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { AuditEvent } from './audit-event.entity';
import { visibleEvents } from './audit.access';
import type { LogFilter } from './audit.dto';
import { firstId } from './event-id';
import { startOfDay } from './instants';

@Injectable()
export class AuditRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async add(event: AuditEvent): Promise<void> {
    await this.database.of(AuditEvent).insert(event as never);
  }

  /** The latest lines of the log that pass the filter, before the line `before`. Ids order as instants do, so days are ranges of ids. */
  list(actor: Actor, filter: LogFilter, limit: number): Promise<AuditEvent[]> {
    const query = this.visible(actor);
    if (filter.actor) query.andWhere("event.actor_name ilike :actorName escape '\\'", { actorName: `%${filter.actor.replace(/[\\%_]/g, '\\$&')}%` });
    if (filter.action) query.andWhere('event.action = :action', { action: filter.action });
    if (filter.outcome) query.andWhere('event.outcome = :outcome', { outcome: filter.outcome });
    if (filter.from) query.andWhere('event.id >= :fromId', { fromId: firstId(startOfDay(filter.from, actor.timeZone)) });
    if (filter.until) query.andWhere('event.id < :untilId', { untilId: firstId(startOfDay(filter.until, actor.timeZone, 1)) });
    if (filter.before) query.andWhere('event.id < :before', { before: filter.before });
    return query.orderBy('event.id', 'DESC').limit(limit).getMany();
  }

  ofParticipant(actor: Actor, participantId: string, before: string | null, limit: number): Promise<AuditEvent[]> {
    const query = this.visible(actor).andWhere('event.participant_id = :participantId', { participantId });
    if (before) query.andWhere('event.id < :before', { before });
    return query.orderBy('event.id', 'DESC').limit(limit).getMany();
  }

  /** The actions that the log knows, by a walk along the index: one step each, however long the log. */
  async actions(actor: Actor): Promise<string[]> {
    const { sql, params } = visibleEvents(actor, this.clock.today(actor.timeZone));
    const found = await this.database.sql<{ action: string }>(
      `with recursive known as (
         (select action from audit_event event where ${sql} order by action limit 1)
         union all
         select (select action from audit_event event where event.action > known.action and (${sql}) order by action limit 1) from known where known.action is not null)
       select action from known where action is not null`, params);
    return found.map((one) => one.action);
  }

  private visible(actor: Actor): SelectQueryBuilder<AuditEvent> {
    const { sql, params } = visibleEvents(actor, this.clock.today(actor.timeZone));
    return this.database.of(AuditEvent).createQueryBuilder('event').where(`(${sql})`, params);
  }
}
