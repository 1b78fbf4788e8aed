import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';

@Entity('profile_section')
export class ProfileSection {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') section!: 'work-wanted' | 'abilities' | 'experience' | 'training' | 'conditions' | 'supports' | 'barriers' | 'tasks-to-avoid';
  @Column('text') words!: string;
  @Column('boolean', { name: 'own_words' }) ownWords!: boolean;
  @Column('date', { name: 'written_on' }) writtenOn!: Day;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}
