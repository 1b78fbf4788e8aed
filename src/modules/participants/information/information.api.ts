import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { created, type Created } from '../../../platform/web/page';
import { ParticipantsService } from '../register/participants.service';
import { AnswerConsent, EditMeasure, Inform, MeasureGiven, WithdrawConsent, WithdrawMeasure, type ConsentView, type InformationPageView, type MeasureView } from './information.dto';
import { InformationService } from './information.service';

@ApiTags('participants')
@Controller('api/v1/participants/:id')
export class InformationApi {
  constructor(
    private readonly information: InformationService,
    private readonly participants: ParticipantsService,
  ) {}

  /** Reads what a person was told, what they consented to, and who decides beside them. */
  @Get('information')
  @Can('participant.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<InformationPageView> {
    await this.participants.open(actor, id);
    return this.information.of(actor, id);
  }

  /** Notes that a person was informed, in which form and by whom. */
  @Post('information')
  @Can('participant.edit')
  async inform(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Inform) command: Inform): Promise<Created<InformationPageView>> {
    await this.information.inform(actor, id, command);
    return created(`/api/v1/participants/${id}/information`, await this.information.of(actor, id));
  }

  /** Notes a person's answer to one purpose of consent. */
  @Post('consents')
  @Can('participant.edit')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AnswerConsent) command: AnswerConsent): Promise<Created<ConsentView>> {
    const consent = await this.information.answer(actor, id, command);
    return created(`/api/v1/participants/${id}/information`, await this.information.consent(actor, id, consent));
  }

  /** Withdraws a consent. */
  @Post('consents/:consent/withdraw')
  @HttpCode(200)
  @Can('participant.edit')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('consent') consent: string, @Input(WithdrawConsent) command: WithdrawConsent): Promise<ConsentView> {
    await this.information.withdraw(actor, id, consent, command);
    return this.information.consent(actor, id, consent);
  }

  /** Adds a measure of protection: who decides with or for the person. */
  @Post('measures')
  @Can('participant.edit')
  async addMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MeasureGiven) command: MeasureGiven): Promise<Created<MeasureView>> {
    const measure = await this.information.addMeasure(actor, id, command);
    return created(`/api/v1/participants/${id}/information`, await this.information.measure(actor, id, measure));
  }

  /** Changes a measure of protection. */
  @Put('measures/:measure')
  @Can('participant.edit')
  async editMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string, @Input(EditMeasure) command: EditMeasure): Promise<MeasureView> {
    await this.information.editMeasure(actor, id, measure, command);
    return this.information.measure(actor, id, measure);
  }

  /** Withdraws a measure that was noted in error. It stays readable, with the reason, and counts nowhere. */
  @Post('measures/:measure/withdraw')
  @HttpCode(200)
  @Can('participant.edit')
  async withdrawMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string, @Input(WithdrawMeasure) command: WithdrawMeasure): Promise<MeasureView> {
    await this.information.withdrawMeasure(actor, id, measure, command);
    return this.information.measure(actor, id, measure);
  }
}
