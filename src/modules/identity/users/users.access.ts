import type { Actor } from '../../../platform/access/actor';
import type { Condition } from '../../../platform/database/condition';

/** Wall 1 of accounts: the administrator sees all, the system what it builds and signs in, everybody else their own. */
export function visibleUsers(actor: Actor, column: string): Condition {
  if (actor.role === 'administrator' || actor.role === 'system') return { sql: 'true', params: {} };
  return actor.id ? { sql: `${column} = :wallActor`, params: { wallActor: actor.id } } : { sql: 'false', params: {} };
}
