import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm, type FormState } from '../../platform/web/pages';
import { allows } from '../identity';
import { FORMATS, GIVERS, ParticipantsService } from '../participants';
import { AdviceService } from './advice.service';
import { AGREED_TO, type AgreedTo } from './agreed-step.entity';
import { AdviseBenefits, AgreementTo, AnswerStep } from './employment-advice.dto';

type Params = Record<string, string>;

/** What the person was told about benefits, and what they say to a step that rests on them. */
@ApiExcludeController()
@Controller('participants/:id')
export class AdvicePages {
  constructor(
    private readonly advice: AdviceService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('benefits-advice')
  @Can('benefits-advice.read')
  @Page('employment-advice/benefits')
  benefits(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.benefitsForm(actor, { id }, from);
  }

  @Post('benefits-advice')
  @Can('benefits-advice.record')
  @Form('employment-advice/benefits', 'benefitsForm')
  async advise(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(AdviseBenefits) command: AdviseBenefits): Promise<Redirect> {
    await this.advice.advise(actor, id, command);
    return redirect(ownPath(from.back) ?? `/participants/${id}/benefits-advice`, `employment-advice.notice.${command.answer}`);
  }

  async benefitsForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    return {
      person, ...formWay(`/participants/${id}/benefits-advice`, `/participants/${id}/pathway`, back), earlier: await this.advice.adviceOf(actor, id!), formats: FORMATS, answers: ['given', 'declined'],
      may: { record: allows(actor.role, 'benefits-advice.record') }, form: blankForm({ answer: 'given', givenOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get('enrolments/:enrolment/agreed-steps')
  @Can('agreed-step.read')
  @Page('employment-advice/agreed-step')
  agreed(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Filter(AgreementTo) filter: AgreementTo): Promise<object> {
    return this.agreedModel(actor, { id, enrolment }, filter.to ?? null, filter.back);
  }

  @Post('enrolments/:enrolment/agreed-steps')
  @Can('agreed-step.record')
  @Form('employment-advice/agreed-step', 'agreedForm')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('enrolment') enrolment: string, @Filter(AgreementTo) from: AgreementTo, @Input(AnswerStep) command: AnswerStep): Promise<Redirect> {
    await this.advice.answer(actor, id, enrolment, command);
    return redirect(ownPath(from.back) ?? `/participants/${id}/pathway`, `employment-advice.notice.${command.answer}`);
  }

  agreedForm(actor: Actor, params: Params, filter: AgreementTo, { values }: FormState): Promise<object> {
    return this.agreedModel(actor, params, AGREED_TO.find((one) => one === values.to) ?? null, filter.back);
  }

  /** One question; where it is not known which, both to choose between. */
  private async agreedModel(actor: Actor, { id, enrolment }: Params, to: AgreedTo | null, back: string | undefined): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { enrolment: about, answers } = await this.advice.agreedOf(actor, id!, enrolment!);
    return {
      person, to, closed: about.closedOn !== null, earlier: answers.filter((one) => to === null || one.to === to), ...formWay(`/participants/${id}/enrolments/${enrolment}/agreed-steps`, `/participants/${id}/pathway`, back),
      choices: { to: AGREED_TO, answers: ['yes', 'no'], formats: FORMATS, givers: GIVERS }, may: { record: allows(actor.role, 'agreed-step.record') },
      form: blankForm({ giver: 'self', answeredOn: this.clock.today(actor.timeZone) }),
    };
  }
}
