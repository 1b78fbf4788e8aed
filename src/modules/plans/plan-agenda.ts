import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { EnrolmentsService, StepAnnulled } from '../pathways';
import { actionState, type Plan, type PlanAction, type WholePlan } from './plan.entities';
import { PlansRepository } from './plans.repository';

/** Days before an action, and before a review, from which Today shows it. */
const ACTION_AHEAD = 3;
const REVIEW_AHEAD = 7;

/** What plans make due: each action that is open, and the review. Of a plan that is closed, and of a pathway that has ended, nothing. */
@Injectable()
export class PlanAgenda implements OnModuleInit {
  constructor(
    private readonly plans: PlansRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    // An end that was a mistake brings back what it had withdrawn, as it was then: what was done meanwhile goes again.
    this.events.subscribe(StepAnnulled, 'plans', async (event, system) => {
      for (const whole of await this.plans.ofEnrolment(system, event.enrolmentId)) await this.follow(system, whole);
    });
    this.check.registerSource('plans', (system, participantId) => this.all(system, participantId));
  }

  /** Brings what is due to what the plan says now. Whoever changed it holds the person. */
  async follow(actor: Actor, { plan, actions }: Pick<WholePlan, 'plan' | 'actions'>): Promise<void> {
    const isRunning = plan.closedOn === null && (await this.enrolments.get(actor, plan.enrolmentId)).closedOn === null;
    const wanted = isRunning ? wantsOf(plan, actions) : [];
    for (const want of wanted) await this.agenda.want(actor, { ...want, keepsPostponed: true });
    const open = await this.agenda.openKeys(actor, [plan.participantId]);
    const done = actions.filter((one) => actionState(one) === 'done').map(actionKey);
    const gone = [reviewKey(plan), ...actions.map(actionKey)].filter((key) => open.has(key) && !wanted.some((want) => want.key === key));
    const [told, withdrawn] = [gone.filter((key) => done.includes(key)), gone.filter((key) => !done.includes(key))];
    if (told.length) await this.agenda.done(actor, plan.participantId, told);
    if (withdrawn.length) await this.agenda.done(actor, plan.participantId, withdrawn, 'withdrawn');
  }

  private async all(system: Actor, participantId: string | null): Promise<Want[]> {
    const open = await this.plans.open(system, participantId);
    const summaries = await this.enrolments.summaries(system, [...new Set(open.map(({ plan }) => plan.participantId))]);
    const isRunning = (plan: Plan): boolean => (summaries.get(plan.participantId) ?? []).some((one) => one.enrolmentId === plan.enrolmentId && !one.closed);
    return open.filter(({ plan }) => isRunning(plan)).flatMap(({ plan, actions }) => wantsOf(plan, actions));
  }
}

const actionKey = ({ id }: Pick<PlanAction, 'id'>): string => `plans.action:${id}`;
const reviewKey = ({ id }: Pick<Plan, 'id'>): string => `plans.review:${id}`;

/** What an action is stands in the plan: the agenda says who does it, and no more. */
function wantsOf(plan: Plan, actions: readonly PlanAction[]): Want[] {
  const common = { participantId: plan.participantId, enrolmentId: plan.enrolmentId, forWhom: 'coach' as const, subject: { kind: 'plan', id: plan.id } };
  const due = actions.filter((one) => actionState(one) === 'open')
    .map((one): Want => ({ ...common, key: actionKey(one), kind: 'plan-action', fromOn: addDays(one.dueOn, -ACTION_AHEAD), dueOn: one.dueOn, params: { who: one.who } }));
  const review: Want[] = plan.reviewOn ? [{ ...common, key: reviewKey(plan), kind: 'plan-review', fromOn: addDays(plan.reviewOn, -REVIEW_AHEAD), dueOn: plan.reviewOn }] : [];
  return [...due, ...review];
}
