import type { Day as CalendarDay } from '../../platform/days';
import { Back } from '../../platform/web/back';
import { Day, Id, Many, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { inTheFuture } from './activities.problems';
import { KINDS, lengthFault, MODES, OUTCOMES, type Activity, type Kind, type Mode, type Outcome } from './activity.entity';

/** The short form as far as it is filled in, right or wrong: the long one opens with it. */
export class ContactSoFar {
  @Many('id', { max: 50, optional: true }) participantIds?: string[];
  @Text({ max: 40, optional: true }) kind?: string;
  @Text({ max: 40, optional: true }) outcome?: string;
  @Text({ max: 40, optional: true }) minutes?: string;
  @Text({ max: 8000, optional: true, multiline: true }) note?: string;
}

/** Whom one looks for on the screen, and the rest of it as far as it is filled in. */
export class LookForContact extends ContactSoFar {
  @Text({ max: 100 }) q!: string;
  @Text({ max: 40, optional: true }) mode?: string;
  @Text({ max: 200, optional: true }) place?: string;
  @Day({ optional: true }) happenedOn?: string;
}

/** What a contact was: the fields of the one screen. */
@Rule<Contact>(['minutes', 'outcome'], ({ minutes, outcome }) => lengthFault(minutes, outcome))
@Rule<Contact>(['happenedOn'], ({ happenedOn }, { today }) => (happenedOn && today && happenedOn > today ? inTheFuture(today).fields : null))
class Contact {
  @OneOf(KINDS) kind!: Kind;
  @OneOf(MODES, { optional: true, description: 'The usual one of the kind when absent' }) mode?: Mode;
  @Text({ max: 200, optional: true }) place?: string;
  @Day({ optional: true, description: 'Today when absent; never later' }) happenedOn?: string;
  @Whole({ min: 0, max: 1440, description: 'At least 1 where it took place' }) minutes!: number;
  @OneOf(OUTCOMES) outcome!: Outcome;
  @Text({ max: 8000, optional: true, multiline: true }) note?: string;
}

export class LogContact extends Contact {
  @Many('id', { max: 50 }) participantIds!: string[];
}

/** The one screen where people are looked for: what was looked for comes with it, and is not kept. */
export class LogContactForm extends LogContact {
  @Text({ max: 100, optional: true }) q?: string;
}

export class CorrectContact extends Contact {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class WithdrawContact {
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

/** With whom the form opens, and where the reader goes back to. */
export class NewContactFilter extends Back {
  @Id({ optional: true }) participant?: string;
  @OneOf(KINDS, { optional: true }) kind?: Kind;
  @OneOf(['today', 'person'], { optional: true }) from?: 'today' | 'person';
}

export class ActivitiesFilter {
  @Id({ description: 'One participant' }) participantId!: string;
  @Day({ optional: true, description: 'With beforeId: only what comes after this one in the order latest first' }) beforeOn?: string;
  @Id({ optional: true }) beforeId?: string;
}

export interface ActivityView {
  id: string;
  kind: Kind;
  mode: Mode;
  place: string | null;
  happenedOn: CalendarDay;
  minutes: number;
  outcome: Outcome;
  note: string | null;
  recordedAt: string;
  recordedBy: string;
  recordedByName: string | null;
  withdrawn: { at: string; reason: string } | null;
  /** Those among the people it served whom the reader may see. */
  participantIds: string[];
  version: number;
}

export function activityView(activity: Activity, participantIds: string[], recordedByName: string | null): ActivityView {
  const { id, kind, mode, place, happenedOn, minutes, outcome, note, recordedAt, recordedBy, withdrawnAt, withdrawnReason, version } = activity;
  return {
    id, kind, mode, place, happenedOn, minutes, outcome, note, recordedAt: recordedAt.toISOString(), recordedBy, recordedByName,
    withdrawn: withdrawnAt ? { at: withdrawnAt.toISOString(), reason: withdrawnReason! } : null, participantIds, version,
  };
}
