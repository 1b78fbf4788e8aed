import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: a plan, what hangs on it and natural supports follow the person. `it` is their table in the query. */
export function visiblePlans(visibility: Visibility, actor: Actor): Condition {
  return visibility.visible(actor, 'it.participant_id');
}
