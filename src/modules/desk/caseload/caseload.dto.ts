import { Flag, Id, Many, OneOf, Text, Whole } from '../../../platform/web/fields';
import type { EntryView } from '../../agenda';
import { AT_ONCE } from '../../caseloads';
import { PATHWAYS, type Pathway, type SummaryView } from '../../pathways';

export const SORTS = ['due', 'name', 'stage'] as const;
export type Sort = (typeof SORTS)[number];
/** In how many days the next action is due. */
export const WITHIN = ['7', '30', '90'] as const;
export const SCOPES = ['open', 'left'] as const;
export const PAGE_SIZE = 50;

/** What of the caseload is shown. It stands in the address, so it holds no name. */
export class CaseloadFilter {
  @OneOf(PATHWAYS, { optional: true }) pathway?: Pathway;
  @Text({ max: 60, optional: true, description: 'Key of a stage' }) stage?: string;
  @Flag({ optional: true, description: 'Something is late' }) late?: boolean;
  @Flag({ optional: true, description: 'There is a warning' }) warned?: boolean;
  @Flag({ optional: true, description: 'Nobody has been in touch for too long' }) silent?: boolean;
  @OneOf(WITHIN, { optional: true, description: 'Days until the next action is due' }) within?: (typeof WITHIN)[number];
  @Id({ optional: true, description: 'Whom this coach leads' }) coach?: string;
  @OneOf(SCOPES, { optional: true, description: 'left: people whose enrolments are all closed' }) scope?: (typeof SCOPES)[number];
  @OneOf(SORTS, { optional: true }) sort?: Sort;
  @OneOf(['asc', 'desc'], { optional: true }) order?: 'asc' | 'desc';
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

/** The names of what is filtered: all else is order and place. */
export const FILTERS = ['pathway', 'stage', 'late', 'warned', 'silent', 'within', 'coach', 'scope'] as const satisfies readonly (keyof CaseloadFilter)[];

/** Whom a hand-over is about: people by their ids, or everybody whom one coach leads. */
export class HandOverFilter {
  @Many('id', { max: AT_ONCE, optional: true }) participantIds?: string[];
  @Id({ optional: true }) coach?: string;
}

export class KeepView {
  @Text({ max: 60 }) name!: string;
  @Text({ max: 500, optional: true, description: 'The filter as it stands in the address' }) query?: string;
}

/** One person on one pathway; or one who has none yet, or none any more. */
export interface CaseloadRow {
  participantId: string;
  /** Family name first, as lists are read. */
  name: string;
  coachName: string | null;
  enrolment: SummaryView | null;
  next: (Pick<EntryView, 'id' | 'kind' | 'params' | 'dueOn' | 'nature' | 'forWhom'> & { daysLate: number; mine: boolean }) | null;
  warnings: Pick<EntryView, 'id' | 'kind' | 'params' | 'dueOn'>[];
}

export interface CaseloadPageView {
  items: CaseloadRow[];
  /** Rows: a person on two pathways has two. */
  total: number;
  /** The people in them, each once. */
  people: number;
  page: number;
  size: number;
}

export interface CaseloadSummary {
  people: number;
  /** Open ones; `byPathway` adds up to it. */
  enrolments: number;
  byPathway: { pathway: Pathway; count: number }[];
  stages: { stage: string; title: SummaryView['stageTitle'] }[];
  weight: number;
  late: number;
  warned: number;
  silent: number;
}
