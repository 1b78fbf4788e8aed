import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Day } from '../../platform/days';

/**
 * Wall 1 of the log. The administrator reads all of it (it holds ids, no names of participants); a manager what concerns the people of
 * the service; a coach what concerns the people of the own caseload.
 */
export function visibleEvents(actor: Actor, today: Day): Condition {
  if (actor.role === 'administrator') return { sql: 'true', params: {} };
  const service = { wallService: actor.service };
  if (actor.role === 'manager' && actor.service) return { sql: 'event.service_id = :wallService and event.participant_id is not null', params: service };
  if (actor.role !== 'coach' || !actor.service) return { sql: 'false', params: {} };
  return {
    sql: `event.service_id = :wallService and event.participant_id in (select participant_id from assignment
      where service_id = :wallService and coach_id = :wallActor and from_on <= :wallToday and (until_on is null or until_on > :wallToday))`,
    params: { ...service, wallActor: actor.id, wallToday: today },
  };
}
