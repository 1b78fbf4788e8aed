import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { Visibility } from '../../caseloads';
import { isAccompanied } from '../accompanied.repository';

/** Counts by lead, over the people whom the actor may see. */
@Injectable()
export class TeamRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
    private readonly clock: Clock,
  ) {}

  /** Open enrolments by lead and stage. */
  async stages(actor: Actor): Promise<{ coach_id: string; stage: string; count: number }[]> {
    const { sql, params } = this.visibility.visible(actor, 'l.participant_id');
    return this.database.sql(
      `select l.coach_id, e.stage, count(*)::int as count from assignment l join enrolment e on e.participant_id = l.participant_id and e.closed_on is null
        where l.kind = 'lead' and l.from_on <= :today and (l.until_on is null or l.until_on > :today) and ${sql} group by 1, 2`,
      { ...params, today: this.clock.today(actor.timeZone) },
    );
  }

  /** People by lead: accompanied or waiting to be, with something late, with a warning, whoever is to act: as the caseload lists them. */
  async people(actor: Actor): Promise<{ coach_id: string; people: number; late: number; warned: number }[]> {
    const { sql, params } = this.visibility.visible(actor, 'l.participant_id');
    return this.database.sql(
      `with led as (
         select l.coach_id, l.participant_id from assignment l
          where l.kind = 'lead' and l.from_on <= :today and (l.until_on is null or l.until_on > :today) and ${sql}
            and ${isAccompanied('l.participant_id')}
       ), pressing as (
         select a.participant_id, bool_or(a.nature <> 'warning' and a.due_on < :today) as late, bool_or(a.nature = 'warning') as warned
           from agenda_entry a where a.service_id = :service and a.done_on is null and a.from_on <= :today group by 1
       )
       select led.coach_id, count(*)::int as people, count(*) filter (where pressing.late)::int as late, count(*) filter (where pressing.warned)::int as warned
         from led left join pressing on pressing.participant_id = led.participant_id group by 1`,
      { ...params, service: actor.service, today: this.clock.today(actor.timeZone) },
    );
  }
}
