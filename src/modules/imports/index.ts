export { ImportsModule } from './imports.module';
export { ImportsService } from './imports.service';
export { CommitsService } from './commits.service';
export { chosenOf } from './mappings.service';
export { MappingGiven } from './imports.dto';
export type { Answers, Chosen, Mapping } from './imports.entities';
export { OUTCOMES, type Counts, type Decision, type Outcome, type Say } from './deciding/decision';
