import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: an activity is seen by who may see one of the people it served. `served` is activity_participant in the query. */
export function visibleActivities(visibility: Visibility, actor: Actor): Condition {
  return visibility.visible(actor, 'served.participant_id');
}
