import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';

/**
 * Wall 1 of what is common to all: names and periods are known to whoever is known, as row-level security says for reference tables.
 * Their pages are the administrator's, by right.
 */
export function visibleReference(actor: Actor): Condition {
  return { sql: actor.id || actor.role === 'system' ? 'true' : 'false', params: {} };
}
