import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { AgendaAct } from './agenda-act.entity';
import { AgendaEntry, type Outcome } from './agenda-entry.entity';
import type { End, Listing, Want } from './agenda.dto';

@Injectable()
export class AgendaRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Writes it, or brings what is written to what is wanted now; touches nothing that already is as wanted. What was put off stays put off while the facts ask for the same days. */
  upsert(service: string, want: Want): void {
    this.database.mustHold([want.participantId]);
    this.database.send(
      `insert into agenda_entry as e (id, service_id, participant_id, enrolment_id, key, kind, nature, wanted_from_on, wanted_due_on, from_on, due_on, for_whom, user_id, subject_kind, subject_id, params, by_hand)
       values (:id, :service, :participant, :enrolment, :key, :kind, :nature, :from, :due, :from, :due, :forWhom, :user, :subjectKind, :subjectId, :params, :byHand)
       on conflict (participant_id, key) do update set
         enrolment_id = excluded.enrolment_id, kind = excluded.kind, nature = excluded.nature, wanted_from_on = excluded.wanted_from_on, wanted_due_on = excluded.wanted_due_on,
         from_on = case when e.done_on is null and (e.wanted_due_on = excluded.wanted_due_on or (:keeps and e.due_on >= excluded.wanted_due_on)) and e.postponed_reason is not null then e.from_on else excluded.from_on end,
         due_on = case when e.done_on is null and (e.wanted_due_on = excluded.wanted_due_on or (:keeps and e.due_on >= excluded.wanted_due_on)) and e.postponed_reason is not null then e.due_on else excluded.due_on end,
         postponed_reason = case when e.done_on is null and (e.wanted_due_on = excluded.wanted_due_on or (:keeps and e.due_on >= excluded.wanted_due_on)) then e.postponed_reason end,
         for_whom = excluded.for_whom, user_id = excluded.user_id, subject_kind = excluded.subject_kind, subject_id = excluded.subject_id, params = excluded.params,
         by_hand = excluded.by_hand, done_on = null, done_by = null, outcome = null, withdrawn_with = null, version = e.version + 1
       where e.done_on is not null or (e.enrolment_id, e.kind, e.nature, e.wanted_from_on, e.wanted_due_on, e.for_whom, e.user_id, e.subject_kind, e.subject_id, e.params, e.by_hand)
         is distinct from (excluded.enrolment_id, excluded.kind, excluded.nature, excluded.wanted_from_on, excluded.wanted_due_on, excluded.for_whom, excluded.user_id,
           excluded.subject_kind, excluded.subject_id, excluded.params, excluded.by_hand)`,
      {
        id: newId(), service, participant: want.participantId, enrolment: want.enrolmentId ?? null, key: want.key, kind: want.kind, nature: want.nature ?? 'task',
        from: want.fromOn, due: want.dueOn, forWhom: want.forWhom, user: want.userId ?? null, subjectKind: want.subject.kind, subjectId: want.subject.id,
        params: JSON.stringify(want.params ?? {}), byHand: want.byHand ?? false, keeps: want.keepsPostponed ?? false,
      },
    );
  }

  /** About people of whom nothing is written yet. */
  addMany(entries: readonly AgendaEntry[]): void {
    this.database.mustHold(entries.map(({ participantId }) => participantId));
    this.database.addMany(AgendaEntry, entries);
  }

  close(actor: Actor, participantId: string, keys: readonly string[], outcome: Outcome, by: string | null, on: Day): void {
    this.database.mustHold([participantId]);
    const { sql, params } = this.visibility.visible(actor, 'participant_id');
    this.database.send(
      `update agenda_entry set done_on = :on, done_by = :by, outcome = :outcome, version = version + 1 where participant_id = :participant and key = any (:keys) and done_on is null and ${sql}`,
      { ...params, on, by, outcome, participant: participantId, keys },
    );
    // What somebody had ticked off and whose reason goes afterwards is not theirs to take back.
    if (outcome === 'withdrawn') {
      this.database.send(
        `update agenda_entry set outcome = 'withdrawn', version = version + 1 where participant_id = :participant and key = any (:keys) and outcome = 'done' and by_hand and ${sql}`,
        { ...params, participant: participantId, keys },
      );
    }
  }

  /** @param cause what withdraws it all, by which it comes back */
  withdrawOfEnrolment(actor: Actor, { participantId, enrolmentId, cause }: End, by: string | null, on: Day): void {
    this.database.mustHold([participantId]);
    const { sql, params } = this.visibility.visible(actor, 'participant_id');
    this.database.send(
      `update agenda_entry set done_on = :on, done_by = :by, outcome = 'withdrawn', withdrawn_with = :cause, version = version + 1
        where participant_id = :participant and enrolment_id = :enrolment and done_on is null and ${sql}`,
      { ...params, on, by, cause, participant: participantId, enrolment: enrolmentId },
    );
  }

  /** Opens again what one end of an enrolment had withdrawn, and nothing that had gone for another reason. */
  restoreOfEnrolment(actor: Actor, { participantId, enrolmentId, cause }: End): void {
    this.database.mustHold([participantId]);
    const { sql, params } = this.visibility.visible(actor, 'participant_id');
    this.database.send(
      `update agenda_entry set done_on = null, done_by = null, outcome = null, withdrawn_with = null, version = version + 1
        where participant_id = :participant and enrolment_id = :enrolment and withdrawn_with = :cause and ${sql}`,
      { ...params, cause, participant: participantId, enrolment: enrolmentId },
    );
  }

  /** The keys under which something is open about these people. */
  async openKeys(actor: Actor, participantIds: readonly string[]): Promise<Set<string>> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    const rows = await this.database.sql<{ key: string }>(`select e.key from agenda_entry e where e.participant_id = any (:ids) and e.done_on is null and ${sql}`, { ...params, ids: participantIds });
    return new Set(rows.map(({ key }) => key));
  }

  async change(entry: AgendaEntry, version: number, patch: Partial<AgendaEntry>): Promise<void> {
    this.database.mustHold([entry.participantId]);
    await this.database.updateOne(AgendaEntry, { id: entry.id, version }, patch, { postponedReason: 'reason' });
  }

  keep(act: AgendaAct): void {
    this.database.add(AgendaAct, act);
  }

  /** What was put off or done about a person, but for what was taken back. */
  async actsOf(actor: Actor, participantId: string): Promise<AgendaAct[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(AgendaAct).createQueryBuilder('a')
      .where("a.participantId = :participantId and a.act <> 'reopened' and not (a.act = 'done' and exists (select from agenda_act r where r.entry_id = a.entry_id and r.act = 'reopened' and r.id > a.id))", { participantId })
      .andWhere(sql, params).orderBy('a.id', 'DESC').getMany();
  }

  /** The last time that each of these was put off. */
  async lastPutOff(actor: Actor, entryIds: readonly string[]): Promise<AgendaAct[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(AgendaAct).createQueryBuilder('a')
      .distinctOn(['a.entryId']).where("a.entryId = any(:entryIds) and a.act = 'postponed'", { entryIds }).andWhere(sql, params)
      .orderBy('a.entryId').addOrderBy('a.id', 'DESC').getMany();
  }

  /** Those of these that somebody ticked off by hand. */
  async tickedOff(actor: Actor, ids: readonly string[]): Promise<AgendaEntry[]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return this.database.of(AgendaEntry).createQueryBuilder('e').where("e.id = any(:ids) and e.outcome = 'done' and e.byHand", { ids }).andWhere(sql, params).getMany();
  }

  async get(actor: Actor, id: string): Promise<AgendaEntry> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    const found = await this.database.of(AgendaEntry).createQueryBuilder('e').where('e.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The same, to be changed: nothing else is written about the person meanwhile. */
  async hold(actor: Actor, id: string): Promise<AgendaEntry> {
    this.database.hold([(await this.get(actor, id)).participantId]);
    return this.get(actor, id);
  }

  /** What shows on the actor's Today about these people: one statement. */
  async today(actor: Actor, participantIds: readonly string[], today: Day): Promise<AgendaEntry[]> {
    const { sql, params } = this.showing(actor, today);
    return this.database.of(AgendaEntry).createQueryBuilder('e')
      .where('e.participantId = any(:ids)', { ids: participantIds }).andWhere(sql, params).orderBy('e.dueOn').addOrderBy('e.id').getMany();
  }

  async countToday(actor: Actor, today: Day, horizon: Day): Promise<number> {
    const { sql, params } = this.pressing(actor, today, horizon);
    const [row] = await this.database.sql<{ n: number }>(`select count(distinct e.participant_id)::int as n from agenda_entry e where ${sql}`, params);
    return row?.n ?? 0;
  }

  /** Of an entry `e`: that it shows on the actor's Today. A manager's own, not their coaches'. */
  showing(actor: Actor, today: Day): Condition {
    const mine = this.mine(actor);
    return { sql: `e.done_on is null and e.from_on <= :today and ${mine.sql}`, params: { ...mine.params, today } };
  }

  /** And that it presses: a task does not that is due after the last day that is looked ahead to. */
  pressing(actor: Actor, today: Day, horizon: Day): Condition {
    const { sql, params } = this.showing(actor, today);
    return { sql: `(e.nature <> 'task' or e.due_on <= :horizon) and ${sql}`, params: { ...params, horizon } };
  }

  async openOf(actor: Actor, participantId: string): Promise<AgendaEntry[]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return this.database.of(AgendaEntry).createQueryBuilder('e')
      .where('e.participantId = :participantId and e.doneOn is null', { participantId }).andWhere(sql, params).orderBy('e.dueOn').addOrderBy('e.id').limit(100).getMany();
  }

  /** The nearest thing to do about each of these people; a warning only where there is nothing to do. */
  async nextOf(actor: Actor, participantIds: readonly string[]): Promise<AgendaEntry[]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return this.database.of(AgendaEntry).createQueryBuilder('e')
      .distinctOn(['e.participantId']).where('e.participantId = any(:ids) and e.doneOn is null', { ids: participantIds }).andWhere(sql, params)
      .orderBy('e.participantId').addOrderBy("(e.nature = 'warning')").addOrderBy('e.dueOn').addOrderBy('e.id').getMany();
  }

  /** Those chosen by their ids, and the warnings that show, about these people. */
  async listed(actor: Actor, chosen: readonly string[], participantIds: readonly string[], today: Day): Promise<AgendaEntry[]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return this.database.of(AgendaEntry).createQueryBuilder('e')
      .where("e.participantId = any(:ids) and e.doneOn is null and (e.id = any(:chosen) or (e.nature = 'warning' and e.fromOn <= :today))", { ids: participantIds, chosen, today }).andWhere(sql, params)
      .orderBy('e.dueOn').addOrderBy('e.id').getMany();
  }

  /** A portion of what is open of some kinds, and how much there is. */
  ofKinds(actor: Actor, { kinds, fromOn, untilOn, coachId, latestFirst }: Listing, portion: { limit: number; offset: number }): Promise<[AgendaEntry[], number]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    const query = this.database.of(AgendaEntry).createQueryBuilder('e').where('e.kind = any(:kinds) and e.doneOn is null', { kinds }).andWhere(sql, params);
    if (fromOn) query.andWhere('e.wantedFromOn >= :fromOn', { fromOn });
    if (untilOn) query.andWhere('e.wantedFromOn <= :untilOn', { untilOn });
    const led = coachId ? this.visibility.ledBy(actor, 'e.participant_id', coachId) : null;
    if (led) query.andWhere(led.sql, led.params);
    return query.orderBy('e.wantedFromOn', latestFirst ? 'DESC' : 'ASC').addOrderBy('e.id').limit(portion.limit).offset(portion.offset).getManyAndCount();
  }

  /** Everything open or ticked off by hand in the actor's service, a thousand at a time: for the comparison with the facts. */
  async batch(actor: Actor, after: string): Promise<AgendaEntry[]> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return this.database.of(AgendaEntry).createQueryBuilder('e')
      .where("(e.doneOn is null or e.byHand) and e.id > :after", { after }).andWhere(sql, params).orderBy('e.id').limit(1_000).getMany();
  }

  private mine(actor: Actor): Condition {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    return { sql: `${sql} and e.for_whom = :wallWhom and (e.user_id is null or e.user_id = :wallUser)`, params: { ...params, wallWhom: actor.role === 'coach' ? 'coach' : 'manager', wallUser: actor.id } };
  }
}
