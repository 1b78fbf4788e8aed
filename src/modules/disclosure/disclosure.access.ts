import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: what a person decided about themselves is seen by who may see the person. */
export function visibleSheets(visibility: Visibility, actor: Actor, alias: string): Condition {
  return visibility.visible(actor, `${alias}.participant_id`);
}
