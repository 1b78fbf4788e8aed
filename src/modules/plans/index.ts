export { PlansModule } from './plans.module';
export { PlansService } from './plans.service';
export { PlanItemsService } from './plan-items.service';
export { SupportsService } from './supports.service';
export { PLAN_KINDS, type PlanKind } from './plan.choices';
export type { ActionView, GoalView, PlanView, SupportView } from './plans.views';
