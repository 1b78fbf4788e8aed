import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addMonths, type Day } from '../../platform/days';
import { newId } from '../../platform/id';
import { faultsIn, refuse, wrongField } from '../../platform/problem';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { InformationService, ParticipantsService } from '../participants';
import { EnrolmentsService, StepsService, type EnrolmentView } from '../pathways';
import { KINDS_OF, REVIEW_MONTHS } from './plan.choices';
import { earliestAgreement, Plan, PlanAgreement, PlanGoal, standingAgreement, type WholePlan } from './plan.entities';
import { PlanAgenda } from './plan-agenda';
import type { AgreePlan, ClosePlan, EditPlan, OpenPlan, ValidatePlan } from './plans.dto';
import { after, ahead, before, planAgreedAlready, planAlreadyOpen, planClosed, planNotAgreed, planOwnValidation, planValidatedAlready, planWithoutGoals } from './plans.problems';
import { PlansRepository } from './plans.repository';
import { planView, type PlanView } from './plans.views';

/** Plans: opened for a pathway, agreed by the person and by nobody else, validated, looked at again, closed. What stands in them is in plan-items.service. */
@Injectable()
export class PlansService {
  constructor(
    private readonly plans: PlansRepository,
    private readonly agenda: PlanAgenda,
    private readonly participants: ParticipantsService,
    private readonly information: InformationService,
    private readonly enrolments: EnrolmentsService,
    private readonly users: UsersService,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** A person's plans, the open ones first. The caller has checked that the person may be seen. */
  async ofParticipant(actor: Actor, participantId: string): Promise<PlanView[]> {
    return this.views(actor, await this.plans.ofParticipant(actor, participantId));
  }

  /** The same for whoever reads them by themselves: that the person's file was opened is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<PlanView[]> {
    await this.participants.open(actor, participantId);
    return this.ofParticipant(actor, participantId);
  }

  /** One plan; the reading is recorded. @throws Problem 404 */
  async open(actor: Actor, participantId: string, id: string): Promise<PlanView> {
    const whole = await this.plans.get(actor, participantId, id);
    this.audit.opened(actor, 'participant.opened', { kind: 'participant', id: participantId, participantId });
    return (await this.views(actor, [whole]))[0]!;
  }

  /** The pathways of a person for which a plan can be opened. */
  async openEnrolments(actor: Actor, participantId: string): Promise<EnrolmentView[]> {
    return (await this.enrolments.ofParticipant(actor, participantId)).filter((one) => one.closedOn === null);
  }

  async begin(actor: Actor, participantId: string, given: OpenPlan): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const enrolment = (await this.openEnrolments(actor, participantId)).find((one) => one.id === given.enrolmentId);
    if (!enrolment) throw wrongField('enrolmentId', 'not-in-list');
    refuse(faultsIn(
      () => { if (!KINDS_OF[enrolment.pathway].includes(given.kind)) throw wrongField('kind', 'not-of-this-pathway'); },
      () => { if (given.openedOn > today) throw ahead('openedOn'); },
      () => { if (given.openedOn < enrolment.referredOn) throw before('openedOn', enrolment.referredOn); },
      () => reviewable(given.reviewOn, given.openedOn, today),
    ));
    if ((await this.plans.ofEnrolment(actor, enrolment.id)).some(({ plan }) => plan.kind === given.kind && plan.closedOn === null)) throw planAlreadyOpen();
    const plan: Plan = {
      id: newId(), serviceId, participantId, enrolmentId: enrolment.id, kind: given.kind, openedOn: given.openedOn, reviewOn: given.reviewOn ?? null, closedOn: null, note: null,
      createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    };
    await this.plans.insert(Plan, plan);
    if (given.goal) {
      await this.plans.insert(PlanGoal, {
        id: newId(), planId: plan.id, serviceId, participantId, words: given.goal, ownWords: given.goalOwnWords ?? false, position: 1, addedOn: given.openedOn, droppedOn: null, reachedOn: null, version: 1,
      });
    }
    await this.audit.record(actor, 'plan.opened', subject(plan), { kind: plan.kind, openedOn: plan.openedOn });
    await this.changed(actor, plan, false);
    return plan.id;
  }

  /** @returns false where it was all written like this already: then nothing is done */
  async edit(actor: Actor, participantId: string, id: string, given: EditPlan): Promise<boolean> {
    const { plan } = await this.held(actor, participantId, id);
    const patch = { reviewOn: given.reviewOn ?? null, note: given.note ?? null };
    const fields = Object.keys(patch).filter((name) => patch[name as keyof typeof patch] !== plan[name as keyof typeof patch]);
    if (fields.length === 0) return false;
    if (patch.reviewOn !== plan.reviewOn) refuse(faultsIn(() => reviewable(given.reviewOn, plan.openedOn, this.clock.today(actor.timeZone))));
    await this.plans.change(Plan, { id, version: given.version }, patch);
    await this.audit.record(actor, 'plan.edited', subject(plan), { fields });
    await this.agenda.follow(actor, await this.plans.get(actor, participantId, id));
    return true;
  }

  /** The person's yes to the goals as they are, in their format; beside it the signature that law asks for, never instead of it. */
  async agree(actor: Actor, participantId: string, id: string, given: AgreePlan): Promise<void> {
    const whole = await this.held(actor, participantId, id);
    const { plan, goals, agreements } = whole;
    if (!goals.some((one) => one.droppedOn === null)) throw planWithoutGoals();
    const standing = standingAgreement(agreements);
    if (standing) throw planAgreedAlready(standing.agreedOn);
    if (given.agreedOn > this.clock.today(actor.timeZone)) throw ahead('agreedOn');
    const earliest = earliestAgreement(whole);
    if (given.agreedOn < earliest) throw before('agreedOn', earliest);
    const coSigner = await this.information.signsBeside(actor, participantId, 'plan', given.agreedOn, given);
    await this.plans.change(Plan, { id, version: given.version }, {});
    const agreement: PlanAgreement = {
      id: newId(), planId: id, serviceId: plan.serviceId, participantId, agreedOn: given.agreedOn, format: given.format, giver: given.giver, coSigner,
      validatedOn: null, validatedBy: null, validatedAs: null, supersededOn: null, recordedAt: this.clock.now(), recordedBy: actor.id, version: 1,
    };
    await this.plans.insert(PlanAgreement, agreement);
    await this.audit.record(actor, 'plan.agreed', subject(plan), { agreedOn: given.agreedOn, format: given.format, giver: given.giver });
    await this.changed(actor, plan, false);
  }

  /** What the person agreed to is validated, as a coach or a manager. Where money is asked for, not by who opened the plan. */
  async validate(actor: Actor, participantId: string, id: string, given: ValidatePlan): Promise<void> {
    const { plan, agreements } = await this.held(actor, participantId, id);
    const standing = standingAgreement(agreements);
    if (!standing) throw planNotAgreed();
    if (standing.validatedOn) throw planValidatedAlready(standing.validatedOn);
    if (plan.kind === 'financing' && plan.createdBy === actor.id) throw planOwnValidation();
    if (given.validatedOn > this.clock.today(actor.timeZone)) throw ahead('validatedOn');
    if (given.validatedOn < standing.agreedOn) throw before('validatedOn', standing.agreedOn);
    await this.plans.change(Plan, { id, version: given.version }, {});
    await this.plans.change(PlanAgreement, standing, { validatedOn: given.validatedOn, validatedBy: actor.id, validatedAs: actor.role === 'manager' ? 'manager' : 'coach' });
    await this.audit.record(actor, 'plan.validated', subject(plan), { validatedOn: given.validatedOn });
    await this.changed(actor, plan, false);
  }

  async close(actor: Actor, participantId: string, id: string, given: ClosePlan): Promise<void> {
    const { plan, agreements } = await this.held(actor, participantId, id);
    if (given.closedOn > this.clock.today(actor.timeZone)) throw ahead('closedOn');
    const earliest = agreements[0]?.agreedOn ?? plan.openedOn;
    if (given.closedOn < earliest) throw before('closedOn', earliest);
    await this.plans.change(Plan, { id, version: given.version }, { closedOn: given.closedOn });
    await this.audit.record(actor, 'plan.closed', subject(plan), { closedOn: given.closedOn });
    await this.changed(actor, plan, true);
  }

  /** An open plan, its person held. @throws Problem 404, 409 where it is closed */
  async held(actor: Actor, participantId: string, id: string): Promise<WholePlan> {
    await this.participants.hold(actor, participantId);
    const whole = await this.plans.get(actor, participantId, id);
    if (whole.plan.closedOn) throw planClosed(whole.plan.closedOn);
    return whole;
  }

  /** What follows from a change: what is due, and what protocols wait for. */
  async changed(actor: Actor, { id, participantId }: Pick<Plan, 'id' | 'participantId'>, mayBeGone: boolean): Promise<void> {
    await this.agenda.follow(actor, await this.plans.get(actor, participantId, id));
    await this.steps.factsChanged(actor, 'plan', [participantId], mayBeGone);
  }

  private async views(actor: Actor, found: readonly WholePlan[]): Promise<PlanView[]> {
    const names = await this.users.names(actor, [...new Set(found.flatMap(({ agreements }) => agreements.flatMap((one) => one.validatedBy ?? [])))]);
    const today = this.clock.today(actor.timeZone);
    return found.map((one) => planView(one, names, today));
  }
}

export const subject = ({ id, participantId }: Pick<Plan, 'id' | 'participantId'>): { kind: 'plan'; id: string; participantId: string } => ({ kind: 'plan', id, participantId });

/** @throws Problem 422 on a review before the plan, or so far that nobody follows it */
function reviewable(reviewOn: Day | undefined, openedOn: Day, today: Day): void {
  if (!reviewOn) return;
  if (reviewOn < openedOn) throw before('reviewOn', openedOn);
  const last = addMonths(today, REVIEW_MONTHS);
  if (reviewOn > last) throw after('reviewOn', last);
}
