import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: employers and what hangs on them belong to a service; everybody who accompanies people in it works with them. */
export function visibleEmployers(visibility: Visibility, actor: Actor, alias: string): Condition {
  return visibility.service(actor, `${alias}.service_id`);
}
