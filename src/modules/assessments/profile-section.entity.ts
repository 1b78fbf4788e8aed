import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { Section } from './sections';

/** What a section says, as it is written. */
export type Written = Pick<ProfileSection, 'words' | 'ownWords' | 'writtenOn' | 'sinceOn' | 'ownSinceOn'>;

/** One section of somebody's vocational profile: what stands there today, since when, and in whose words. */
@Entity('profile_section')
export class ProfileSection {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') section!: Section;
  @Column('text') words!: string;
  @Column('boolean', { name: 'own_words' }) ownWords!: boolean;
  @Column('date', { name: 'written_on' }) writtenOn!: Day;
  @Column('date', { name: 'since_on' }) sinceOn!: Day;
  @Column('date', { name: 'own_since_on', nullable: true }) ownSinceOn!: Day | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('int') version!: number;
}

/**
 * The section as it stands once this is written. A new text leaves the day since when there is one; the same text with another day is a correction of that day.
 * @param before what stood there, null where nothing did
 */
export function written(before: Written | null, told: { words: string; ownWords: boolean; writtenOn: Day }): Written {
  if (!before) return { ...told, sinceOn: told.writtenOn, ownSinceOn: told.ownWords ? told.writtenOn : null };
  const corrects = told.words === before.words && told.ownWords === before.ownWords;
  const since = (day: Day | null): Day => (day === null || (corrects && day === before.writtenOn) || told.writtenOn < day ? told.writtenOn : day);
  return { ...told, sinceOn: since(before.sinceOn), ownSinceOn: told.ownWords ? since(before.ownSinceOn) : null };
}
