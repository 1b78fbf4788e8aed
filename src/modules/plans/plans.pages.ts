import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { allows } from '../identity';
import { FORMATS, GIVERS, InformationService, ParticipantsService } from '../participants';
import { KINDS_OF, PLAN_KINDS } from './plan.choices';
import { AgreePlan, ClosePlan, EditPlan, NewPlanFilter, OpenPlan, ValidatePlan } from './plans.dto';
import { PlansService } from './plans.service';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants/:id/plans')
export class PlansPages {
  constructor(
    private readonly plans: PlansService,
    private readonly participants: ParticipantsService,
    private readonly information: InformationService,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  @Can('plan.write')
  @Page('plans/new')
  newPlan(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewPlanFilter) filter: NewPlanFilter): Promise<object> {
    return this.newForm(actor, { id }, filter);
  }

  @Post()
  @Can('plan.write')
  @Form('plans/new', 'newForm')
  async begin(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewPlanFilter) { back }: NewPlanFilter, @Input(OpenPlan) command: OpenPlan): Promise<Redirect> {
    const plan = await this.plans.begin(actor, id, command);
    return redirect(ownPath(back) ?? planPath(id, plan), 'plans.notice.opened');
  }

  async newForm(actor: Actor, { id }: Params, { enrolment, kind, back }: NewPlanFilter): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const enrolments = await this.plans.openEnrolments(actor, id!);
    const chosen = enrolments.find((one) => one.id === enrolment) ?? enrolments[0];
    const kinds = PLAN_KINDS.filter((one) => enrolments.some(({ pathway }) => KINDS_OF[pathway].includes(one)));
    return {
      person, ...formWay(`/participants/${id}/plans`, tabOf(id!), back), kinds, enrolments: enrolments.map((one) => ({ value: one.id, pathway: one.pathway })),
      form: blankForm({ enrolmentId: chosen?.id ?? null, kind: kind ?? (chosen ? KINDS_OF[chosen.pathway][0] : null), openedOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get(':plan')
  @Can('plan.read')
  @Page('plans/plan')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<object> {
    const person = await this.participants.read(actor, id);
    return { person, plan: await this.plans.open(actor, id, plan), may: { edit: allows(actor.role, 'plan.write'), validate: allows(actor.role, 'plan.validate') } };
  }

  @Get(':plan/edit')
  @Can('plan.write')
  @Page('plans/edit')
  editPlan(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<object> {
    return this.editForm(actor, { id, plan });
  }

  @Post(':plan')
  @Can('plan.write')
  @Form('plans/edit', 'editForm')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(EditPlan) command: EditPlan): Promise<Redirect> {
    const isChanged = await this.plans.edit(actor, id, plan, command);
    return redirect(planPath(id, plan), `plans.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  async editForm(actor: Actor, params: Params): Promise<object> {
    const model = await this.model(actor, params);
    return { ...model, form: blankForm({ reviewOn: model.plan.reviewOn, note: model.plan.note, version: model.plan.version }) };
  }

  @Get(':plan/agreement')
  @Can('plan.write')
  @Page('plans/agree')
  agreement(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Filter(Back) from: Back): Promise<object> {
    return this.agreeForm(actor, { id, plan }, from);
  }

  @Post(':plan/agreement')
  @Can('plan.write')
  @Form('plans/agree', 'agreeForm')
  async agree(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Filter(Back) { back }: Back, @Input(AgreePlan) command: AgreePlan): Promise<Redirect> {
    await this.plans.agree(actor, id, plan, command);
    return redirect(ownPath(back) ?? planPath(id, plan), 'plans.notice.agreed');
  }

  async agreeForm(actor: Actor, params: Params, { back }: Back): Promise<object> {
    const model = await this.model(actor, params);
    const beside = await this.information.beside(actor, params.id!, 'plan');
    return {
      ...model, ...formWay(`${planPath(params.id!, params.plan!)}/agreement`, planPath(params.id!, params.plan!), back), formats: FORMATS, givers: GIVERS,
      legal: beside.needs === 'legal' ? beside.because : null, waitsSince: beside.needs === 'expired' ? beside.on : null, signer: beside.needs === 'legal' && beside.byService ? 'service' : 'one',
      form: blankForm({ agreedOn: this.clock.today(actor.timeZone), giver: beside.needs === 'legal' ? 'self-and-legal' : 'self', coSigner: beside.needs === 'legal' && !beside.byService ? beside.holder : null, version: model.plan.version }),
    };
  }

  @Get(':plan/validation')
  @Can('plan.validate')
  @Page('plans/validate')
  validation(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Filter(Back) from: Back): Promise<object> {
    return this.validateForm(actor, { id, plan }, from);
  }

  @Post(':plan/validation')
  @Can('plan.validate')
  @Form('plans/validate', 'validateForm')
  async validate(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Filter(Back) { back }: Back, @Input(ValidatePlan) command: ValidatePlan): Promise<Redirect> {
    await this.plans.validate(actor, id, plan, command);
    return redirect(ownPath(back) ?? planPath(id, plan), 'plans.notice.validated');
  }

  async validateForm(actor: Actor, params: Params, { back }: Back): Promise<object> {
    const model = await this.model(actor, params);
    const path = planPath(params.id!, params.plan!);
    return { ...model, ...formWay(`${path}/validation`, path, back), form: blankForm({ validatedOn: this.clock.today(actor.timeZone), version: model.plan.version }) };
  }

  @Get(':plan/closing')
  @Can('plan.write')
  @Page('plans/close')
  closing(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string): Promise<object> {
    return this.closeForm(actor, { id, plan });
  }

  @Post(':plan/closing')
  @Can('plan.write')
  @Form('plans/close', 'closeForm')
  async close(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('plan') plan: string, @Input(ClosePlan) command: ClosePlan): Promise<Redirect> {
    await this.plans.close(actor, id, plan, command);
    return redirect(tabOf(id), 'plans.notice.closed');
  }

  async closeForm(actor: Actor, params: Params): Promise<object> {
    const model = await this.model(actor, params);
    return { ...model, form: blankForm({ closedOn: this.clock.today(actor.timeZone), version: model.plan.version }) };
  }

  private async model(actor: Actor, { id, plan }: Params): Promise<{ person: { id: string; name: string }; plan: Awaited<ReturnType<PlansService['open']>>; path: string }> {
    const person = await this.participants.read(actor, id!);
    return { person, plan: await this.plans.open(actor, id!, plan!), path: planPath(id!, plan!) };
  }
}

export const tabOf = (id: string): string => `/participants/${id}/plan`;
export const planPath = (id: string, plan: string): string => `/participants/${id}/plans/${plan}`;
