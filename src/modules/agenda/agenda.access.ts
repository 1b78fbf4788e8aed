import type { Actor } from '../../platform/access/actor';
import type { Condition } from '../../platform/database/condition';
import type { Visibility } from '../caseloads';

/** Wall 1: reasons about the people whom the actor may see. */
export function visibleEntries(visibility: Visibility, actor: Actor): Condition {
  return visibility.visible(actor, 'entry.participant_id');
}
