export { CaseloadsModule } from './caseloads.module';
export { CaseloadsService } from './caseloads.service';
export { Visibility } from './caseloads.access';
export { HandedOver } from './caseloads.events';
export { AT_ONCE, CancelHandOver, ChangeHandOver, HandOver, HandOverMany, type Assign, type AssignmentView, type LastLead, type Lead, type Leads } from './caseloads.dto';
export type { AssignmentKind } from './assignment.entity';
