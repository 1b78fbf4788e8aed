import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { ParticipantsService } from '../participants';
import { AdviceService } from './advice.service';
import { AdviseBenefits, AnswerStep, type AgreedStepView, type BenefitsAdviceView } from './employment-advice.dto';

@ApiTags('employment-advice')
@Controller('api/v1/participants/:id')
export class AdviceApi {
  constructor(
    private readonly advice: AdviceService,
    private readonly participants: ParticipantsService,
  ) {}

  /** Lists what a person was told about benefits, or did not want to be told, the latest first. */
  @Get('benefits-advice')
  @Can('benefits-advice.read')
  async told(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: BenefitsAdviceView[] }> {
    await this.participants.open(actor, id);
    return { items: await this.advice.adviceOf(actor, id) };
  }

  /** Notes that a person was told what changes with an income, in which format, or that they declined. */
  @Post('benefits-advice')
  @Can('benefits-advice.record')
  async advise(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AdviseBenefits) command: AdviseBenefits): Promise<Created<BenefitsAdviceView>> {
    const advice = await this.advice.advise(actor, id, command);
    return created(`/api/v1/participants/${id}/benefits-advice`, (await this.advice.adviceOf(actor, id)).find((one) => one.id === advice)!);
  }

  /** Lists what a person answered to standby and to leaving in work, the latest first. */
  @Get('enrolments/:enrolment/agreed-steps')
  @Can('agreed-step.read')
  async answers(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string): Promise<{ items: AgreedStepView[] }> {
    await this.participants.open(actor, id);
    return { items: (await this.advice.agreedOf(actor, id, enrolment)).answers };
  }

  /** Notes the person's own answer to standby or to leaving in work. A no refuses the step until the person says otherwise. */
  @Post('enrolments/:enrolment/agreed-steps')
  @Can('agreed-step.record')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Input(AnswerStep) command: AnswerStep): Promise<Created<AgreedStepView>> {
    const answer = await this.advice.answer(actor, id, enrolment, command);
    return created(`/api/v1/participants/${id}/enrolments/${enrolment}/agreed-steps`, (await this.advice.agreedOf(actor, id, enrolment)).answers.find((one) => one.id === answer)!);
  }
}
