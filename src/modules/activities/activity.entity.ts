import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { daysBetween, type Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { wrongField, type FieldFault } from '../../platform/problem';
import { activityWithdrawn, correctionTooLate, inTheFuture, writtenBySomebodyElse } from './activities.problems';

export const KINDS = ['phone', 'visit', 'interview', 'administration'] as const;
export const MODES = ['in-person', 'call', 'video', 'message', 'paper'] as const;
export const OUTCOMES = ['done', 'no-show', 'excused'] as const;
export type Kind = (typeof KINDS)[number];
export type Mode = (typeof MODES)[number];
export type Outcome = (typeof OUTCOMES)[number];

/** What counts as having been in touch: paperwork does not. */
export const CONTACTS: readonly Kind[] = ['phone', 'visit', 'interview'];
/** Days during which its author may correct what was written down. */
export const CORRECTION_DAYS = 7;

const USUAL: Record<Kind, Mode> = { phone: 'call', visit: 'in-person', interview: 'in-person', administration: 'paper' };

/** What an activity was, as the one screen asks it. */
export interface Told {
  kind: Kind;
  mode?: Mode;
  place?: string;
  happenedOn?: Day;
  minutes: number;
  outcome: Outcome;
  note?: string;
}
export type Substance = Pick<Activity, 'kind' | 'mode' | 'place' | 'happenedOn' | 'minutes' | 'outcome' | 'note'>;

/** Anything done for participants. It can always be recorded, whatever a protocol says. */
@Entity('activity')
export class Activity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') kind!: Kind;
  @Column('text') mode!: Mode;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
  @Column('int') minutes!: number;
  @Column('text') outcome!: Outcome;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null;
  @Column('text', { name: 'withdrawn_reason', nullable: true }) withdrawnReason!: string | null;
  @Column('int') version!: number;

  static log(told: Told, made: { service: string; by: string; at: Date; today: Day }): Activity {
    return Object.assign(new Activity(), {
      ...substance(told, made.today), id: newId(made.at.getTime()), serviceId: made.service, recordedAt: made.at, recordedBy: made.by,
      withdrawnAt: null, withdrawnBy: null, withdrawnReason: null, version: 1,
    });
  }

  /** Its author mends it within a week. */
  correct(actor: Actor, told: Told, today: Day, recordedOn: Day): Substance {
    if (this.withdrawnAt) throw activityWithdrawn();
    if (actor.id !== this.recordedBy) throw writtenBySomebodyElse();
    if (daysBetween(recordedOn, today) > CORRECTION_DAYS) throw correctionTooLate(CORRECTION_DAYS);
    return substance({ ...told, happenedOn: told.happenedOn ?? this.happenedOn }, today);
  }

  /** Counts nowhere any more; what was written and why it goes stay. Its author's to say, or a manager's. */
  withdraw(actor: Actor, reason: string, at: Date): Pick<Activity, 'withdrawnAt' | 'withdrawnBy' | 'withdrawnReason'> {
    if (this.withdrawnAt) throw activityWithdrawn();
    if (actor.role === 'coach' && actor.id !== this.recordedBy) throw writtenBySomebodyElse();
    return { withdrawnAt: at, withdrawnBy: actor.id, withdrawnReason: reason };
  }

  /** Somebody was met or reached: this ends a silence. */
  get isContact(): boolean {
    return this.outcome === 'done' && this.withdrawnAt === null && CONTACTS.includes(this.kind);
  }

  mayBeCorrectedBy(actor: Actor, today: Day, recordedOn: Day): boolean {
    return this.withdrawnAt === null && actor.id === this.recordedBy && daysBetween(recordedOn, today) <= CORRECTION_DAYS;
  }

  mayBeWithdrawnBy(actor: Actor): boolean {
    return this.withdrawnAt === null && (actor.role === 'manager' || actor.id === this.recordedBy);
  }
}

/** What took place has lasted; nobody reached may have taken no time. */
export function lengthFault(minutes: number, outcome: Outcome): FieldFault | null {
  return minutes === 0 && outcome === 'done' ? { path: 'minutes', code: 'took-no-time', values: {} } : null;
}

function substance(told: Told, today: Day): Substance {
  const happenedOn = told.happenedOn ?? today;
  // What has not happened yet is an appointment, not an activity.
  if (happenedOn > today) throw inTheFuture(today);
  const noTime = lengthFault(told.minutes, told.outcome);
  if (noTime) throw wrongField(noTime.path, noTime.code);
  return { kind: told.kind, mode: told.mode ?? USUAL[told.kind], place: told.place ?? null, happenedOn, minutes: told.minutes, outcome: told.outcome, note: told.note ?? null };
}

/** Whom it served: one activity may serve several. */
@Entity('activity_participant')
export class ActivityParticipant {
  @PrimaryColumn('uuid', { name: 'activity_id' }) activityId!: string;
  @PrimaryColumn('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
}
