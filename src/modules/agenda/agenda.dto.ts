import type { Day as CalendarDay } from '../../platform/days';
import { Day, Id, Text, Whole } from '../../platform/web/fields';
import type { Act } from './agenda-act.entity';
import type { ForWhom, Nature, Outcome } from './agenda-entry.entity';

/** Values of an entry's words: numbers, days, keys of a closed list, titles in three languages. Never a name, never health. */
export type Params = Record<string, string | number | { fr: string; es: string; en: string }>;

/** What a module wants done about a person. The key names it among all that is wanted about the same person. */
export interface Want {
  participantId: string;
  enrolmentId?: string | null;
  /** `silence`, `first-meeting:<enrolment>`: what makes it one and the same. */
  key: string;
  /** Its words: `agenda.kind.<kind>` and `agenda.why.<kind>`. */
  kind: string;
  nature?: Nature;
  /** First day on which it shows on Today. */
  fromOn: CalendarDay;
  dueOn: CalendarDay;
  forWhom: ForWhom;
  /** One person only; else whoever coaches or manages. */
  userId?: string | null;
  subject: { kind: string; id: string | null };
  params?: Params;
  /** True where no other fact will tell that it is done. */
  byHand?: boolean;
  /** True where what somebody put off stays so, as long as it is now wanted no later than that day. */
  keepsPostponed?: boolean;
}

/** The end of an enrolment, and what it was ended by. */
export interface End {
  participantId: string;
  enrolmentId: string;
  cause: string;
}

/** A list of one kind of work: by the day from which the facts ask for it, whatever was put off since. */
export interface Listing {
  kinds: readonly string[];
  /** From and until which day, both counted. */
  fromOn?: CalendarDay;
  untilOn?: CalendarDay;
  /** About whom this coach leads. */
  coachId?: string;
  latestFirst?: boolean;
}

/** An entry, as it stands. */
export interface EntryView {
  id: string;
  participantId: string;
  enrolmentId: string | null;
  key: string;
  kind: string;
  nature: Nature;
  fromOn: CalendarDay;
  dueOn: CalendarDay;
  forWhom: ForWhom;
  userId: string | null;
  subject: { kind: string; id: string | null };
  params: Params;
  byHand: boolean;
  /** Set when somebody put it off: until when it was wanted, and why it waits. */
  postponed: { wantedOn: CalendarDay; reason: string } | null;
  /** Set once it is closed: `withdrawn` when its reason has gone. */
  closed: { on: CalendarDay; outcome: Outcome } | null;
  version: number;
}

/** What somebody did with an entry by hand. */
export interface ActView {
  entryId: string;
  act: Exclude<Act, 'reopened'>;
  kind: string;
  params: Params;
  /** The day by which it was due, and the new one, where it was put off. */
  fromOn: CalendarDay | null;
  toOn: CalendarDay | null;
  reason: string | null;
  on: CalendarDay;
  at: string;
  byName: string | null;
  /** Set where the reader may still take it back: what they send along. */
  reopen: { version: number } | null;
}

/** A difference between what is written and what the facts say. */
export interface Difference {
  participantId: string;
  key: string;
  what: 'missing' | 'left over' | 'different';
  written: Record<string, unknown> | null;
  computed: Record<string, unknown> | null;
}

export class Postpone {
  @Day({ description: 'The new day' }) dueOn!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class TickOff {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class AgendaFilter {
  @Id({ description: 'One participant' }) participantId!: string;
}
