import type { Day as CalendarDay } from '../../platform/days';
import { wrongField } from '../../platform/problem';
import { Back } from '../../platform/web/back';
import { Day, Flag, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { SECTIONS, type Section } from './sections';

/** Which section is about to be written. */
export class SectionFor extends Back {
  @OneOf(SECTIONS) section!: Section;
}

@Rule<WriteSection>(['writtenOn'], ({ writtenOn }, { today }) => (writtenOn && today && writtenOn > today ? wrongField('writtenOn', 'in-the-future').fields : null))
export class WriteSection {
  @OneOf(SECTIONS) section!: Section;
  @Text({ max: 4000, multiline: true }) words!: string;
  @Flag({ optional: true, description: 'These are the words of the person' }) ownWords?: boolean;
  @Day({ description: 'The day on which it was said; never later than today' }) writtenOn!: string;
  @Whole({ min: 0, max: 1_000_000, description: 'Version of the section as it was read; 0 where nothing is written yet' }) version!: number;
}

/** One section of the vocational profile; words null where nothing is written yet. */
export interface SectionView {
  section: Section;
  words: string | null;
  ownWords: boolean;
  writtenOn: CalendarDay | null;
  /** Since when something stands there, and since when in the person's own words. */
  sinceOn: CalendarDay | null;
  ownSinceOn: CalendarDay | null;
  recordedByName: string | null;
  version: number;
}

/** What a person wants, can, has done and needs at work: each section there, written or not. */
export interface VocationalProfileView {
  participantId: string;
  written: number;
  of: number;
  sections: SectionView[];
}
