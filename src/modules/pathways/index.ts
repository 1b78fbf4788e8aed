export { PathwaysModule } from './pathways.module';
export { EnrolmentsService } from './enrolments.service';
export { ProtocolsService } from './protocols.service';
export { StepsService } from './steps.service';
export { PausesService } from './pauses.service';
export { MovesService } from './moves.service';
export { OpenTasks } from './open-tasks';
export { StepEvidence, type Resting } from './step-evidence';
export { FactsRegistry, type FactSubject, type Gatherer } from './facts';
export { shippedProtocols } from './shipped';
export type { Fact } from './engine';
export { notOfThisAddress } from './pathways.problems';
export { weightAt } from './views';
export { PATHWAYS, type Pathway, type Requirement, type Said } from './protocol';
export { EnrolmentOpened, EnrolmentPaused, EnrolmentResumed, StepAnnulled, StepTaken } from './pathways.events';
export {
  AnnulStep, EditReferral, ENTITLEMENTS, EXPLAINED_FORMATS, MoveVersion, OpenEnrolment, Pause, Resume, SOURCES, TakeStep,
  type ConditionView, type EnrolmentView, type HistoryView, type MoveView, type ReferralView, type StageLoad, type SummaryView, type TrackView, type VerdictView, type AnnulmentView,
} from './pathways.dto';
