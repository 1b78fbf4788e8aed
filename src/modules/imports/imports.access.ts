import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** The registers of the service, for who answers for all its people. */
export function visible(visibility: Visibility, actor: Actor, alias: string): Condition {
  return actor.role === 'manager' || actor.role === 'system' ? visibility.service(actor, `${alias}.service_id`) : { sql: 'false', params: {} };
}
