import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { Act, Contract, EndBy, EndPrecision, EndReason, EvidenceAbout, EvidenceKind, FoundBy, Level, Setting, State, WagePeriod } from './placement.lists';
import { notEnded, notPlanned, notRunning, notStarted, placementAnnulled } from './placements.problems';
import { TERMS, type Terms } from './terms';

/** What is known of an end. */
export interface End {
  lastDayOn: Day;
  precision: EndPrecision;
  /** Of an interval: the last day on which the person was known to be there. */
  afterOn: Day | null;
  by: EndBy;
  reason: EndReason;
  learntOn: Day;
}

const NO_END = { lastDayOn: null, endPrecision: null, endAfterOn: null, endLearntOn: null, endBy: null, endReason: null, contactDueOn: null } as const;

/** A job of one person at one employer: one spell. */
@Entity('placement')
export class Placement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'enrolment_id', nullable: true }) enrolmentId!: string | null;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('uuid', { name: 'site_id', nullable: true }) siteId!: string | null;
  @Column('text') title!: string;
  @Column('text', { name: 'occupation_code', nullable: true }) occupationCode!: string | null;
  @Column('date', { name: 'planned_start_on', nullable: true }) plannedStartOn!: Day | null;
  @Column('date', { name: 'contract_on', nullable: true }) contractOn!: Day | null;
  @Column('date', { name: 'first_day_on', nullable: true }) firstDayOn!: Day | null;
  @Column('date', { name: 'never_started_on', nullable: true }) neverStartedOn!: Day | null;
  @Column('text') setting!: Setting;
  @Column('boolean') reserved!: boolean;
  @Column('text') contract!: Contract;
  @Column('date', { name: 'planned_end_on', nullable: true }) plannedEndOn!: Day | null;
  @Column('date', { name: 'trial_end_on', nullable: true }) trialEndOn!: Day | null;
  @Column('int', { name: 'weekly_minutes', nullable: true }) weeklyMinutes!: number | null;
  @Column('bigint', { nullable: true }) wage!: string | null;
  @Column('text', { name: 'wage_period', nullable: true }) wagePeriod!: WagePeriod | null;
  @Column('text', { nullable: true }) currency!: string | null;
  @Column('boolean') subsidised!: boolean;
  @Column('text', { nullable: true }) tutor!: string | null;
  @Column('text', { name: 'found_by' }) foundBy!: FoundBy;
  @Column('date', { name: 'last_day_on', nullable: true }) lastDayOn!: Day | null;
  @Column('text', { name: 'end_precision', nullable: true }) endPrecision!: EndPrecision | null;
  @Column('date', { name: 'end_after_on', nullable: true }) endAfterOn!: Day | null;
  @Column('date', { name: 'end_learnt_on', nullable: true }) endLearntOn!: Day | null;
  @Column('text', { name: 'end_by', nullable: true }) endBy!: EndBy | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: EndReason | null;
  /** By when somebody speaks with the person about the job that ended, where no step of a protocol asks for it. */
  @Column('date', { name: 'contact_due_on', nullable: true }) contactDueOn!: Day | null;
  @Column('timestamptz', { name: 'annulled_at', nullable: true }) annulledAt!: Date | null;
  @Column('text', { name: 'annulled_reason', nullable: true }) annulledReason!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;

  get state(): State {
    if (this.annulledAt) return 'annulled';
    if (this.neverStartedOn) return 'never-started';
    if (!this.firstDayOn) return 'planned';
    return this.lastDayOn ? 'ended' : 'running';
  }

  get terms(): Terms {
    const columns = Object.fromEntries(TERMS.map((name) => [name, this[name]])) as unknown as Terms;
    return { ...columns, wage: this.wage === null ? null : Number(this.wage) };
  }

  /** True on each day from the first to the last one worked. */
  runsOn(day: Day): boolean {
    return !this.annulledAt && this.firstDayOn !== null && this.firstDayOn <= day && (this.lastDayOn === null || day <= this.lastDayOn);
  }

  start(firstDayOn: Day): Pick<Placement, 'firstDayOn'> {
    this.mustBe('planned', notPlanned);
    return { firstDayOn };
  }

  correctFirstDay(firstDayOn: Day): Pick<Placement, 'firstDayOn'> {
    if (this.annulledAt) throw placementAnnulled();
    if (!this.firstDayOn) throw notStarted();
    return { firstDayOn };
  }

  /** Who never turned up has not worked, and is no hire. */
  neverStart(on: Day): Pick<Placement, 'neverStartedOn'> {
    this.mustBe('planned', notPlanned);
    return { neverStartedOn: on };
  }

  end(end: End): Partial<Placement> {
    this.mustBe('running', notRunning);
    return { lastDayOn: end.lastDayOn, endPrecision: end.precision, endAfterOn: end.afterOn, endBy: end.by, endReason: end.reason, endLearntOn: end.learntOn };
  }

  reopen(): Partial<Placement> {
    this.mustBe('ended', notEnded);
    return NO_END;
  }

  annul(reason: string, at: Date): Partial<Placement> {
    if (this.annulledAt) throw placementAnnulled();
    return { annulledAt: at, annulledReason: reason, contactDueOn: null };
  }

  /** Terms change while there is something to change. */
  mayChange(): void {
    if (this.annulledAt) throw placementAnnulled();
    if (this.neverStartedOn) throw notPlanned();
  }

  private mustBe(state: State, otherwise: () => Error): void {
    if (this.annulledAt) throw placementAnnulled();
    if (this.state !== state) throw otherwise();
  }
}

/** One thing that was done with a placement. */
@Entity('placement_change')
export class PlacementChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'placement_id' }) placementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') act!: Act;
  @Column('date', { name: 'effective_on' }) effectiveOn!: Day;
  @Column('jsonb') before!: Record<string, unknown>;
  @Column('jsonb') after!: Record<string, unknown>;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

/** What shows that the person was there on a day. */
@Entity('placement_evidence')
export class PlacementEvidence {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'placement_id' }) placementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') about!: EvidenceAbout;
  @Column('date', { name: 'on_day' }) onDay!: Day;
  @Column('text') kind!: EvidenceKind;
  @Column('text') level!: Level;
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}
