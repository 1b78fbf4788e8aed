import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

/** What may be known. None of it is a diagnosis; `support`: that the person is accompanied. */
export const FACTS = ['support', 'recognition', 'functional-needs', 'accommodations', 'contact-person', 'availability'] as const;
export type Fact = (typeof FACTS)[number];
/** By whom at the employer. */
export const AUDIENCES = ['management', 'hr', 'tutor', 'colleagues', 'occupational-health'] as const;
/** Those of them who speak for the employer: whoever else knows is nobody to sign with, or to ask. */
export const SPEAKS_FOR_EMPLOYER: readonly string[] = ['management', 'hr', 'tutor'] satisfies (typeof AUDIENCES)[number][];
export type Audience = (typeof AUDIENCES)[number];

/** One decision of the person: of one employer, or of any. The next one ends it; it stays readable. */
@Entity('disclosure_sheet')
export class DisclosureSheet {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'employer_id', nullable: true }) employerId!: string | null;
  @Column('boolean') nothing!: boolean;
  @Column('date', { name: 'decided_on' }) decidedOn!: Day;
  @Column('text') format!: string;
  @Column('text') giver!: 'self' | 'self-with-support' | 'self-and-legal';
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text', { name: 'co_signer', nullable: true }) coSigner!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('int') version!: number;

  stoodOn(day: Day): boolean {
    return this.decidedOn <= day && (this.endedOn === null || this.endedOn > day);
  }
}

/** One thing that one group at work may know, until a day or until it is taken back. */
@Entity('disclosure_item')
export class DisclosureItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'sheet_id' }) sheetId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') fact!: Fact;
  @Column('text') audience!: Audience;
  @Column('text', { nullable: true }) words!: string | null;
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  @Column('date', { name: 'revoked_on', nullable: true }) revokedOn!: Day | null;
  @Column('int') version!: number;

  holdsOn(day: Day): boolean {
    return (this.untilOn === null || this.untilOn >= day) && (this.revokedOn === null || this.revokedOn > day);
  }
}
