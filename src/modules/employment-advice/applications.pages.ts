import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor, Language } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Clock } from '../../platform/clock';
import { Back, formWay, ownPath } from '../../platform/web/back';
import { Filter, Input, PathId } from '../../platform/web/input';
import { ReaderLanguage } from '../../platform/web/language';
import { Download, Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { allows } from '../identity';
import { ParticipantsService } from '../participants';
import { FOUND_BY, STATES } from './application.entity';
import { ApplicationsService } from './applications.service';
import { ApplicationGiven, EditApplication } from './employment-advice.dto';

type Params = Record<string, string>;

/** Applications and interviews of a person. */
@ApiExcludeController()
@Controller('participants/:id/applications')
export class ApplicationsPages {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly participants: ParticipantsService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Can('application.read')
  @Page('employment-advice/applications')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return { person: await this.participants.open(actor, id), applications: await this.applications.of(actor, id), may: { edit: allows(actor.role, 'application.edit') } };
  }

  @Get('export')
  @Can('application.read')
  async export(@CurrentActor() actor: Actor, @PathId('id') id: string, @ReaderLanguage() language: Language): Promise<Download> {
    await this.participants.open(actor, id);
    return new Download(`applications-${this.clock.today(actor.timeZone)}.csv`, 'text/csv; charset=utf-8', await this.applications.export(actor, id, language));
  }

  @Get('new')
  @Can('application.edit')
  @Page('employment-advice/application')
  newForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back): Promise<object> {
    return this.form(actor, { id }, from);
  }

  @Post('new')
  @Can('application.edit')
  @Form('employment-advice/application', 'form')
  async add(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(Back) from: Back, @Input(ApplicationGiven) command: ApplicationGiven): Promise<Redirect> {
    await this.applications.add(actor, id, command);
    return redirect(ownPath(from.back) ?? listOf(id), 'employment-advice.notice.application');
  }

  @Get(':application')
  @Can('application.edit')
  @Page('employment-advice/application')
  editForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('application') application: string, @Filter(Back) from: Back): Promise<object> {
    return this.form(actor, { id, application }, from);
  }

  @Post(':application')
  @Can('application.edit')
  @Form('employment-advice/application', 'form')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('application') application: string, @Filter(Back) from: Back, @Input(EditApplication) command: EditApplication): Promise<Redirect> {
    const isChanged = await this.applications.edit(actor, id, application, command);
    return redirect(ownPath(from.back) ?? listOf(id), `employment-advice.notice.${isChanged ? 'application' : 'unchanged'}`);
  }

  async form(actor: Actor, { id, application }: Params, { back }: Back): Promise<object> {
    const person = await this.participants.open(actor, id!);
    const known = application ? await this.applications.get(actor, id!, application) : null;
    return {
      person, isNew: known === null, ...formWay(`${listOf(id!)}/${known?.id ?? 'new'}`, listOf(id!), back), choices: { foundBy: FOUND_BY, states: STATES },
      form: blankForm(known ? { ...known } : { state: 'planned', stateOn: this.clock.today(actor.timeZone) }),
    };
  }
}

const listOf = (id: string): string => `/participants/${id}/applications`;
