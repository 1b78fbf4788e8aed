import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: a placement is seen by who may see the person whose job it is. `row` is placement, placement_change or placement_evidence in the query. */
export function visiblePlacements(visibility: Visibility, actor: Actor, row: string): Condition {
  return visibility.visible(actor, `${row}.participant_id`);
}
