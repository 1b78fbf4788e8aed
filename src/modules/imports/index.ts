export { ImportsModule } from './imports.module';
export { ImportsService } from './imports.service';
export { CommitsService } from './commits.service';
export type { Answers, Mapping } from './imports.entities';
export { OUTCOMES, type Counts, type Decision, type Outcome, type Say } from './deciding/decision';
