export { AssessmentsModule } from './assessments.module';
export { AssessmentsService } from './assessments.service';
export { SECTIONS, type Section } from './sections';
export type { SectionView, VocationalProfileView } from './assessments.dto';
