import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: a milestone, its answers and its attempts are seen by who may see the person whom they are about. `row` is one of the three tables in the query. */
export function visibleMilestones(visibility: Visibility, actor: Actor, row: string): Condition {
  return visibility.visible(actor, `${row}.participant_id`);
}
