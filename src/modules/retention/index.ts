export { RetentionModule } from './retention.module';
export { MilestonesService } from './milestones.service';
export { AFTER_EXIT, MONTHS, WINDOW_DAYS } from './calendar';
export { chainsOf, GAP_DAYS, GAPS, type Chain, type Spell } from './chains';
export { visibleMilestones } from './retention.access';
export { WorkHistoryService } from './work-history.service';
export { AnswerMilestone, GapFilter, TryMilestone, type WorkFact, type AnswerView, type MilestoneFile, type MilestonesView, type MilestoneView } from './retention.dto';
export { LEVELS, RETAINED, STATUSES, type Status } from './retention.lists';
