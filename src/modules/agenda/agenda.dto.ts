import type { Day } from '../../platform/days';
import { Day as DayField, Text, Whole } from '../../platform/web/fields';
import type { AgendaEntry, Owner } from './agenda-entry.entity';

/** What a module asks the agenda to keep. */
export interface Wanted {
  participantId: string;
  enrolmentId?: string | null;
  /** One open reason of its sort a person. */
  key: string;
  /** Words: `agenda.kind.<kind>`, `agenda.act.<kind>`. */
  kind: string;
  fromOn: Day;
  dueOn: Day;
  forWhom: Owner;
  userId?: string | null;
  subject: { kind: string; id: string | null };
  params?: Record<string, string | number | boolean | null>;
}

/** A reason as pages and the API show it. */
export interface EntryView {
  id: string;
  participantId: string;
  enrolmentId: string | null;
  key: string;
  kind: string;
  fromOn: Day;
  dueOn: Day;
  forWhom: Owner;
  subjectKind: string;
  subjectId: string | null;
  params: Record<string, string | number | boolean | null>;
  version: number;
}

/** Another day for it, and why. */
export class Postpone {
  @DayField() dueOn!: Day;
  @Text({ max: 500 }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class MarkDone {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export function entryView(entry: AgendaEntry): EntryView {
  return {
    id: entry.id, participantId: entry.participantId, enrolmentId: entry.enrolmentId, key: entry.key, kind: entry.kind, fromOn: entry.fromOn, dueOn: entry.dueOn,
    forWhom: entry.forWhom, subjectKind: entry.subjectKind, subjectId: entry.subjectId, params: entry.params, version: entry.version,
  };
}
