import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { ParticipantsService } from '../participants';
import { PlacementsService } from '../placements';
import { KINDS, OWNERS, RAISED_BY, STATES } from './accommodation.entity';
import { EditNeed, NewNeedFilter, NoneKnown, RaiseNeed, SettleNeed } from './accommodations.dto';
import { AccommodationsService } from './accommodations.service';

interface Params {
  id?: string;
  need?: string;
}
interface NeedModel {
  form: FormState;
  [key: string]: unknown;
}

@ApiExcludeController()
@Controller('participants/:id/needs')
export class AccommodationsPages {
  constructor(
    private readonly needs: AccommodationsService,
    private readonly participants: ParticipantsService,
    private readonly placements: PlacementsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('need.read')
  @Page('accommodations/needs')
  list(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.listModel(actor, { id }, from);
  }

  @Get('new')
  @Can('need.edit')
  @Page('accommodations/need-form')
  newForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewNeedFilter) filter: NewNeedFilter): Promise<NeedModel> {
    return this.needModel(actor, { id }, filter);
  }

  @Post()
  @Can('need.edit')
  @Form('accommodations/need-form', 'needModel')
  async raise(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(NewNeedFilter) { back }: NewNeedFilter, @Input(RaiseNeed) command: RaiseNeed): Promise<Redirect> {
    const need = await this.needs.raise(actor, id, command);
    return redirect(ownPath(back) ?? `/participants/${id}/needs/${need}`, 'accommodations.notice.raised');
  }

  @Post('none-known')
  @Can('need.edit')
  @Form('accommodations/needs', 'listModel')
  async noneKnown(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) { back }: Back, @Input(NoneKnown) command: NoneKnown): Promise<Redirect> {
    await this.needs.noneKnown(actor, id, command);
    return redirect(ownPath(back) ?? `/participants/${id}/needs`, 'accommodations.notice.noneKnown');
  }

  @Get(':need')
  @Can('need.read')
  @Page('accommodations/need')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string): Promise<object> {
    return this.settleModel(actor, { id, need });
  }

  @Get(':need/edit')
  @Can('need.edit')
  @Page('accommodations/need-form')
  editForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string, @Filter(NewNeedFilter) filter: NewNeedFilter): Promise<NeedModel> {
    return this.needModel(actor, { id, need }, filter);
  }

  @Post(':need/edit')
  @Can('need.edit')
  @Form('accommodations/need-form', 'needModel')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string, @Filter(NewNeedFilter) { back }: NewNeedFilter, @Input(EditNeed) command: EditNeed): Promise<Redirect> {
    const isChanged = await this.needs.edit(actor, id, need, command);
    return redirect(ownPath(back) ?? `/participants/${id}/needs/${need}`, `accommodations.notice.${isChanged ? 'edited' : 'unchanged'}`);
  }

  @Post(':need/settle')
  @Can('need.edit')
  @Form('accommodations/need', 'settleModel')
  async settle(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string, @Input(SettleNeed) command: SettleNeed): Promise<Redirect> {
    await this.needs.settle(actor, id, need, command);
    return redirect(`/participants/${id}/needs/${need}`, 'accommodations.notice.settled');
  }

  async listModel(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    return {
      person, needs: await this.needs.of(actor, id!), noneKnownOn: await this.needs.noneKnownOn(actor, id!), ...formWay(`/participants/${id}/needs/none-known`, `/participants/${id}`, back),
      form: blankForm({ answeredOn: this.clock.today(actor.timeZone) }),
    };
  }

  async needModel(actor: Actor, { id, need }: Params, { placement, back }: NewNeedFilter): Promise<NeedModel> {
    const person = await this.participants.open(actor, id!);
    const known = need ? await this.needs.open(actor, id!, need) : null;
    const jobs = (await this.placements.of(actor, id!)).filter((one) => one.state === 'planned' || one.state === 'running' || one.id === known?.placementId);
    const page = `/participants/${id}/needs`;
    return {
      person, known, ...formWay(known ? `${page}/${known.id}/edit` : page, known ? `${page}/${known.id}` : page, back), jobs: jobs.map((one) => ({ value: one.id, label: one.title })),
      choices: { kinds: KINDS, raisedBy: RAISED_BY, owners: OWNERS },
      form: blankForm(known ? { ...known } : { raisedOn: this.clock.today(actor.timeZone), raisedBy: 'worker', placementId: placement ?? null }),
    };
  }

  async settleModel(actor: Actor, { id, need }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = await this.needs.open(actor, id!, need!);
    const job = known.placementId ? (await this.placements.of(actor, id!)).find((one) => one.id === known.placementId) ?? null : null;
    return { person, need: known, job: job && { id: job.id, title: job.title }, states: STATES.filter((one) => one !== known.state), form: blankForm({ stateOn: this.clock.today(actor.timeZone), version: known.version }) };
  }
}
