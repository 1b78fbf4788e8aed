import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: a need at work is seen by who may see the person whose need it is. `row` is accommodation or no_need_known in the query. */
export function visibleNeeds(visibility: Visibility, actor: Actor, row: string): Condition {
  return visibility.visible(actor, `${row}.participant_id`);
}
