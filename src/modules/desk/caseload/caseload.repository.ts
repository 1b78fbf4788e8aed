import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { addDays } from '../../../platform/days';
import { Visibility } from '../../caseloads';
import type { CaseloadFilter, Sort } from './caseload.dto';

export interface CaseloadIds {
  participant_id: string;
  enrolment_id: string | null;
  next_id: string | null;
  family_names: string;
  given_names: string;
}
/** A page of the list, with how many rows the whole list has and how many people are in them. */
export interface CaseloadIdsPage {
  ids: CaseloadIds[];
  total: number;
  people: number;
}
interface Parts {
  from: string;
  where: string;
  params: Record<string, unknown>;
}

/** Which column orders by what; every order is total. */
const BY_NAME = 'l.family_names collate "und-x-icu" {dir}, l.given_names collate "und-x-icu" {dir}, l.id {dir}, l.enrolment_id {dir}';
const ORDERS: Record<Sort, string> = {
  due: `next.due_on {dir} nulls last, ${BY_NAME}`,
  name: BY_NAME,
  stage: `l.pathway {dir} nulls last, stage.position {dir}, ${BY_NAME}`,
};
const NEXT = `left join lateral (select a.id, a.due_on, a.nature from agenda_entry a
    where a.service_id = l.service_id and a.participant_id = l.id and a.done_on is null and (a.enrolment_id is null or a.enrolment_id = l.enrolment_id)
    order by (a.nature = 'warning'), a.due_on, a.id limit 1) next on true`;
const STAGE = 'left join protocol_stage stage on stage.version_id = l.protocol_version_id and stage.key = l.stage';

/**
 * Which people and enrolments a caseload page shows, in which order. It reads across modules because order and pages span them;
 * it answers ids, and the doors answer the rest. Every statement begins at whom the actor may see.
 */
@Injectable()
export class CaseloadRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
    private readonly clock: Clock,
  ) {}

  /** One statement, because each asks the second wall again. An empty page still knows the numbers. */
  async page(actor: Actor, filter: CaseloadFilter, limit: number, offset: number): Promise<CaseloadIdsPage> {
    const { from, where, params } = this.parts(actor, filter);
    const order = ORDERS[filter.sort ?? 'due'].replaceAll('{dir}', filter.order === 'desc' ? 'desc' : 'asc');
    const rows = await this.database.sql<{ total: number; people: number } & (CaseloadIds | { participant_id: null })>(
      `with listed as materialized (
         select p.id, p.service_id, p.family_names, p.given_names, e.id as enrolment_id, e.pathway, e.protocol_version_id, e.stage from ${from} where ${where})
       select n.total, n.people, shown.* from (select count(*)::int as total, count(distinct id)::int as people from listed) n left join (
         select l.id as participant_id, l.enrolment_id, next.id as next_id, l.family_names, l.given_names, row_number() over (order by ${order}) as place
           from listed l ${NEXT} ${filter.sort === 'stage' ? STAGE : ''} order by place limit :limit offset :offset) shown on true order by shown.place`,
      { ...params, limit, offset },
    );
    const { total, people } = rows[0]!;
    return { ids: rows.filter((row) => row.participant_id !== null), total, people };
  }

  /** How many people are accompanied, or wait to be: each counted once. */
  async people(actor: Actor): Promise<number> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const [row] = await this.database.sql<{ n: number }>(
      `select count(*)::int as n from participant p where ${sql}
         and (exists (select from enrolment e where e.participant_id = p.id and e.closed_on is null) or not exists (select from enrolment e where e.participant_id = p.id))`, params,
    );
    return row!.n;
  }

  private parts(actor: Actor, filter: CaseloadFilter): Parts {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const today = this.clock.today(actor.timeZone);
    const where = [sql];
    const values: Record<string, unknown> = { ...params };
    const and = (condition: string, more: Record<string, unknown> = {}): void => {
      where.push(condition);
      Object.assign(values, more);
    };
    if (filter.scope === 'left') and('e.id is null and exists (select from enrolment x where x.participant_id = p.id)');
    else and('(e.id is not null or not exists (select from enrolment x where x.participant_id = p.id))');
    if (filter.pathway) and('e.pathway = :pathway', { pathway: filter.pathway });
    if (filter.stage) and('e.stage = :stage', { stage: filter.stage });
    if (filter.late) and(dueBefore(':today'), { today });
    if (filter.within) and(dueBefore(':until'), { until: addDays(today, Number(filter.within) + 1) });
    if (filter.warned) and(showing("w.nature = 'warning'"), { today });
    if (filter.silent) and(showing("w.nature = 'warning' and w.kind = 'silence'"), { today });
    if (filter.coach) {
      and(`exists (select from assignment l where l.participant_id = p.id and l.coach_id = :coach and l.kind = 'lead' and l.from_on <= :today and (l.until_on is null or l.until_on > :today))`, {
        coach: filter.coach, today,
      });
    }
    return { from: 'participant p left join enrolment e on e.participant_id = p.id and e.closed_on is null', where: where.join(' and '), params: values };
  }
}

const showing = (condition: string): string => `exists (select from agenda_entry w where w.service_id = p.service_id and w.participant_id = p.id and w.done_on is null and w.from_on <= :today and ${condition})`;
/** The next action is the earliest that is no warning: it is due before a day when any of them is. It shows before it is due, which the index knows. */
const dueBefore = (day: string): string => `exists (select from agenda_entry w where w.service_id = p.service_id and w.participant_id = p.id and w.done_on is null and w.nature <> 'warning'
    and (w.enrolment_id is null or w.enrolment_id = e.id) and w.from_on < ${day} and w.due_on < ${day})`;
