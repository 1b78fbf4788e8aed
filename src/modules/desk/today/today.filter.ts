import { Flag, Id, OneOf } from '../../../platform/web/fields';
import { KINDS, type Kind } from '../../activities';

/** How far one looks ahead. */
export class LookAhead {
  @Flag({ optional: true, description: 'With what is due later as well' }) later?: boolean;
}

/** And with whom the quick contact opens. */
export class TodayFilter extends LookAhead {
  @Id({ optional: true }) participant?: string;
  @OneOf(KINDS, { optional: true, description: 'Kind of contact that is to be noted' }) kind?: Kind;
}
