import { Flag, Id, OneOf, Whole } from '../../../platform/web/fields';
import { KINDS, type Kind } from '../../activities';
import { GROUPS, type Group } from './today.dto';

/** How far one looks ahead, and at whom: the first of every group, or one group a portion at a time. */
export class LookAhead {
  @Flag({ optional: true, description: 'With what is due later as well' }) later?: boolean;
  @OneOf(GROUPS, { optional: true, description: 'Only who stands in this group' }) group?: Group;
  @Whole({ min: 1, max: 10_000, optional: true, description: 'Portion of that group' }) page?: number;
}

/** And with whom the quick contact opens. */
export class TodayFilter extends LookAhead {
  @Id({ optional: true }) participant?: string;
  @OneOf(KINDS, { optional: true, description: 'Kind of contact that is to be noted' }) kind?: Kind;
}
