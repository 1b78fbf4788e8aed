import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Disability families, told by the person or not, and what support is needed. Never a diagnosis. */
@Entity('functional_profile')
export class FunctionalProfile {
  @PrimaryColumn('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text', { array: true }) families!: string[];
  @Column('text', { name: 'main_family', nullable: true }) mainFamily!: string | null;
  @Column('boolean', { name: 'families_refused' }) familiesRefused!: boolean;
  @Column('text', { name: 'support_needs', nullable: true }) supportNeeds!: string | null;
  @Column('int') version!: number;
}
