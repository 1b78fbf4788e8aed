import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1 of all that hangs on a person: enrolments, referrals, steps, participations. `alias` is the table's in the query. */
export function visible(visibility: Visibility, actor: Actor, alias: string): Condition {
  return visibility.visible(actor, `${alias}.participant_id`);
}

/** Protocols that an actor may read: those of the product, and those of the federations they work for; an administrator's are all. */
export function readableProtocols(actor: Actor, alias: string, federationId: string | null): Condition {
  if (actor.role === 'administrator' || actor.role === 'system') return { sql: 'true', params: {} };
  return { sql: `(${alias}.federation_id is null or ${alias}.federation_id = :wallFederation)`, params: { wallFederation: federationId } };
}
