import { Id, NestedMany, OneOf, Text, Whole } from '../../platform/web/fields';
import { PATHWAYS, SOURCES, type Pathway } from '../pathways';
import { OUTCOMES, type Counts, type Meant, type Outcome, type Say } from './deciding/decision';
import type { RunState } from './imports.entities';
import type { Encoding } from './reading/encoding';
import type { Separator } from './reading/separator';
import { LIMITS } from './reading/reader';
import { CHOSEN, TARGETS, type Target } from './reading/targets';

const VERSION = { min: 1, max: 1_000_000_000 };
export const ORDERS = ['day-first', 'month-first'] as const;
/** Words of the lists of one file. */
export const MOST_WORDS = 300;

export class ColumnGiven {
  @OneOf(TARGETS, { description: 'What the column holds; `ignore` leaves it out' }) target!: Target;
}

/** What each column holds, in the order of the file. */
export class ChooseColumns {
  @NestedMany(() => ColumnGiven, { max: LIMITS.columns }) columns!: ColumnGiven[];
  @Whole(VERSION) version!: number;
}

export class WordGiven {
  @OneOf(CHOSEN) list!: (typeof CHOSEN)[number];
  @Text({ max: 100, description: 'The word as it stands in the file, whatever its accents and capitals' }) word!: string;
  @Text({ max: 60, optional: true, description: 'A value of the list, the id of a coach, or `leave-out`' }) value?: string;
}

/** How days and words are read, and what holds for the whole file. The preview follows. */
export class ChooseReading {
  @OneOf(ORDERS) order!: (typeof ORDERS)[number];
  @Whole({ min: 1999, max: 2199, description: 'The last year that a birth year of two figures can mean' }) lastBirthYear!: number;
  @Whole({ min: 1999, max: 2199, description: 'The same for all other days' }) lastYear!: number;
  @Id({ optional: true, description: 'Who will accompany the people for whom the file names no coach of the service' }) coachId?: string;
  @Id({ optional: true, description: 'On what operation enrolments are opened' }) operationId?: string;
  @OneOf(PATHWAYS, { optional: true, description: 'For rows that name none' }) pathway?: Pathway;
  @OneOf(SOURCES, { description: 'Who referred the people' }) source!: string;
  @NestedMany(() => WordGiven, { max: MOST_WORDS, optional: true }) words?: WordGiven[];
  @Whole(VERSION) version!: number;
}

/** What is chosen for a file on the command line; what it leaves out is guessed, and a coach may be named there. */
export class MappingGiven {
  @NestedMany(() => ColumnGiven, { max: LIMITS.columns, optional: true }) columns?: ColumnGiven[];
  @OneOf(ORDERS, { optional: true }) order?: (typeof ORDERS)[number];
  @Whole({ min: 1999, max: 2199, optional: true }) lastBirthYear?: number;
  @Whole({ min: 1999, max: 2199, optional: true }) lastYear?: number;
  @Text({ max: 200, optional: true }) coachId?: string;
  @Id({ optional: true }) operationId?: string;
  @OneOf(PATHWAYS, { optional: true }) pathway?: Pathway;
  @OneOf(SOURCES, { optional: true }) source?: string;
  @NestedMany(() => WordGiven, { max: MOST_WORDS, optional: true }) words?: WordGiven[];
}

/** Begins or ends what was seen in this version. */
export class AsSeen {
  @Whole(VERSION) version!: number;
}

/** How a row is decided that may mean people who are there. */
export const SOMEBODY_NEW = 'new';
export const UNDECIDED = 'undecided';

export class SettleRow {
  @Whole({ min: 1, max: 1_000_000, description: 'The line of the file' }) line!: number;
  @Text({ max: 36, description: 'The id of the person whom it means, one of `mayBe`; `new` for somebody new; `undecided` to take it back' }) choice!: string;
  @Whole(VERSION) version!: number;
}

export class RowsFilter {
  @OneOf(OUTCOMES, { optional: true }) outcome?: Outcome;
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

export interface ColumnView {
  header: string;
  target: Target;
  filled: number;
  samples: string[];
}

/** A word of a list, and what it is taken for; null where nobody has said yet. */
export interface QuestionView {
  list: (typeof CHOSEN)[number];
  word: string;
  cell: string;
  rows: number;
  value: string | null;
  choices: readonly string[];
  /** Means different things: asked in each file. */
  asked: boolean;
}

export interface ReadingView {
  order: (typeof ORDERS)[number];
  /** Days of the file that can be read in one order only. */
  dayFirst: number;
  monthFirst: number;
  /** A day of the file that could be read otherwise, and how it is. */
  example: { cell: string; day: string } | null;
  lastBirthYear: number;
  lastYear: number;
  coachId: string | null;
  operationId: string | null;
  pathway: string | null;
  source: string;
  questions: QuestionView[];
}

export interface RunView {
  id: string;
  fileName: string;
  bytes: number;
  encoding: Encoding;
  separator: Separator;
  headerLine: number;
  state: RunState;
  failure: string | null;
  rows: number;
  done: number;
  counts: Counts | null;
  createdAt: string;
  createdByName: string | null;
  committedAt: string | null;
  version: number;
}

export interface RunWhole extends RunView {
  columns: ColumnView[];
  reading: ReadingView;
}

export interface RowView {
  line: number;
  outcome: Outcome | null;
  /** As they stand in the file; gone once the row has been taken over. */
  cells: string[] | null;
  says: Say[];
  participantId: string | null;
  /** Who is there already and may be meant. */
  mayBe: Meant[];
  /** What somebody decided: an id of those, `new`, or nothing yet. */
  choice: string | null;
}
