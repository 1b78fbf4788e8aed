import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { AgendaService } from '../../agenda';
import { GROUPS, PORTION, URGENCY, type Group } from './today.dto';

/** One group: how many people stand in it, about how many there is a reason of its kind, how many such reasons, which portion this is, and whom it holds. */
export interface Counted {
  group: Group;
  people: number;
  touched: number;
  reasons: number;
  page: number;
  ids: string[];
}

@Injectable()
export class TodayRepository {
  constructor(
    private readonly database: Database,
    private readonly agenda: AgendaService,
    private readonly clock: Clock,
  ) {}

  /**
   * Everybody counted, a portion named: one statement, however many there are. The groups are those of `groupOf`, the order that of `inGroups`.
   * A page after the last is the last.
   */
  async groups(actor: Actor, page: number): Promise<Counted[]> {
    const { sql, params } = this.agenda.showing(actor);
    return this.database.sql<Counted>(
      `with reason as (
         select e.participant_id, e.due_on,
           case when e.nature = 'warning' then 'warn' when e.due_on < :today then 'late' when e.nature = 'request' then 'wait' when e.due_on <= :horizon then 'due' else 'later' end as "group"
           from agenda_entry e where ${sql}
       ), placed as (
         select p.*, row_number() over (partition by p."group" order by p.due_on, p.participant_id) as n from (
           (select distinct on (r.participant_id) r.participant_id, r."group", r.due_on from reason r where r."group" <> 'later'
             order by r.participant_id, array_position(cast(:urgency as text[]), r."group"), r.due_on)
           union all select r.participant_id, r."group", min(r.due_on) from reason r where r."group" = 'later' group by r.participant_id, r."group"
         ) p
       ), counted as (
         select g."group", g.place, (select count(*)::int from placed p where p."group" = g."group") as people,
           (select count(distinct r.participant_id)::int from reason r where r."group" = g."group") as touched, (select count(*)::int from reason r where r."group" = g."group") as reasons
           from unnest(cast(:groups as text[])) with ordinality g("group", place)
       ), paged as (select c.*, least(:page, greatest(1, (c.people + :size - 1) / :size))::int as page from counted c)
       select g."group", g.people, g.touched, g.reasons, g.page,
         array(select p.participant_id from placed p where p."group" = g."group" and p.n > (g.page - 1) * :size and p.n <= g.page * :size order by p.n) as ids
         from paged g order by g.place`,
      { ...params, today: this.clock.today(actor.timeZone), horizon: this.agenda.horizon(actor), urgency: URGENCY, groups: GROUPS, page, size: PORTION },
    );
  }
}
