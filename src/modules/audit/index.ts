export { AuditModule } from './audit.module';
export { AuditService, type Subject } from './audit.service';
export type { OpeningView } from './openings';
