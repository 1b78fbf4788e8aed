import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('employer')
export class Employer {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') name!: string;
  @Column('text') search!: string;
  @Column('text', { nullable: true }) registration!: string | null;
  @Column('text') country!: string;
  @Column('text', { nullable: true }) sector!: string | null;
  @Column('text', { nullable: true }) size!: '1-9' | '10-49' | '50-249' | '250+' | 'unknown' | null;
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

@Entity('employer_contact')
export class EmployerContact {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('uuid', { name: 'site_id', nullable: true }) siteId!: string | null;
  @Column('text') name!: string;
  @Column('text') role!: 'tutor' | 'signatory' | 'hr' | 'management' | 'colleague' | 'other';
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('date', { name: 'left_on', nullable: true }) leftOn!: Day | null;
  @Column('int') version!: number;
}

@Entity('employer_dealing')
export class EmployerDealing {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'employer_id' }) employerId!: string;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId!: string | null;
  @Column('text') kind!: 'prospecting' | 'dealing' | 'visit' | 'mediation';
  @Column('text') mode!: 'in-person' | 'call' | 'video' | 'message' | 'paper';
  @Column('date', { name: 'happened_on' }) happenedOn!: Day;
  @Column('int') minutes!: number;
  @Column('text') outcome!: 'done' | 'no-answer' | 'declined';
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @Column('text', { name: 'withdrawn_reason', nullable: true }) withdrawnReason!: string | null;
  @Column('int') version!: number;
}
