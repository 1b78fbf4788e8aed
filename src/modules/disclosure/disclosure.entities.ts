import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

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
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: Day | null;
  @Column('int') version!: number;
}

@Entity('disclosure_item')
export class DisclosureItem {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'sheet_id' }) sheetId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') fact!: 'support' | 'recognition' | 'functional-needs' | 'accommodations' | 'contact-person' | 'availability';
  @Column('text') audience!: 'management' | 'hr' | 'tutor' | 'colleagues' | 'occupational-health';
  @Column('text', { nullable: true }) words!: string | null;
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  @Column('date', { name: 'revoked_on', nullable: true }) revokedOn!: Day | null;
  @Column('int') version!: number;
}
