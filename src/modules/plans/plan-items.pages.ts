import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { notFound } from '../../platform/problem';
import { blankForm } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { ACTION_STATES, GOAL_STATES, WHO } from './plan.choices';
import { PlanItemsService } from './plan-items.service';
import { AddAction, AddGoal, EditAction, EditGoal, MarkDone } from './plans.dto';
import { planPath } from './plans.pages';
import { PlansService } from './plans.service';

type Params = Record<string, string>;

/** The forms of a plan's goals and actions. */
@ApiExcludeController()
@Controller('participants/:id/plans/:plan')
export class PlanItemsPages {
  constructor(
    private readonly plans: PlansService,
    private readonly items: PlanItemsService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('goals/new')
  @Can('plan.write')
  @Page('plans/goal')
  newGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<object> {
    return this.goalForm(actor, { id, plan });
  }

  @Post('goals')
  @Can('plan.write')
  @Form('plans/goal', 'goalForm')
  async addGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(AddGoal) command: AddGoal): Promise<Redirect> {
    await this.items.addGoal(actor, id, plan, command);
    return redirect(planPath(id, plan), 'plans.notice.goal');
  }

  @Get('goals/:goal')
  @Can('plan.write')
  @Page('plans/goal')
  oneGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('goal') goal: string): Promise<object> {
    return this.goalForm(actor, { id, plan, goal });
  }

  @Post('goals/:goal')
  @Can('plan.write')
  @Form('plans/goal', 'goalForm')
  async editGoal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('goal') goal: string, @Input(EditGoal) command: EditGoal): Promise<Redirect> {
    const isChanged = await this.items.editGoal(actor, id, plan, goal, command);
    return redirect(planPath(id, plan), `plans.notice.${isChanged ? 'goal' : 'unchanged'}`);
  }

  async goalForm(actor: Actor, { id, plan, goal }: Params): Promise<object> {
    const model = await this.model(actor, id!, plan!);
    const known = model.plan.goals.find((one) => one.id === goal) ?? null;
    if (goal && !known) throw notFound();
    return {
      ...model, known, action: `${model.path}/goals${known ? `/${known.id}` : ''}`, states: GOAL_STATES,
      form: blankForm(known ? { ...known } : { addedOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get('actions/new')
  @Can('plan.write')
  @Page('plans/action')
  newAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<object> {
    return this.actionForm(actor, { id, plan });
  }

  @Post('actions')
  @Can('plan.write')
  @Form('plans/action', 'actionForm')
  async addAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(AddAction) command: AddAction): Promise<Redirect> {
    await this.items.addAction(actor, id, plan, command);
    return redirect(planPath(id, plan), 'plans.notice.action');
  }

  @Get('actions/:action')
  @Can('plan.write')
  @Page('plans/action')
  oneAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('action') action: string): Promise<object> {
    return this.actionForm(actor, { id, plan, action });
  }

  @Post('actions/:action')
  @Can('plan.write')
  @Form('plans/action', 'actionForm')
  async editAction(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('action') action: string, @Input(EditAction) command: EditAction): Promise<Redirect> {
    const isChanged = await this.items.editAction(actor, id, plan, action, command);
    return redirect(planPath(id, plan), `plans.notice.${isChanged ? 'action' : 'unchanged'}`);
  }

  @Post('actions/:action/done')
  @Can('plan.write')
  async done(
    @CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @PathId('action') action: string, @Filter(Back) { back }: Back, @Input(MarkDone) command: MarkDone,
  ): Promise<Redirect> {
    await this.items.done(actor, id, plan, action, command);
    return redirect(ownPath(back) ?? planPath(id, plan), 'plans.notice.done');
  }

  async actionForm(actor: Actor, { id, plan, action }: Params): Promise<object> {
    const model = await this.model(actor, id!, plan!);
    const known = model.plan.actions.find((one) => one.id === action) ?? null;
    if (action && !known) throw notFound();
    return {
      ...model, known, action: `${model.path}/actions${known ? `/${known.id}` : ''}`, states: ACTION_STATES, whoChoices: WHO,
      form: blankForm(known ? { ...known } : { who: 'person', addedOn: this.clock.today(actor.timeZone) }),
    };
  }

  private async model(actor: Actor, id: string, plan: string): Promise<{ person: { id: string; name: string }; plan: Awaited<ReturnType<PlansService['open']>>; path: string }> {
    const person = await this.participants.read(actor, id);
    return { person, plan: await this.plans.open(actor, id, plan), path: planPath(id, plan) };
  }
}
