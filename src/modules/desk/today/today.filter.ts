import { Id } from '../../../platform/web/fields';

/** With whom the quick contact opens. */
export class TodayFilter {
  @Id({ optional: true }) participant?: string;
}
