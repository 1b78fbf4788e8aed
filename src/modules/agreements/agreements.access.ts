import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: an agreement and its signatures follow the person. `it` is their table in the query. */
export function visibleAgreements(visibility: Visibility, actor: Actor): Condition {
  return visibility.visible(actor, 'it.participant_id');
}
