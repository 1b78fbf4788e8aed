import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { RELATIONS } from './plan.choices';
import { EditSupport, NameSupport, NewSupportFilter } from './plans.dto';
import { tabOf } from './plans.pages';
import { PlansService } from './plans.service';
import { SupportsService } from './supports.service';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants/:id/supports')
export class SupportsPages {
  constructor(
    private readonly supports: SupportsService,
    private readonly plans: PlansService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  @Can('plan.write')
  @Page('plans/support')
  newSupport(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewSupportFilter) filter: NewSupportFilter): Promise<object> {
    return this.newForm(actor, { id }, filter);
  }

  @Post()
  @Can('plan.write')
  @Form('plans/support', 'newForm')
  async name(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewSupportFilter) { back }: NewSupportFilter, @Input(NameSupport) command: NameSupport): Promise<Redirect> {
    await this.supports.name(actor, id, command);
    return redirect(ownPath(back) ?? tabOf(id), 'plans.notice.support');
  }

  async newForm(actor: Actor, { id }: Params, { enrolment, back }: NewSupportFilter): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const enrolments = await this.plans.openEnrolments(actor, id!);
    return {
      person, known: null, noneStands: false, ...formWay(`/participants/${id}/supports`, tabOf(id!), back), relations: RELATIONS, enrolments: enrolments.map((one) => ({ value: one.id, pathway: one.pathway })),
      form: blankForm({ enrolmentId: enrolments.find((one) => one.id === enrolment)?.id ?? enrolments[0]?.id ?? null, fromOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get(':support')
  @Can('plan.write')
  @Page('plans/support')
  oneSupport(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('support') support: string): Promise<object> {
    return this.editForm(actor, { id, support });
  }

  @Post(':support')
  @Can('plan.write')
  @Form('plans/support', 'editForm')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('support') support: string, @Input(EditSupport) command: EditSupport): Promise<Redirect> {
    const isChanged = await this.supports.edit(actor, id, support, command);
    return redirect(tabOf(id), `plans.notice.${isChanged ? 'support' : 'unchanged'}`);
  }

  async editForm(actor: Actor, { id, support }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = await this.supports.support(actor, id!, support!);
    return { person, known, noneStands: known.noneNeeded, action: `/participants/${id}/supports/${support}`, leave: tabOf(id!), relations: RELATIONS, enrolments: [], form: blankForm({ ...known }) };
  }
}
