import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addMonths, type Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { faultsIn, notFound, refuse } from '../../platform/problem';
import { AuditService } from '../audit';
import { ACTION_MONTHS } from './plan.choices';
import { actionState, goalState, Plan, PlanAction, PlanAgreement, PlanGoal, standingAgreement, type WholePlan } from './plan.entities';
import type { AddAction, AddGoal, EditAction, EditGoal, MarkDone } from './plans.dto';
import { after, ahead, before } from './plans.problems';
import { PlansRepository } from './plans.repository';
import { PlansService, subject } from './plans.service';

/** What stands in a plan: goals in the person's words, and actions with who and by when. */
@Injectable()
export class PlanItemsService {
  constructor(
    private readonly repository: PlansRepository,
    private readonly plans: PlansService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async addGoal(actor: Actor, participantId: string, planId: string, given: AddGoal): Promise<string> {
    const whole = await this.plans.held(actor, participantId, planId);
    const addedOn = this.day(actor, 'addedOn', given.addedOn, whole.plan.openedOn);
    const goal: PlanGoal = {
      id: newId(), planId, serviceId: whole.plan.serviceId, participantId, words: given.words, ownWords: given.ownWords ?? false, position: whole.goals.length + 1, addedOn, droppedOn: null, reachedOn: null, version: 1,
    };
    await this.repository.insert(PlanGoal, goal);
    const asksAnew = await this.asksAnew(whole, addedOn);
    await this.audit.record(actor, 'plan.goal-added', subject(whole.plan), { goalId: goal.id, ownWords: goal.ownWords });
    await this.plans.changed(actor, whole.plan, asksAnew);
    return goal.id;
  }

  /** Other words, or a goal that is dropped or taken up again, ask for a new agreement; a goal that is reached does not. @returns false where nothing changes */
  async editGoal(actor: Actor, participantId: string, planId: string, id: string, given: EditGoal): Promise<boolean> {
    const whole = await this.plans.held(actor, participantId, planId);
    const goal = whole.goals.find((one) => one.id === id);
    if (!goal) throw notFound();
    const stateOn = given.state === 'current' ? null : given.state === goalState(goal) && !given.stateOn ? goal.droppedOn ?? goal.reachedOn : this.day(actor, 'stateOn', given.stateOn, goal.addedOn);
    const patch = { words: given.words, ownWords: given.ownWords ?? false, droppedOn: given.state === 'dropped' ? stateOn : null, reachedOn: given.state === 'reached' ? stateOn : null };
    const fields = changedFields(goal, patch);
    if (fields.length === 0) return false;
    await this.repository.change(PlanGoal, { id, version: given.version }, patch, STATE_NAMES);
    const isAnother = goal.words !== given.words || (goal.droppedOn === null) !== (patch.droppedOn === null);
    if (isAnother) await this.asksAnew(whole, patch.droppedOn ?? this.clock.today(actor.timeZone));
    await this.audit.record(actor, 'plan.goal-changed', subject(whole.plan), { goalId: id, fields });
    await this.plans.changed(actor, whole.plan, true);
    return true;
  }

  async addAction(actor: Actor, participantId: string, planId: string, given: AddAction): Promise<string> {
    const { plan, actions } = await this.plans.held(actor, participantId, planId);
    const today = this.clock.today(actor.timeZone);
    const addedOn = this.day(actor, 'addedOn', given.addedOn, plan.openedOn);
    refuse(faultsIn(() => dueDay(given.dueOn, addedOn, today)));
    const action: PlanAction = {
      id: newId(), planId, serviceId: plan.serviceId, participantId, what: given.what, who: given.who, addedOn, dueOn: given.dueOn, doneOn: null, droppedOn: null, position: actions.length + 1, version: 1,
    };
    await this.repository.insert(PlanAction, action);
    await this.audit.record(actor, 'plan.action-added', subject(plan), { actionId: action.id, who: action.who, dueOn: action.dueOn });
    await this.plans.changed(actor, plan, false);
    return action.id;
  }

  /** @returns false where nothing changes */
  async editAction(actor: Actor, participantId: string, planId: string, id: string, given: EditAction): Promise<boolean> {
    const { plan, actions } = await this.plans.held(actor, participantId, planId);
    const action = actions.find((one) => one.id === id);
    if (!action) throw notFound();
    const stateOn = given.state === 'open' ? null : given.state === actionState(action) && !given.stateOn ? action.doneOn ?? action.droppedOn : this.day(actor, 'stateOn', given.stateOn, action.addedOn);
    const patch = { what: given.what, who: given.who, dueOn: given.dueOn, doneOn: given.state === 'done' ? stateOn : null, droppedOn: given.state === 'dropped' ? stateOn : null };
    const fields = changedFields(action, patch);
    if (fields.length === 0) return false;
    if (patch.dueOn !== action.dueOn) refuse(faultsIn(() => dueDay(given.dueOn, action.addedOn, this.clock.today(actor.timeZone))));
    await this.repository.change(PlanAction, { id, version: given.version }, patch, STATE_NAMES);
    await this.audit.record(actor, 'plan.action-changed', subject(plan), { actionId: id, fields });
    await this.plans.changed(actor, plan, true);
    return true;
  }

  /** Done today. */
  async done(actor: Actor, participantId: string, planId: string, id: string, given: MarkDone): Promise<void> {
    const action = (await this.plans.held(actor, participantId, planId)).actions.find((one) => one.id === id);
    if (!action) throw notFound();
    await this.editAction(actor, participantId, planId, id, { what: action.what, who: action.who, dueOn: action.dueOn, state: 'done', version: given.version });
  }

  /**
   * The goals are others: what the person agreed to ends on the day of the change, and another yes is asked for. The plan's own version moves on, so that nobody
   * notes a yes to goals that they have not read. @returns true where the person had agreed
   */
  private async asksAnew({ plan, agreements }: WholePlan, on: Day): Promise<boolean> {
    await this.repository.change(Plan, plan, {});
    const standing = standingAgreement(agreements);
    if (!standing) return false;
    await this.repository.change(PlanAgreement, standing, { supersededOn: on < standing.agreedOn ? standing.agreedOn : on });
    return true;
  }

  /** A day that was told, today where none was. @throws Problem 422 on one before the plan, or to come */
  private day(actor: Actor, path: string, told: Day | undefined, earliest: Day): Day {
    const today = this.clock.today(actor.timeZone);
    const day = told ?? today;
    refuse(faultsIn(() => { if (day > today) throw ahead(path); }, () => { if (day < earliest) throw before(path, earliest); }));
    return day;
  }
}

/** What the commands call the day of a state. */
const STATE_NAMES = { droppedOn: 'stateOn', reachedOn: 'stateOn', doneOn: 'stateOn' };

function changedFields<T extends object>(now: T, patch: Partial<T>): string[] {
  return Object.keys(patch).filter((name) => patch[name as keyof T] !== now[name as keyof T]);
}

/** @throws Problem 422 on an action due before it was decided, or so far that nobody follows it */
function dueDay(dueOn: Day, addedOn: Day, today: Day): void {
  if (dueOn < addedOn) throw before('dueOn', addedOn);
  const last = addMonths(today, ACTION_MONTHS);
  if (dueOn > last) throw after('dueOn', last);
}
