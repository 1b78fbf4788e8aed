import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Condition } from '../../platform/database/condition';

const NOTHING: Condition = { sql: 'false', params: {} };
const WHOLE_SERVICE = ['manager', 'system'];

/**
 * Wall 1: whose rows an actor may see. Every query on something that belongs to a person carries `visible`.
 * The parameters bear the same names everywhere, so that several conditions may stand in one statement.
 */
@Injectable()
export class Visibility {
  constructor(private readonly clock: Clock) {}

  /**
   * Rows about the participants that the actor may see: a coach's caseload today, a manager's service.
   * @param column the person's id in the query (`p.id`, `e.participant_id`); the service stands beside it, as `service_id`
   */
  visible(actor: Actor, column: string): Condition {
    const wall = this.service(actor, column.replace(/\w+$/, 'service_id'));
    if (WHOLE_SERVICE.includes(actor.role)) return wall;
    if (actor.role !== 'coach' || wall === NOTHING) return NOTHING;
    return {
      sql: `${wall.sql} and ${column} in (select wall.participant_id from assignment wall where wall.service_id = :wallService and wall.coach_id = :wallActor`
        + ' and wall.from_on <= :wallToday and (wall.until_on is null or wall.until_on > :wallToday))',
      params: { ...wall.params, wallActor: actor.id, wallToday: this.clock.today(actor.timeZone) },
    };
  }

  /** Of people whom the actor may see: that this coach leads them today. */
  ledBy(actor: Actor, column: string, coachId: string): Condition {
    return {
      sql: `${column} in (select led.participant_id from assignment led where led.service_id = :ledService and led.coach_id = :ledCoach and led.kind = 'lead'`
        + ' and led.from_on <= :ledOn and (led.until_on is null or led.until_on > :ledOn))',
      params: { ledService: actor.service, ledCoach: coachId, ledOn: this.clock.today(actor.timeZone) },
    };
  }

  /** Rows of the actor's service, for what belongs to no one person. */
  service(actor: Actor, column: string): Condition {
    if (!actor.service || ![...WHOLE_SERVICE, 'coach'].includes(actor.role)) return NOTHING;
    return { sql: `${column} = :wallService`, params: { wallService: actor.service } };
  }
}
