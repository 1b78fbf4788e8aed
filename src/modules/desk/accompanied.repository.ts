import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { AgendaService } from '../agenda';
import { Visibility } from '../caseloads';

/** Who is accompanied, or waits to be: not who has left. Every count of people on these screens is of them. @param person column of the person's id */
export const isAccompanied = (person: string): string => `(exists (select from enrolment n where n.participant_id = ${person} and n.closed_on is null) or not exists (select from enrolment n where n.participant_id = ${person}))`;

/** Counts over the people accompanied whom the actor may see: each person once. */
@Injectable()
export class AccompaniedRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
    private readonly agenda: AgendaService,
    private readonly clock: Clock,
  ) {}

  /** All of them; and the others, about whom nothing presses on the actor's Today. */
  async people(actor: Actor): Promise<{ people: number; others: number }> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const pressing = this.agenda.pressing(actor);
    const [row] = await this.database.sql<{ people: number; others: number }>(
      `select count(*)::int as people, count(*) filter (where not p.id = any (array(select e.participant_id from agenda_entry e where ${pressing.sql})))::int as others
         from participant p where ${sql} and ${isAccompanied('p.id')}`, { ...params, ...pressing.params },
    );
    return row!;
  }

  /** About how many there is something late, a warning, a silence: those whom the caseload lists when it is asked for them. */
  async pressing(actor: Actor): Promise<{ late: number; warned: number; silent: number }> {
    const { sql, params } = this.visibility.visible(actor, 'e.participant_id');
    const [row] = await this.database.sql<{ late: number; warned: number; silent: number }>(
      `select count(distinct e.participant_id) filter (where e.nature <> 'warning' and e.due_on < :today)::int as late,
              count(distinct e.participant_id) filter (where e.nature = 'warning')::int as warned,
              count(distinct e.participant_id) filter (where e.nature = 'warning' and e.kind = 'silence')::int as silent
         from agenda_entry e where e.done_on is null and e.from_on <= :today and ${sql} and (e.enrolment_id is not null or ${isAccompanied('e.participant_id')})`, { ...params, today: this.clock.today(actor.timeZone) },
    );
    return row!;
  }
}
