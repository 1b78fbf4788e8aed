import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Back, formWay, ownPath } from '../../../platform/web/back';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { allows } from '../../identity';
import { FORMATS, SPOKEN } from '../register/participant.choices';
import { ParticipantsService } from '../register/participants.service';
import { AnswerConsent, ConsentFor, EditMeasure, Inform, MeasureGiven, WithdrawConsent, WithdrawMeasure } from './information.dto';
import { InformationService } from './information.service';
import { ACTS, CONSENT_WORDINGS, GIVERS, INFORMATION_PARTS, INFORMATION_WORDING, MEASURE_KINDS, METHODS, PURPOSES, WILLING, type Purpose } from './wordings';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants/:id')
export class InformationPages {
  constructor(
    private readonly information: InformationService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get('information')
  @Can('participant.read')
  @Page('participants/information')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    await this.participants.open(actor, id);
    return { header: await this.participants.header(actor, id, 'information'), information: await this.information.of(actor, id), may: { edit: allows(actor.role, 'participant.edit') } };
  }

  @Get('informed')
  @Can('participant.edit')
  @Page('participants/informed')
  informed(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.informedForm(actor, { id }, from);
  }

  @Post('informed')
  @Can('participant.edit')
  @Form('participants/informed', 'informedForm')
  async inform(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(Inform) command: Inform): Promise<Redirect> {
    await this.information.inform(actor, id, command);
    return done(id, 'informed', from);
  }

  async informedForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    return {
      person, ...formWay(`/participants/${id}/informed`, tabOf(id!), back), wording: INFORMATION_WORDING, parts: INFORMATION_PARTS, formats: FORMATS, willing: WILLING,
      form: blankForm({ givenOn: this.clock.today(actor.timeZone) }),
    };
  }

  @Get('consents/new')
  @Can('participant.edit')
  @Page('participants/consent')
  newConsent(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(ConsentFor) { purpose, back }: ConsentFor): Promise<object> {
    return this.consentModel(actor, id, purpose, back);
  }

  @Post('consents')
  @Can('participant.edit')
  @Form('participants/consent', 'consentForm')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(AnswerConsent) command: AnswerConsent): Promise<Redirect> {
    await this.information.answer(actor, id, command);
    return done(id, 'answered', from);
  }

  consentForm(actor: Actor, { id }: Params, { back }: Back, { values }: { values: Record<string, unknown> }): Promise<object> {
    return this.consentModel(actor, id!, PURPOSES.find((one) => one === values.purpose) ?? null, back);
  }

  @Get('consents/:consent/withdraw')
  @Can('participant.edit')
  @Page('participants/withdraw')
  withdrawal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('consent') consent: string): Promise<object> {
    return this.withdrawForm(actor, { id, consent });
  }

  @Post('consents/:consent/withdraw')
  @Can('participant.edit')
  @Form('participants/withdraw', 'withdrawForm')
  async withdraw(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('consent') consent: string, @Input(WithdrawConsent) command: WithdrawConsent): Promise<Redirect> {
    await this.information.withdraw(actor, id, consent, command);
    return done(id, 'withdrawn');
  }

  async withdrawForm(actor: Actor, { id, consent }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = await this.information.consent(actor, id!, consent!);
    return { person, consent: known, form: blankForm({ withdrawnOn: this.clock.today(actor.timeZone), version: known.version }) };
  }

  @Get('measures/new')
  @Can('participant.edit')
  @Page('participants/measure')
  newMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.measureForm(actor, { id }, from);
  }

  @Post('measures')
  @Can('participant.edit')
  @Form('participants/measure', 'measureForm')
  async addMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(MeasureGiven) command: MeasureGiven): Promise<Redirect> {
    await this.information.addMeasure(actor, id, command);
    return done(id, 'measure', from);
  }

  @Get('measures/:measure')
  @Can('participant.edit')
  @Page('participants/measure')
  oneMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string): Promise<object> {
    return this.measureForm(actor, { id, measure }, {});
  }

  @Post('measures/:measure')
  @Can('participant.edit')
  @Form('participants/measure', 'measureForm')
  async editMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string, @Input(EditMeasure) command: EditMeasure): Promise<Redirect> {
    return done(id, (await this.information.editMeasure(actor, id, measure, command)) ? 'measure' : 'unchanged');
  }

  @Get('measures/:measure/withdraw')
  @Can('participant.edit')
  @Page('participants/withdraw-measure')
  measureWithdrawal(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string): Promise<object> {
    return this.withdrawMeasureForm(actor, { id, measure });
  }

  @Post('measures/:measure/withdraw')
  @Can('participant.edit')
  @Form('participants/withdraw-measure', 'withdrawMeasureForm')
  async withdrawMeasure(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('measure') measure: string, @Input(WithdrawMeasure) command: WithdrawMeasure): Promise<Redirect> {
    await this.information.withdrawMeasure(actor, id, measure, command);
    return done(id, 'measureWithdrawn');
  }

  async withdrawMeasureForm(actor: Actor, { id, measure }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = await this.information.measure(actor, id!, measure!);
    return { person, measure: known, form: blankForm({ version: known.version }) };
  }

  async measureForm(actor: Actor, { id, measure }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = measure ? await this.information.measure(actor, id!, measure) : null;
    return { person, ...formWay(`/participants/${id}/measures${known ? `/${known.id}` : ''}`, tabOf(id!), back), kinds: MEASURE_KINDS, acts: ACTS, form: blankForm(known ? { ...known } : {}) };
  }

  /** One purpose with its wording; where none is known, all of them to choose among. */
  private async consentModel(actor: Actor, id: string, purpose: Purpose | null, back: string | undefined): Promise<object> {
    const person = await this.participants.open(actor, id);
    const beside = await this.information.beside(actor, id);
    return {
      person, ...formWay(`/participants/${id}/consents`, tabOf(id), back), purpose, wordings: (purpose ? [purpose] : PURPOSES).map((one) => ({ purpose: one, version: CONSENT_WORDINGS[one] })), purposes: PURPOSES, answers: ['yes', 'no'], formats: FORMATS, givers: GIVERS, methods: METHODS,
      languages: SPOKEN, legal: beside.needs === 'legal' ? beside.because : null, signer: beside.needs === 'legal' && beside.byService ? 'service' : 'one',
      form: blankForm({ givenOn: this.clock.today(actor.timeZone), ...(beside.needs === 'legal' ? { giver: 'self-and-legal', coSigner: beside.byService ? null : beside.holder } : { giver: 'self' }) }),
    };
  }
}

const tabOf = (id: string): string => `/participants/${id}/information`;

/** Back to where it was asked for, with what was done said. */
const done = (id: string, what: 'informed' | 'answered' | 'withdrawn' | 'measure' | 'measureWithdrawn' | 'unchanged', from: Back = {}): Redirect => redirect(ownPath(from.back) ?? tabOf(id), `participants.notice.${what}`);
