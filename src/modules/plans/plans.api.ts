import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { PlanItemsService } from './plan-items.service';
import { AddAction, AddGoal, AgreePlan, ClosePlan, EditAction, EditGoal, EditPlan, MarkDone, OpenPlan, ValidatePlan } from './plans.dto';
import { PlansService } from './plans.service';
import type { PlanView } from './plans.views';

@ApiTags('plans')
@Controller('api/v1/participants/:id/plans')
export class PlansApi {
  constructor(
    private readonly plans: PlansService,
    private readonly items: PlanItemsService,
  ) {}

  /** Lists the plans of a person, the open ones first. */
  @Get()
  @Can('plan.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: PlanView[] }> {
    return { items: await this.plans.read(actor, id) };
  }

  /** Reads one plan with its goals, actions and agreements. */
  @Get(':plan')
  @Can('plan.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<PlanView> {
    return this.plans.open(actor, id, plan);
  }

  /** Opens a plan for an open pathway. */
  @Post()
  @Can('plan.write')
  async begin(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(OpenPlan) command: OpenPlan): Promise<Created<PlanView>> {
    return this.made(actor, id, await this.plans.begin(actor, id, command));
  }

  /** Changes the day of the review, or the note. */
  @Put(':plan')
  @Can('plan.write')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(EditPlan) command: EditPlan): Promise<PlanView> {
    await this.plans.edit(actor, id, plan, command);
    return this.plans.open(actor, id, plan);
  }

  /** Adds a goal. What the person had agreed to asks for a new agreement. */
  @Post(':plan/goals')
  @Can('plan.write')
  async addGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(AddGoal) command: AddGoal): Promise<Created<PlanView>> {
    await this.items.addGoal(actor, id, plan, command);
    return this.made(actor, id, plan);
  }

  /** Changes a goal, or notes that it is reached or dropped. Other words ask for a new agreement. */
  @Put(':plan/goals/:goal')
  @Can('plan.write')
  async editGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('goal') goal: string, @Input(EditGoal) command: EditGoal): Promise<PlanView> {
    await this.items.editGoal(actor, id, plan, goal, command);
    return this.plans.open(actor, id, plan);
  }

  /** Adds a dated action: who does what by when. */
  @Post(':plan/actions')
  @Can('plan.write')
  async addAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(AddAction) command: AddAction): Promise<Created<PlanView>> {
    await this.items.addAction(actor, id, plan, command);
    return this.made(actor, id, plan);
  }

  /** Changes an action, or notes that it is done or dropped. */
  @Put(':plan/actions/:action')
  @Can('plan.write')
  async editAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('action') action: string, @Input(EditAction) command: EditAction): Promise<PlanView> {
    await this.items.editAction(actor, id, plan, action, command);
    return this.plans.open(actor, id, plan);
  }

  /** Notes that an action is done today. */
  @Post(':plan/actions/:action/done')
  @HttpCode(200)
  @Can('plan.write')
  async done(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('action') action: string, @Input(MarkDone) command: MarkDone): Promise<PlanView> {
    await this.items.done(actor, id, plan, action, command);
    return this.plans.open(actor, id, plan);
  }

  /** Notes that the person agrees to the goals as they are. */
  @Post(':plan/agreement')
  @HttpCode(200)
  @Can('plan.write')
  async agree(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(AgreePlan) command: AgreePlan): Promise<PlanView> {
    await this.plans.agree(actor, id, plan, command);
    return this.plans.open(actor, id, plan);
  }

  /** Validates what the person agreed to. */
  @Post(':plan/validation')
  @HttpCode(200)
  @Can('plan.validate')
  async validate(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(ValidatePlan) command: ValidatePlan): Promise<PlanView> {
    await this.plans.validate(actor, id, plan, command);
    return this.plans.open(actor, id, plan);
  }

  /** Closes a plan. What was due of it goes from the agenda. */
  @Post(':plan/closing')
  @HttpCode(200)
  @Can('plan.write')
  async close(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(ClosePlan) command: ClosePlan): Promise<PlanView> {
    await this.plans.close(actor, id, plan, command);
    return this.plans.open(actor, id, plan);
  }

  private async made(actor: Actor, id: string, plan: string): Promise<Created<PlanView>> {
    return created(`/api/v1/participants/${id}/plans/${plan}`, await this.plans.open(actor, id, plan));
  }
}
