import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { EnrolmentsService } from './enrolments.service';
import { MovesService } from './moves.service';
import { AnnulStep, EditReferral, MoveVersion, Pause, Resume, TakeStep, type EnrolmentView, type MoveView, type ReferralView, type TrackView, type VerdictView } from './pathways.dto';
import { PausesService } from './pauses.service';
import { StepsService } from './steps.service';

@ApiTags('enrolments')
@Controller('api/v1/enrolments')
export class EnrolmentsApi {
  constructor(
    private readonly enrolments: EnrolmentsService,
    private readonly steps: StepsService,
    private readonly pauses: PausesService,
    private readonly versions: MovesService,
  ) {}

  /** Reads an enrolment. */
  @Get(':id')
  @Can('enrolment.read')
  get(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<EnrolmentView> {
    return this.enrolments.read(actor, id);
  }

  /** Reads the stages of an enrolment: done, now, to come. */
  @Get(':id/track')
  @Can('enrolment.read')
  async track(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<TrackView> {
    await this.enrolments.read(actor, id);
    return this.enrolments.trackOf(actor, id);
  }

  /** Reads the referral of an enrolment. */
  @Get(':id/referral')
  @Can('enrolment.read')
  async referral(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ReferralView> {
    await this.enrolments.read(actor, id);
    return this.enrolments.referralOf(actor, id);
  }

  /** Changes the referral of an enrolment. */
  @Post(':id/referral')
  @HttpCode(204)
  @Can('enrolment.open')
  editReferral(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditReferral) command: EditReferral): Promise<void> {
    return this.enrolments.editReferral(actor, id, command);
  }

  /** Lists the steps that lead on from here, each allowed or refused with what is missing and where to meet it. */
  @Get(':id/steps')
  @Can('enrolment.read')
  async possible(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: VerdictView[] }> {
    await this.enrolments.read(actor, id);
    return { items: await this.steps.possible(actor, id) };
  }

  /** Takes a step. While a requirement is not met the refusal is `step-refused`, with `unmet`: what is missing, how much, and where to meet it. */
  @Post(':id/steps')
  @Can('step.take')
  async take(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(TakeStep) command: TakeStep): Promise<Created<EnrolmentView>> {
    await this.steps.take(actor, id, command);
    return created(`/api/v1/enrolments/${id}`, await this.enrolments.get(actor, id));
  }

  /** Annuls the last step of an enrolment. Both stay in the history. */
  @Post(':id/annulments')
  @Can('step.annul')
  async annul(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AnnulStep) command: AnnulStep): Promise<Created<EnrolmentView>> {
    await this.steps.annul(actor, id, command);
    return created(`/api/v1/enrolments/${id}`, await this.enrolments.get(actor, id));
  }

  /** Pauses an enrolment until a day. */
  @Post(':id/pause')
  @HttpCode(204)
  @Can('enrolment.pause')
  pause(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Pause) command: Pause): Promise<void> {
    return this.pauses.pause(actor, id, command);
  }

  /** Resumes a paused enrolment. */
  @Post(':id/resumption')
  @HttpCode(204)
  @Can('enrolment.pause')
  resume(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Resume) command: Resume): Promise<void> {
    return this.pauses.resume(actor, id, command);
  }

  /** Reads the version of the protocol that the programme has adopted since, with what would change for this enrolment. */
  @Get(':id/protocol')
  @Can('step.deviate')
  async moves(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: MoveView[] }> {
    await this.enrolments.read(actor, id);
    return { items: await this.versions.moves(actor, id) };
  }

  /** Moves an enrolment to the version of its protocol that the programme has adopted, with the reason. */
  @Post(':id/protocol')
  @HttpCode(204)
  @Can('step.deviate')
  moveVersion(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MoveVersion) command: MoveVersion): Promise<void> {
    return this.versions.moveVersion(actor, id, command);
  }
}
