export { AgendaModule } from './agenda.module';
export { AgendaService, isLate } from './agenda.service';
export { AgendaCheck, type Source } from './agenda.check';
export { Postpone, TickOff, type ActView, type Difference, type EntryView, type Params, type Want } from './agenda.dto';
export type { ForWhom, Nature, Outcome } from './agenda-entry.entity';
