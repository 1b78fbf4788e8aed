import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

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
  @Column('text') setting!: 'ordinary' | 'adapted' | 'sheltered' | 'own-account' | 'family';
  @Column('boolean') reserved!: boolean;
  @Column('text') contract!: 'permanent' | 'fixed' | 'agency' | 'apprenticeship' | 'public' | 'seasonal' | 'daily' | 'none-written' | 'own-account';
  @Column('date', { name: 'planned_end_on', nullable: true }) plannedEndOn!: Day | null;
  @Column('date', { name: 'trial_end_on', nullable: true }) trialEndOn!: Day | null;
  @Column('int', { name: 'weekly_minutes', nullable: true }) weeklyMinutes!: number | null;
  @Column('bigint', { nullable: true }) wage!: string | null;
  @Column('text', { name: 'wage_period', nullable: true }) wagePeriod!: 'hour' | 'day' | 'week' | 'month' | 'year' | null;
  @Column('text', { nullable: true }) currency!: string | null;
  @Column('boolean') subsidised!: boolean;
  @Column('text', { nullable: true }) tutor!: string | null;
  @Column('text', { name: 'found_by' }) foundBy!: 'person' | 'coach' | 'family' | 'public-employment-service' | 'advertisement' | 'employer' | 'already-there' | 'other';
  @Column('date', { name: 'last_day_on', nullable: true }) lastDayOn!: Day | null;
  @Column('text', { name: 'end_precision', nullable: true }) endPrecision!: 'exact' | 'month' | 'interval' | null;
  @Column('date', { name: 'end_after_on', nullable: true }) endAfterOn!: Day | null;
  @Column('date', { name: 'end_learnt_on', nullable: true }) endLearntOn!: Day | null;
  @Column('text', { name: 'end_by', nullable: true }) endBy!: 'worker' | 'employer' | 'both' | 'term' | 'unknown' | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: 'trial-ended' | 'term' | 'better-job' | 'conditions' | 'accommodation' | 'health' | 'conflict' | 'transport' | 'care' | 'economic' | 'closure' | 'retirement' | 'death' | 'unknown' | null;
  @Column('timestamptz', { name: 'annulled_at', nullable: true }) annulledAt!: Date | null;
  @Column('text', { name: 'annulled_reason', nullable: true }) annulledReason!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

@Entity('placement_change')
export class PlacementChange {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'placement_id' }) placementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'effective_on' }) effectiveOn!: Day;
  @Column('jsonb') before!: Record<string, unknown>;
  @Column('jsonb') after!: Record<string, unknown>;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

@Entity('placement_evidence')
export class PlacementEvidence {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'placement_id' }) placementId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') about!: 'first-day' | 'presence' | 'end';
  @Column('date', { name: 'on_day' }) onDay!: Day;
  @Column('text') kind!: 'contract' | 'payslip' | 'declaration' | 'certificate' | 'employer-word' | 'worker-word' | 'coach-word';
  @Column('text') level!: 'coach' | 'worker' | 'employer' | 'document';
  @Column('uuid', { name: 'document_id', nullable: true }) documentId!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}
