import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Clock } from '../../../platform/clock';
import { Back, formWay, ownPath } from '../../../platform/web/back';
import { Filter, Input, PathId } from '../../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../../platform/web/page';
import { blankForm } from '../../../platform/web/pages';
import { CaseloadsService } from '../../caseloads';
import { allows } from '../../identity';
import { EntryService } from '../entry/entry.service';
import { ParticipantsService } from '../register/participants.service';
import { AddFamilyMember, AskWashingtonGroup, EditFamilyMember, EditProfile, EditRecognition, FAMILIES, RecognitionGiven } from './profile.dto';
import { ProfileService } from './profile.service';
import { RECOGNITION_STATES } from './recognition-schemes';
import { WG_ANSWERED_BY, WG_ANSWERS, WG_QUESTIONS } from './washington-group.entity';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller('participants/:id')
export class ProfilePages {
  constructor(
    private readonly profiles: ProfileService,
    private readonly entry: EntryService,
    private readonly participants: ParticipantsService,
    private readonly caseloads: CaseloadsService,
    private readonly clock: Clock,
  ) {}

  @Get('profile')
  @Can('participant.read')
  @Page('participants/profile')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    const person = await this.participants.open(actor, id);
    return {
      header: await this.participants.header(actor, id, 'profile'), person, profile: await this.profiles.of(actor, id), entry: await this.entry.of(actor, id),
      emergency: [person.emergencyRelation, person.emergencyPhone].filter(Boolean).join(' · ') || null, assignments: await this.caseloads.historyOf(actor, id),
      may: { edit: allows(actor.role, 'participant.edit'), handOver: allows(actor.role, 'caseload.hand-over') },
    };
  }

  @Get('recognitions/new')
  @Can('participant.edit')
  @Page('participants/recognition')
  newRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.recognitionForm(actor, { id }, from);
  }

  @Post('recognitions')
  @Can('participant.edit')
  @Form('participants/recognition', 'recognitionForm')
  async addRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(RecognitionGiven) command: RecognitionGiven): Promise<Redirect> {
    await this.profiles.addRecognition(actor, id, command);
    return done(id, 'recognition', from);
  }

  @Get('recognitions/:recognition')
  @Can('participant.edit')
  @Page('participants/recognition')
  oneRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('recognition') recognition: string): Promise<object> {
    return this.recognitionForm(actor, { id, recognition }, {});
  }

  @Post('recognitions/:recognition')
  @Can('participant.edit')
  @Form('participants/recognition', 'recognitionForm')
  async editRecognition(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('recognition') recognition: string, @Input(EditRecognition) command: EditRecognition): Promise<Redirect> {
    return done(id, (await this.profiles.editRecognition(actor, id, recognition, command)) ? 'recognition' : 'unchanged');
  }

  async recognitionForm(actor: Actor, { id, recognition }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = recognition ? await this.profiles.recognition(actor, id!, recognition) : null;
    return {
      person, ...formWay(`/participants/${id}/recognitions${known ? `/${known.id}` : ''}`, profileOf(id!), back), schemes: await this.profiles.schemes(actor), states: RECOGNITION_STATES,
      form: blankForm(known ? { ...known } : { state: 'granted' }),
    };
  }

  @Get('functional')
  @Can('participant.edit')
  @Page('participants/functional')
  functional(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.functionalForm(actor, { id }, from);
  }

  @Post('functional')
  @Can('participant.edit')
  @Form('participants/functional', 'functionalForm')
  async editFunctional(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(EditProfile) command: EditProfile): Promise<Redirect> {
    return done(id, (await this.profiles.editProfile(actor, id, command)) ? 'saved' : 'unchanged', from);
  }

  async functionalForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const { families, mainFamily, familiesRefused, supportNeeds, version } = await this.profiles.of(actor, id!);
    return { person, ...formWay(`/participants/${id}/functional`, profileOf(id!), back), families: FAMILIES, form: blankForm({ families, mainFamily, familiesRefused, supportNeeds, version }) };
  }

  @Get('washington-group')
  @Can('participant.edit')
  @Page('participants/washington-group')
  washingtonGroup(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.washingtonGroupForm(actor, { id }, from);
  }

  @Post('washington-group')
  @Can('participant.edit')
  @Form('participants/washington-group', 'washingtonGroupForm')
  async ask(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(AskWashingtonGroup) command: AskWashingtonGroup): Promise<Redirect> {
    await this.profiles.ask(actor, id, command);
    return done(id, 'wg', from);
  }

  async washingtonGroupForm(actor: Actor, { id }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    return {
      person, ...formWay(`/participants/${id}/washington-group`, profileOf(id!), back), questions: WG_QUESTIONS, answers: WG_ANSWERS, answeredBy: WG_ANSWERED_BY,
      form: blankForm({ askedOn: this.clock.today(actor.timeZone), answeredBy: 'self' }),
    };
  }

  @Get('family')
  @Can('participant.edit')
  @Page('participants/family')
  family(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.familyForm(actor, { id });
  }

  @Post('family')
  @Can('participant.edit')
  @Form('participants/family', 'familyForm')
  async addMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddFamilyMember) command: AddFamilyMember): Promise<Redirect> {
    await this.profiles.addMember(actor, id, command);
    return redirect(`/participants/${id}/family`, 'participants.notice.saved');
  }

  @Get('family/:member')
  @Can('participant.edit')
  @Page('participants/family')
  oneMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string): Promise<object> {
    return this.familyForm(actor, { id, member });
  }

  @Post('family/:member')
  @Can('participant.edit')
  @Form('participants/family', 'familyForm')
  async editMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string, @Input(EditFamilyMember) command: EditFamilyMember): Promise<Redirect> {
    const isChanged = await this.profiles.editMember(actor, id, member, command);
    return redirect(`/participants/${id}/family`, `participants.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  @Post('family/:member/remove')
  @Can('participant.edit')
  async removeMember(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('member') member: string): Promise<Redirect> {
    await this.profiles.removeMember(actor, id, member);
    return redirect(`/participants/${id}/family`, 'participants.notice.saved');
  }

  /** The family with, in the place of one of them, the form that edits them; else the form for somebody new beneath. */
  async familyForm(actor: Actor, { id, member }: Params): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = member ? await this.profiles.member(actor, id!, member) : null;
    return { person, edited: known?.id ?? null, members: (await this.profiles.of(actor, id!)).family, form: blankForm(known ? { ...known } : {}) };
  }
}

const profileOf = (id: string): string => `/participants/${id}/profile`;

/** Back to where it was asked for, with what was done said. */
const done = (id: string, what: 'recognition' | 'wg' | 'saved' | 'unchanged', from: Back = {}): Redirect => redirect(ownPath(from.back) ?? profileOf(id), `participants.notice.${what}`);
