import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody of the family who takes part, or whom the person wants known. */
@Entity('family_member')
export class FamilyMember {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') name!: string;
  @Column('text') relation!: string;
  @Column('boolean', { name: 'takes_part' }) takesPart!: boolean;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('int') version!: number;
}
