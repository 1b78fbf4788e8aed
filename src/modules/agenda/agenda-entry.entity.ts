import { Column, Entity, PrimaryColumn } from 'typeorm';
import { addDays, type Day } from '../../platform/days';
import { newId } from '../../platform/id';
import type { Params, Want } from './agenda.dto';
import { alreadyClosed, notByHand, notReopened, notWantedAnyMore, postponedIntoThePast, postponedTooFar } from './agenda.problems';

/** Task: something to do. Warning: a fact that may cost something. Request: somebody waits for an answer. */
export const NATURES = ['task', 'warning', 'request'] as const;
export type Nature = (typeof NATURES)[number];
export type ForWhom = 'coach' | 'manager';
export type Outcome = 'done' | 'withdrawn';

/** How far ahead somebody may put something off, in days. */
export const FURTHEST = 90;
/** How far ahead Today looks, in days; a warning and what somebody waits for are told as soon as they are there. */
export const HORIZON = 14;

/** A reason to act on one person, from a day on, by another. Written when its fact is written. */
@Entity('agenda_entry')
export class AgendaEntry {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  @Column('text') key!: string;
  @Column('text') kind!: string;
  @Column('text') nature!: Nature;
  @Column('date', { name: 'wanted_from_on' }) wantedFromOn!: Day;
  @Column('date', { name: 'wanted_due_on' }) wantedDueOn!: Day;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  @Column('date', { name: 'due_on' }) dueOn!: Day;
  @Column('text', { name: 'postponed_reason', nullable: true }) postponedReason!: string | null;
  @Column('text', { name: 'for_whom' }) forWhom!: ForWhom;
  @Column('uuid', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('text', { name: 'subject_kind' }) subjectKind!: string;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId!: string | null;
  @Column('jsonb') params!: Params;
  @Column('boolean', { name: 'by_hand' }) byHand!: boolean;
  @Column('date', { name: 'done_on', nullable: true }) doneOn!: Day | null;
  @Column('uuid', { name: 'done_by', nullable: true }) doneBy!: string | null;
  @Column('text', { nullable: true }) outcome!: Outcome | null;
  /** The step that ended the enrolment, where that withdrew it. */
  @Column('uuid', { name: 'withdrawn_with', nullable: true }) withdrawnWith!: string | null;
  @Column('int') version!: number;

  /** As it is first written, all its columns. */
  static wanted(serviceId: string, want: Want): AgendaEntry {
    const { participantId, key, kind, dueOn, forWhom, subject } = want;
    const fromOn = want.fromOn > dueOn ? dueOn : want.fromOn;
    return Object.assign(new AgendaEntry(), {
      id: newId(), serviceId, participantId, enrolmentId: want.enrolmentId ?? null, key, kind, nature: want.nature ?? 'task', wantedFromOn: fromOn, wantedDueOn: dueOn, fromOn, dueOn, postponedReason: null,
      forWhom, userId: want.userId ?? null, subjectKind: subject.kind, subjectId: subject.id, params: want.params ?? {}, byHand: want.byHand ?? false, doneOn: null, doneBy: null, outcome: null, withdrawnWith: null, version: 1,
    });
  }

  /** Leaves Today until `day`. What the facts asked for stays known. */
  postpone(day: Day, reason: string, today: Day): Pick<AgendaEntry, 'fromOn' | 'dueOn' | 'postponedReason'> {
    if (this.doneOn) throw alreadyClosed();
    if (day <= today) throw postponedIntoThePast(addDays(today, 1));
    if (day > addDays(today, FURTHEST)) throw postponedTooFar(addDays(today, FURTHEST));
    return { fromOn: day, dueOn: day, postponedReason: reason };
  }

  /** Ticked off by who did it; only what no other fact closes. */
  tick(by: string | null, today: Day): Pick<AgendaEntry, 'doneOn' | 'doneBy' | 'outcome'> {
    if (this.doneOn) throw alreadyClosed();
    if (!this.byHand) throw notByHand();
    return { doneOn: today, doneBy: by, outcome: 'done' };
  }

  /** Taken back by who ticked it off, on the same day. @param want what the facts want now: a pause may have moved it, or its reason has gone */
  reopen(by: string | null, today: Day, want: Want | null): Partial<AgendaEntry> {
    if (!this.wasClosedBy(by, today)) throw notReopened();
    if (this.outcome !== 'done' || !want) throw notWantedAnyMore();
    const fromOn = want.fromOn > want.dueOn ? want.dueOn : want.fromOn;
    const staysPutOff = this.postponedReason !== null && (this.wantedDueOn === want.dueOn || this.dueOn >= want.dueOn);
    return {
      wantedFromOn: fromOn, wantedDueOn: want.dueOn, ...(staysPutOff ? {} : { fromOn, dueOn: want.dueOn, postponedReason: null }), doneOn: null, doneBy: null, outcome: null,
    };
  }

  mayReopen(by: string | null, today: Day): boolean {
    return this.outcome === 'done' && this.wasClosedBy(by, today);
  }

  private wasClosedBy(by: string | null, today: Day): boolean {
    return this.byHand && this.doneOn === today && this.doneBy !== null && this.doneBy === by;
  }
}
