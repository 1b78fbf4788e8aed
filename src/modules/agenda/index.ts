export { AgendaModule } from './agenda.module';
export { AgendaService, type AgendaSource, type Difference } from './agenda.service';
export type { EntryView, Wanted } from './agenda.dto';
