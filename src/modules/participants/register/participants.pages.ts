import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Back, formWay, ownPath } from '../../../platform/web/back';
import { fromForm } from '../../../platform/web/fields';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm, type FormState } from '../../../platform/web/pages';
import { AuditService } from '../../audit';
import { UsersService, allows } from '../../identity';
import { choicesFor, phoneRows, phoneValues } from './choices';
import { openedLine } from './opened';
import { ParticipantsService } from './participants.service';
import { EditContact, EditIdentity, LookFor, OlderThan, RegisterParticipant } from './register.dto';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants')
export class ParticipantsPages {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly users: UsersService,
    private readonly audit: AuditService,
  ) {}

  /** Look first. */
  @Get('new')
  @Can('participant.create')
  @Page('participants/new')
  look(): object {
    return this.lookForm();
  }

  lookForm(): object {
    return { form: blankForm() };
  }

  /** Who may be the same person, above the form for somebody new. What was looked for stands in no address. */
  @Post('new')
  @HttpCode(200)
  @Can('participant.create')
  @Page('participants/register')
  @Form('participants/new', 'lookForm')
  async looked(@CurrentActor() actor: Actor, @Input(LookFor) command: LookFor): Promise<object> {
    const { phone, bornYear, bornMonth, bornDay, ...names } = command;
    const bornPrecision = bornDay ? 'day' : bornMonth ? 'month' : bornYear ? 'year' : 'unknown';
    const form = blankForm({ ...names, bornYear, bornMonth, bornDay, bornPrecision, ...(phone ? { 'phones.0.number': phone, 'phones.0.owner': 'self' } : {}) });
    return { form, duplicates: await this.participants.likelyDuplicates(actor, command), choices: await choicesFor(actor, this.users), phoneRows: phoneRows(0) };
  }

  @Post()
  @Can('participant.create')
  @Form('participants/register', 'registerForm')
  async register(@CurrentActor() actor: Actor, @Input(RegisterParticipant) command: RegisterParticipant): Promise<Redirect> {
    const id = await this.participants.register(actor, command);
    return redirect(`/participants/${id}/pathway`, 'participants.notice.registered');
  }

  /** The refused form again, with those who look like the person as typed. */
  async registerForm(actor: Actor, _: Params, __: Params, state: FormState): Promise<object> {
    const { familyNames, givenNames, bornDay, bornMonth, bornYear, phones } = fromForm(RegisterParticipant, state.values);
    const look = Object.assign(new LookFor(), { givenNames, familyNames, bornDay, bornMonth, bornYear, phone: phones?.[0]?.number });
    const duplicates = await this.participants.alikeAsTyped(actor, look);
    return { duplicates, choices: await choicesFor(actor, this.users), phoneRows: phoneRows(rowsTyped(state)) };
  }

  @Get(':id/identity')
  @Can('participant.edit')
  @Page('participants/identity')
  identity(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.identityForm(actor, { id }, from);
  }

  async identityForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    return { person, ...formWay(`/participants/${id}/identity`, `/participants/${id}/profile`, back), form: blankForm({ ...person }), choices: await choicesFor(actor, null) };
  }

  @Post(':id/identity')
  @Can('participant.edit')
  @Form('participants/identity', 'identityForm')
  async editIdentity(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) { back }: Back, @Input(EditIdentity) command: EditIdentity): Promise<Redirect> {
    const isChanged = await this.participants.editIdentity(actor, id, command);
    return redirect(ownPath(back) ?? `/participants/${id}/profile`, `participants.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  @Get(':id/contact')
  @Can('participant.edit')
  @Page('participants/contact')
  contact(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.contactForm(actor, { id }, from);
  }

  async contactForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { phones, ...values } = person;
    return {
      person, ...formWay(`/participants/${id}/contact`, `/participants/${id}/profile`, back), form: blankForm({ ...values, ...phoneValues(phones) }),
      choices: await choicesFor(actor, null), phoneRows: phoneRows(phones.length),
    };
  }

  @Post(':id/contact')
  @Can('participant.edit')
  @Form('participants/contact', 'contactForm')
  async editContact(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) { back }: Back, @Input(EditContact) command: EditContact): Promise<Redirect> {
    const isChanged = await this.participants.editContact(actor, id, command);
    return redirect(ownPath(back) ?? `/participants/${id}/profile`, `participants.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  /** Who opened or changed the file. */
  @Get(':id/opened')
  @Can('participant.opened')
  @Page('participants/opened')
  async opened(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(OlderThan) { before }: OlderThan): Promise<object> {
    const header = await this.participants.header(actor, id, 'opened');
    const { items, next } = await this.audit.openedBy(actor, id, before ?? null);
    return { header, lines: items.map(openedLine), next, may: { edit: allows(actor.role, 'participant.edit') } };
  }
}

function rowsTyped(state: FormState): number {
  return Object.keys(state.values).filter((name) => /^phones\.\d+\.number$/.test(name) && state.values[name] !== '').length;
}
