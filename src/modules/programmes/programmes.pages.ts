import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LANGUAGES, type Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { notFound } from '../../platform/problem';
import { isId } from '../../platform/id';
import {
  AddFederation, AddOperation, AddProgramme, AddService, EditFederation, EditOperation, EditProgramme, EditService, JoinProgramme, NewOperation, NewPart,
} from './programmes.dto';
import { countryChoices, TIME_ZONES } from './places';
import { ProgrammesService } from './programmes.service';

type Params = Record<string, string>;

@ApiExcludeController()
@Controller()
export class ProgrammesPages {
  constructor(private readonly programmes: ProgrammesService) {}

  /** Everything on one page: a platform has a handful of federations and programmes. */
  @Get('programmes')
  @Can('programme.read')
  @Page('programmes/list')
  async list(@CurrentActor() actor: Actor): Promise<object> {
    const federations = await this.programmes.federations(actor);
    const programmes = await this.programmes.programmes(actor);
    const services = await this.programmes.services(actor);
    return {
      federations: federations.map((one) => ({
        ...one, programmes: programmes.filter(({ federationId }) => federationId === one.id), services: services.filter(({ federationId }) => federationId === one.id),
      })),
    };
  }

  @Get('federations/new')
  @Can('programme.edit')
  @Page('programmes/federation')
  newFederation(@CurrentActor() actor: Actor): Promise<object> {
    return this.federationForm(actor);
  }

  @Post('federations')
  @Can('programme.edit')
  @Form('programmes/federation', 'federationForm')
  async addFederation(@CurrentActor() actor: Actor, @Input(AddFederation) command: AddFederation): Promise<Redirect> {
    await this.programmes.addFederation(actor, command);
    return redirect('/programmes', 'programmes.notice.saved');
  }

  @Get('federations/:id/edit')
  @Can('programme.edit')
  @Page('programmes/federation')
  openFederation(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.federationForm(actor, { id });
  }

  @Post('federations/:id')
  @Can('programme.edit')
  @Form('programmes/federation', 'federationForm')
  async editFederation(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditFederation) command: EditFederation): Promise<Redirect> {
    await this.programmes.editFederation(actor, id, command);
    return redirect('/programmes', 'programmes.notice.saved');
  }

  @Get('programmes/new')
  @Can('programme.edit')
  @Page('programmes/programme')
  newProgramme(@CurrentActor() actor: Actor, @Filter(NewPart) filter: NewPart): Promise<object> {
    return this.programmeForm(actor, {}, { federation: filter.federation });
  }

  @Post('programmes')
  @Can('programme.edit')
  @Form('programmes/programme', 'programmeForm')
  async addProgramme(@CurrentActor() actor: Actor, @Input(AddProgramme) command: AddProgramme): Promise<Redirect> {
    const { id } = await this.programmes.addProgramme(actor, command);
    return redirect(`/programmes/${id}`, 'programmes.notice.saved');
  }

  @Get('programmes/:id')
  @Can('programme.read')
  @Page('programmes/show')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.showForm(actor, { id });
  }

  @Post('programmes/:id/services')
  @Can('programme.edit')
  @Form('programmes/show', 'showForm')
  async join(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(JoinProgramme) command: JoinProgramme): Promise<Redirect> {
    await this.programmes.joinProgramme(actor, id, command);
    return redirect(`/programmes/${id}`, 'programmes.notice.saved');
  }

  @Get('programmes/:id/edit')
  @Can('programme.edit')
  @Page('programmes/programme')
  openProgramme(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.programmeForm(actor, { id });
  }

  @Post('programmes/:id')
  @Can('programme.edit')
  @Form('programmes/programme', 'programmeForm')
  async editProgramme(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditProgramme) command: EditProgramme): Promise<Redirect> {
    await this.programmes.editProgramme(actor, id, command);
    return redirect(`/programmes/${id}`, 'programmes.notice.saved');
  }

  @Get('operations/new')
  @Can('programme.edit')
  @Page('programmes/operation')
  newOperation(@CurrentActor() actor: Actor, @Filter(NewOperation) filter: NewOperation): Promise<object> {
    return this.operationForm(actor, {}, { programme: filter.programme });
  }

  @Post('operations')
  @Can('programme.edit')
  @Form('programmes/operation', 'operationForm')
  async addOperation(@CurrentActor() actor: Actor, @Input(AddOperation) command: AddOperation): Promise<Redirect> {
    await this.programmes.addOperation(actor, command);
    return redirect(`/programmes/${command.programmeId}`, 'programmes.notice.saved');
  }

  @Get('operations/:id/edit')
  @Can('programme.edit')
  @Page('programmes/operation')
  openOperation(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.operationForm(actor, { id });
  }

  @Post('operations/:id')
  @Can('programme.edit')
  @Form('programmes/operation', 'operationForm')
  async editOperation(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditOperation) command: EditOperation): Promise<Redirect> {
    const { programmeId } = await this.programmes.editOperation(actor, id, command);
    return redirect(`/programmes/${programmeId}`, 'programmes.notice.saved');
  }

  @Get('services/new')
  @Can('programme.edit')
  @Page('programmes/service')
  newService(@CurrentActor() actor: Actor, @Filter(NewPart) filter: NewPart): Promise<object> {
    return this.serviceForm(actor, {}, { federation: filter.federation });
  }

  @Post('services')
  @Can('programme.edit')
  @Form('programmes/service', 'serviceForm')
  async addService(@CurrentActor() actor: Actor, @Input(AddService) command: AddService): Promise<Redirect> {
    await this.programmes.addService(actor, command);
    return redirect('/programmes', 'programmes.notice.saved');
  }

  @Get('services/:id/edit')
  @Can('programme.edit')
  @Page('programmes/service')
  openService(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.serviceForm(actor, { id });
  }

  @Post('services/:id')
  @Can('programme.edit')
  @Form('programmes/service', 'serviceForm')
  async editService(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditService) command: EditService): Promise<Redirect> {
    await this.programmes.editService(actor, id, command);
    return redirect('/programmes', 'programmes.notice.saved');
  }

  async federationForm(actor: Actor, { id }: Params = {}): Promise<object> {
    const federation = id ? await this.programmes.federation(actor, asId(id)) : null;
    return { federation, action: action('federations', id), form: blankForm({ ...federation }), choices: { countries: countryChoices(actor.language) } };
  }

  async programmeForm(actor: Actor, { id }: Params = {}, query: { federation?: string } = {}): Promise<object> {
    const programme = id ? await this.programmes.programme(actor, asId(id)) : null;
    const form = blankForm(programme ? { ...programme } : { federationId: query.federation ?? null });
    return { programme, action: action('programmes', id), back: action('programmes', id), form, choices: { federations: options(await this.programmes.federations(actor)) } };
  }

  async showForm(actor: Actor, { id }: Params): Promise<object> {
    const programme = await this.programmes.programme(actor, asId(id ?? ''));
    const operations = await this.programmes.operationsOfProgramme(actor, programme.id);
    const services = await this.programmes.servicesOfProgramme(actor, programme.id);
    const ofFederation = (await this.programmes.services(actor)).filter(({ federationId }) => federationId === programme.federationId);
    return { programme, operations, services, form: blankForm({ opensOn: programme.opensOn }), choices: { services: options(ofFederation) } };
  }

  async operationForm(actor: Actor, { id }: Params = {}, query: { programme?: string } = {}): Promise<object> {
    const operation = id ? await this.programmes.operation(actor, asId(id)) : null;
    const programmes = await this.programmes.programmes(actor);
    const programmeId = operation?.programmeId ?? query.programme ?? null;
    const programme = programmes.find((one) => one.id === programmeId) ?? null;
    return {
      operation, programme, action: action('operations', id), back: action('programmes', programme?.id), form: blankForm(operation ? { ...operation } : { programmeId }),
      choices: { programmes: options(programmes) },
    };
  }

  async serviceForm(actor: Actor, { id }: Params = {}, query: { federation?: string } = {}): Promise<object> {
    const service = id ? await this.programmes.service(actor, asId(id)) : null;
    const choices = {
      federations: options(await this.programmes.federations(actor)), countries: countryChoices(actor.language),
      timeZones: TIME_ZONES.map((value) => ({ value, label: value.replaceAll('_', ' ') })), languages: LANGUAGES,
    };
    return { service, action: action('services', id), form: blankForm(service ? { ...service } : { federationId: query.federation ?? null }), choices };
  }
}

function options(list: readonly { id: string; name: string }[]): { value: string; label: string }[] {
  return list.map(({ id, name }) => ({ value: id, label: name }));
}

/** Where a form is sent: to the list for what is new, to the thing itself for an edit. */
function action(list: string, id: string | undefined): string {
  return id ? `/${list}/${id}` : `/${list}`;
}

function asId(id: string): string {
  if (!isId(id)) throw notFound();
  return id;
}
