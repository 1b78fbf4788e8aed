import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { Visibility } from '../caseloads';
import { AgendaEntry, type EntryOutcome } from './agenda-entry.entity';
import { visibleEntries } from './agenda.access';

@Injectable()
export class AgendaRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Inserts it, or moves the one of the same person and key, which is open again. */
  async upsert(entry: AgendaEntry): Promise<void> {
    await this.database.sql(
      `insert into agenda_entry (id, service_id, participant_id, enrolment_id, key, kind, from_on, due_on, for_whom, user_id, subject_kind, subject_id, params, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
       on conflict (participant_id, key) do update set enrolment_id = excluded.enrolment_id, kind = excluded.kind, from_on = excluded.from_on, due_on = excluded.due_on,
         for_whom = excluded.for_whom, user_id = excluded.user_id, subject_kind = excluded.subject_kind, subject_id = excluded.subject_id, params = excluded.params,
         done_on = null, done_by = null, outcome = null, version = agenda_entry.version + 1`,
      [entry.id, entry.serviceId, entry.participantId, entry.enrolmentId, entry.key, entry.kind, entry.fromOn, entry.dueOn, entry.forWhom, entry.userId,
        entry.subjectKind, entry.subjectId, JSON.stringify(entry.params)],
    );
  }

  /** Ends the open ones among these keys; how many there were. */
  async close(participantId: string, keys: readonly string[], outcome: EntryOutcome, on: Day, by: string | null): Promise<number> {
    const closed = await this.database.sql(
      'update agenda_entry set done_on = $3, done_by = $4, outcome = $5, version = version + 1 where participant_id = $1 and key = any ($2) and done_on is null returning id',
      [participantId, keys, on, by, outcome],
    );
    return closed.length;
  }

  /** Ends every open one of an enrolment. */
  async closeOfEnrolment(enrolmentId: string, outcome: EntryOutcome, on: Day, by: string | null): Promise<void> {
    await this.database.sql(
      'update agenda_entry set done_on = $2, done_by = $3, outcome = $4, version = version + 1 where enrolment_id = $1 and done_on is null',
      [enrolmentId, on, by, outcome],
    );
  }

  async find(actor: Actor, id: string): Promise<AgendaEntry | null> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    return this.database.of(AgendaEntry).createQueryBuilder('entry').where('entry.id = :id', { id }).andWhere(sql, params).getOne();
  }

  async update(at: { id: string; version: number }, patch: Partial<AgendaEntry>): Promise<void> {
    await this.database.updateOne(AgendaEntry, at, patch);
  }

  /** The open reason that is due first, person by person. */
  async nextOf(actor: Actor, participantIds: readonly string[]): Promise<AgendaEntry[]> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    return this.database.of(AgendaEntry).createQueryBuilder('entry')
      .distinctOn(['entry.participant_id'])
      .where('entry.participant_id = any(:ids) and entry.done_on is null', { ids: participantIds }).andWhere(sql, params)
      .orderBy('entry.participant_id').addOrderBy('entry.due_on').addOrderBy('entry.id').getMany();
  }

  async openOf(actor: Actor, participantId: string): Promise<AgendaEntry[]> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    return this.database.of(AgendaEntry).createQueryBuilder('entry')
      .where('entry.participant_id = :participantId and entry.done_on is null', { participantId }).andWhere(sql, params)
      .orderBy('entry.due_on').addOrderBy('entry.id').getMany();
  }

  /** What shows on a day, due first; at most `limit`. */
  async showing(actor: Actor, today: Day, limit: number): Promise<AgendaEntry[]> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    return this.database.of(AgendaEntry).createQueryBuilder('entry')
      .where('entry.done_on is null and entry.from_on <= :today', { today }).andWhere(sql, params)
      .andWhere(this.forThem(actor), { me: actor.id })
      .orderBy('entry.due_on').addOrderBy('entry.id').limit(limit).getMany();
  }

  async countShowing(actor: Actor, today: Day): Promise<{ late: number; due: number; coming: number; waiting: number }> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    const [row] = await this.database.sql<{ late: number; due: number; coming: number; waiting: number }>(
      `select count(*) filter (where waiting is false and due_on < :today) as late, count(*) filter (where waiting is false and due_on = :today) as due,
              count(*) filter (where waiting is false and due_on > :today) as coming, count(*) filter (where waiting) as waiting
         from (select entry.due_on, entry.user_id is not null and entry.user_id = :me as waiting from agenda_entry entry
                where entry.done_on is null and entry.from_on <= :today and ${sql} and ${this.forThem(actor)}) shown`,
      { ...params, today, me: actor.id },
    );
    return row!;
  }

  /** Every open entry of the service, for the comparison with the facts. */
  async allOpen(actor: Actor): Promise<AgendaEntry[]> {
    const { sql, params } = visibleEntries(this.visibility, actor);
    return this.database.of(AgendaEntry).createQueryBuilder('entry').where('entry.done_on is null').andWhere(sql, params).orderBy('entry.id').getMany();
  }

  private forThem(actor: Actor): string {
    return actor.role === 'manager' ? "(entry.for_whom = 'manager' or entry.user_id = :me)" : "(entry.for_whom = 'coach' or entry.user_id = :me)";
  }
}
