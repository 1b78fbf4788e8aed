export { PlacementsModule } from './placements.module';
export { PlacementsService } from './placements.service';
export { PlacementAnnulled, PlacementChanged, PlacementEnded, PlacementReopened, PlacementStarted } from './placements.events';
export { AddEvidence, ChangePlacement, CorrectFirstDay, EndPlacement, NeverStarted, PlanPlacement, RemoveEvidence, StartPlacement, TakeBack, type EvidenceView, type JobFact, type PlacementFile, type PlacementView } from './placements.dto';
export { CONTRACTS, END_BY, END_REASONS, EVIDENCE_KINDS, FOUND_BY, LEVELS, SETTINGS, levelOf, type Contract, type EndReason, type EvidenceKind, type Level, type Setting } from './placement.lists';
