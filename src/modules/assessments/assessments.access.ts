import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: a section follows the person. `s` is profile_section in the query. */
export function visibleSections(visibility: Visibility, actor: Actor): Condition {
  return visibility.visible(actor, 's.participant_id');
}
