import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { notFound } from '../../../platform/problem';
import { Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { EnrolmentsService, MovesService, MoveVersion, type EnrolmentView } from '../../pathways';
import { ParticipantsService } from '../register/participants.service';

type Params = Record<string, string>;

/** Another version of the protocol for a running enrolment: what would change, then the move. */
@ApiExcludeController()
@Controller('participants/:id/pathway/:enrolment/protocol')
export class MovePages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly enrolments: EnrolmentsService,
    private readonly versions: MovesService,
  ) {}

  @Get()
  @Can('step.deviate')
  @Page('participants/move')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string): Promise<object> {
    return this.moveForm(actor, { id, enrolment });
  }

  @Post()
  @Can('step.deviate')
  @Form('participants/move', 'moveForm')
  async move(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Input(MoveVersion) command: MoveVersion): Promise<Redirect> {
    await this.of(actor, id, enrolment);
    await this.versions.moveVersion(actor, enrolment, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.moved');
  }

  async moveForm(actor: Actor, { id, enrolment }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { version, closedOn, stageTitle } = await this.of(actor, id!, enrolment!);
    const moves = closedOn ? [] : await this.versions.moves(actor, enrolment!);
    return { person, stageTitle, moves, action: `/participants/${id}/pathway/${enrolment}/protocol`, form: blankForm({ version }) };
  }

  private async of(actor: Actor, id: string, enrolment: string): Promise<EnrolmentView> {
    const view = await this.enrolments.get(actor, enrolment);
    if (view.participantId !== id) throw notFound();
    return view;
  }
}
