import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { daysBetween, type Day } from '../../platform/days';
import { dealingOfSomebodyElse, dealingTooLate, dealingWithdrawn } from './employers.problems';

export const SIZES = ['1-9', '10-49', '50-249', '250+', 'unknown'] as const;
export const CONTACT_ROLES = ['tutor', 'signatory', 'hr', 'management', 'colleague', 'other'] as const;
export const DEALING_KINDS = ['prospecting', 'dealing', 'visit', 'mediation'] as const;
export const DEALING_MODES = ['in-person', 'call', 'video', 'message', 'paper'] as const;
export const DEALING_OUTCOMES = ['done', 'no-answer', 'declined'] as const;
/** Days during which its author may correct what was written down. */
export const CORRECTION_DAYS = 7;

/** Who employs people, as one service knows them. */
@Entity('employer')
export class Employer {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') name!: string;
  @Column('text') search!: string;
  @Column('text', { nullable: true }) registration!: string | null;
  @Column('text') country!: string;
  @Column('text', { nullable: true }) sector!: string | null;
  @Column('text', { nullable: true }) size!: (typeof SIZES)[number] | null;
  @Column('boolean', { name: 'is_public' }) isPublic!: boolean;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('date', { name: 'next_on', nullable: true }) nextOn!: Day | null;
  @Column('text', { name: 'next_what', nullable: true }) nextWhat!: string | null;
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto!: string | null;
  @Column('timestamptz', { name: 'merged_at', nullable: true }) mergedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;
}

/** A place of work; closed on a day, never deleted. */
@Entity('employer_site')
export class EmployerSite {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: Day | null;
  @Column('int') version!: number;
}

/** Somebody there, with a role; left on a day. */
@Entity('employer_contact')
export class EmployerContact {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('uuid', { name: 'site_id', nullable: true }) siteId!: string | null;
  @Column('text') name!: string;
  @Column('text') role!: (typeof CONTACT_ROLES)[number];
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('date', { name: 'left_on', nullable: true }) leftOn!: Day | null;
  @Column('int') version!: number;
}

/** What was done with an employer: no name and nothing of a person accompanied. */
@Entity('employer_dealing')
export class EmployerDealing {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('text') kind!: (typeof DEALING_KINDS)[number];
  @Column('text') mode!: (typeof DEALING_MODES)[number];
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
  @Column('int') minutes!: number;
  @Column('text') outcome!: (typeof DEALING_OUTCOMES)[number];
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { name: 'withdrawn_reason', nullable: true }) withdrawnReason!: string | null;
  @Column('int') version!: number;

  /** Its author mends it within a week. */
  mayCorrect(actor: Actor, today: Day, recordedOn: Day): void {
    if (this.withdrawnAt) throw dealingWithdrawn();
    if (actor.id !== this.recordedBy) throw dealingOfSomebodyElse();
    if (daysBetween(recordedOn, today) > CORRECTION_DAYS) throw dealingTooLate(CORRECTION_DAYS);
  }

  /** Its author's to withdraw, or a manager's. */
  mayWithdraw(actor: Actor): void {
    if (this.withdrawnAt) throw dealingWithdrawn();
    if (actor.role === 'coach' && actor.id !== this.recordedBy) throw dealingOfSomebodyElse();
  }
}
