import type { Nature, Params } from '../../agenda';
import type { SummaryView } from '../../pathways';

/** How a reason presses, in the order of the page; what comes later is asked for. */
export const GROUPS = ['late', 'due', 'warn', 'wait', 'later'] as const;
export type Group = (typeof GROUPS)[number];
/** People whom a group shows at once. */
export const PORTION = 50;
/** Which of a person's reasons goes first: what is late, then somebody who waits, then our own work. */
export const URGENCY: readonly Group[] = ['late', 'wait', 'due', 'warn', 'later'];
/** The colour that each wears. */
export const STATE_OF: Record<Group, 'late' | 'todo' | 'warn' | 'wait' | 'none'> = { late: 'late', due: 'todo', warn: 'warn', wait: 'wait', later: 'none' };

/** One reason to act on one person, with the page on which it is done. */
export interface ReasonView {
  id: string;
  participantId: string;
  kind: string;
  nature: Nature;
  group: Group;
  params: Params;
  fromOn: string;
  dueOn: string;
  /** The day that its words are about: since when, or until when; else when it is due. */
  aboutOn: string;
  /** Days after the day by which it was due; 0 when it is not late. */
  daysLate: number;
  /** A contact is noted, a task is ticked off, or a page is opened: words `agenda.act.<kind>`. */
  act: 'contact' | 'done' | 'open';
  /** Kind of contact that is waited for, where it is known. */
  contact: string | null;
  href: string;
  byHand: boolean;
  /** Set when somebody put it off: until when it was wanted at first; the last time from which day, when, by whom and why. */
  postponed: { wantedOn: string; fromOn: string; on: string | null; byName: string | null; reason: string } | null;
  version: number;
}

/** One person with every reason to act, the most pressing first. */
export interface PersonToday {
  participantId: string;
  name: string;
  where: { pathway: string; stageTitle: SummaryView['stageTitle']; pausedUntil: string | null } | null;
  reasons: ReasonView[];
}

export interface GroupToday {
  group: Group;
  /** Everybody who stands in it; `people` is the portion that is shown. */
  count: number;
  page: number;
  people: PersonToday[];
  also: number;
}

export interface TodayView {
  /**
   * Each person once, in the group of the reason that presses most; `also` counts those of other groups about whom there is a reason of this kind as well.
   * What is due later stands in a group of its own, with whoever it is about.
   */
  groups: GroupToday[];
  /** How many people something presses about. */
  total: number;
  /** How many people a group shows at once. */
  size: number;
  /** How many things are due after the last day that is looked ahead to; they are shown only when asked for. */
  later: { count: number; after: string };
}
