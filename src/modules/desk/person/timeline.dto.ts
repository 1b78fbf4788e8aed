import type { Day as CalendarDay } from '../../../platform/days';
import { Day, Id, OneOf } from '../../../platform/web/fields';
import type { ActivityView } from '../../activities';
import type { ActView } from '../../agenda';
import type { HistoryView, Said } from '../../pathways';
import { GapFilter, type WorkFact } from '../../retention';

export const SHOWN = ['all', 'contacts', 'steps', 'work'] as const;
export type Shown = (typeof SHOWN)[number];

/** Which part of what happened; in the address. */
export class TimelineFilter extends GapFilter {
  @OneOf(SHOWN, { optional: true }) show?: Shown;
  @Day({ optional: true, description: 'Only what happened before this day' }) before?: string;
  @Id({ optional: true, description: 'With before: and, of that day, the contacts that come after this one' }) beforeId?: string;
}

/** One fact of a person's history. `type` says which of the parts is there; the others are null. */
export interface FactView {
  type: 'activity' | 'step' | 'annulment' | 'act' | 'referral' | 'lead' | 'informed' | 'consent' | 'consent-withdrawn' | 'ticked-off' | 'put-off' | 'job' | 'milestone';
  on: CalendarDay;
  /** Orders facts of one day: the later written, the higher. */
  at: string;
  activity: ActivityView | null;
  step: HistoryView | null;
  referral: { source: string; wish: string | null; protocol: Said } | null;
  lead: { coachName: string; reason: string | null; kind: string } | null;
  informed: { willing: string; format: string; by: string | null } | null;
  consent: { purpose: string; answer: 'yes' | 'no' } | null;
  agenda: ActView | null;
  job: WorkFact['job'];
  milestone: WorkFact['milestone'];
}

export interface TimelineView {
  days: { day: CalendarDay; facts: FactView[] }[];
  /** The day before which older facts are; null at the beginning of the history. */
  before: CalendarDay | null;
  /** With it, where a day has more contacts than a page: the last one shown of that day. */
  beforeId: string | null;
}
