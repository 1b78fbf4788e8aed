import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Input, PathId } from '../../../platform/web/input';
import type { Notice } from '../../../platform/web/notice';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { CancelHandOver, CaseloadsService, ChangeHandOver, HandOver } from '../../caseloads';
import { UsersService } from '../../identity';
import { ParticipantsService } from './participants.service';

type Params = Record<string, string>;

/** One person gets another coach; what is planned is changed or cancelled until it begins. */
@ApiExcludeController()
@Controller('participants')
export class HandOverPages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly caseloads: CaseloadsService,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  @Get(':id/hand-over')
  @Can('caseload.hand-over')
  @Page('participants/hand-over')
  handOverPage(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.handOverForm(actor, { id });
  }

  @Post(':id/hand-over')
  @Can('caseload.hand-over')
  @Form('participants/hand-over', 'handOverForm')
  async handOver(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(HandOver) command: HandOver): Promise<Redirect> {
    await this.caseloads.handOver(actor, id, command);
    return redirect(`/participants/${id}/profile`, await this.told(actor, id, command));
  }

  @Post(':id/hand-over/change')
  @Can('caseload.hand-over')
  @Form('participants/hand-over', 'handOverForm')
  async change(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ChangeHandOver) command: ChangeHandOver): Promise<Redirect> {
    await this.caseloads.changeHandOver(actor, id, command);
    return redirect(`/participants/${id}/profile`, await this.told(actor, id, command));
  }

  @Post(':id/hand-over/cancel')
  @Can('caseload.hand-over')
  @Form('participants/hand-over', 'handOverForm')
  async cancel(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(CancelHandOver) command: CancelHandOver): Promise<Redirect> {
    await this.caseloads.cancelHandOver(actor, id, command);
    return redirect(`/participants/${id}/profile`, 'participants.notice.handOverCancelled');
  }

  /** Where a hand-over is planned it is that one which is changed. */
  async handOverForm(actor: Actor, { id }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const assignments = await this.caseloads.historyOf(actor, id!);
    const leads = assignments.filter((one) => one.kind === 'lead');
    const lead = leads.find((one) => !one.planned && one.withdrawnOn === null)!;
    const planned = leads.find((one) => one.planned) ?? null;
    const coaches = (await this.users.coachesOf(actor)).filter((one) => one.id !== lead.coachId).map((one) => ({ value: one.id, label: one.name }));
    return {
      person, assignments, coaches, lead: { name: lead.coachName, fromOn: lead.fromOn }, planned: planned && { id: planned.id, name: planned.coachName, fromOn: planned.fromOn },
      form: blankForm(planned ? { toCoachId: planned.coachId, on: planned.fromOn, reason: planned.reason } : { on: this.clock.today(actor.timeZone), version: lead.version }),
    };
  }

  private async told(actor: Actor, id: string, { toCoachId, on }: { toCoachId: string; on: string }): Promise<Notice> {
    const name = (await this.participants.names(actor, [id])).get(id) ?? '';
    return { key: 'participants.told.handedOver', values: { name, coach: (await this.users.names(actor, [toCoachId])).get(toCoachId) ?? '', day: on }, act: null };
  }
}
