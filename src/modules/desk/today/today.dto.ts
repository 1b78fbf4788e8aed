import type { EntryView, Nature, Params } from '../../agenda';
import type { SummaryView } from '../../pathways';

export const GROUPS = ['late', 'due', 'warn', 'wait'] as const;
export type Group = (typeof GROUPS)[number];
/** The colour that each wears. */
export const STATE_OF: Record<Group, 'late' | 'todo' | 'warn' | 'wait'> = { late: 'late', due: 'todo', warn: 'warn', wait: 'wait' };

/** One reason to act on one person, with the page on which it is done. */
export interface ReasonView {
  id: string;
  participantId: string;
  name: string;
  kind: string;
  nature: Nature;
  params: Params;
  fromOn: string;
  dueOn: string;
  /** The day that its words are about: since when, or until when; else when it is due. */
  aboutOn: string;
  /** Days after the day by which it was due; 0 when it is not late. */
  daysLate: number;
  where: { pathway: string; stageTitle: SummaryView['stageTitle'] } | null;
  href: string;
  act: 'contact' | 'pathway' | 'profile' | 'information' | 'file';
  byHand: boolean;
  postponed: EntryView['postponed'];
  version: number;
}

export interface TodayView {
  groups: { group: Group; reasons: ReasonView[] }[];
  total: number;
}
