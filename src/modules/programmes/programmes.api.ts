import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import {
  AddFederation, AddOperation, AddProgramme, AddService, EditFederation, EditOperation, EditProgramme, EditService, JoinProgramme,
  type FederationView, type OperationView, type ProgrammeView, type ServiceView, type TakingPartView,
} from './programmes.dto';
import { ProgrammesService } from './programmes.service';

@ApiTags('programmes')
@Controller('api/v1')
export class ProgrammesApi {
  constructor(private readonly programmes: ProgrammesService) {}

  /** Lists federations. */
  @Get('federations')
  @Can('programme.read')
  async federations(@CurrentActor() actor: Actor): Promise<{ items: FederationView[] }> {
    return { items: await this.programmes.federations(actor) };
  }

  /** Adds a federation. */
  @Post('federations')
  @Can('programme.edit')
  async addFederation(@CurrentActor() actor: Actor, @Input(AddFederation) command: AddFederation): Promise<Created<FederationView>> {
    const view = await this.programmes.addFederation(actor, command);
    return created(`/api/v1/federations/${view.id}`, view);
  }

  /** Reads a federation. */
  @Get('federations/:id')
  @Can('programme.read')
  federation(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<FederationView> {
    return this.programmes.federation(actor, id);
  }

  /** Changes a federation. */
  @Put('federations/:id')
  @Can('programme.edit')
  editFederation(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditFederation) command: EditFederation): Promise<FederationView> {
    return this.programmes.editFederation(actor, id, command);
  }

  /** Lists programmes. */
  @Get('programmes')
  @Can('programme.read')
  async list(@CurrentActor() actor: Actor): Promise<{ items: ProgrammeView[] }> {
    return { items: await this.programmes.programmes(actor) };
  }

  /** Adds a programme. */
  @Post('programmes')
  @Can('programme.edit')
  async addProgramme(@CurrentActor() actor: Actor, @Input(AddProgramme) command: AddProgramme): Promise<Created<ProgrammeView>> {
    const view = await this.programmes.addProgramme(actor, command);
    return created(`/api/v1/programmes/${view.id}`, view);
  }

  /** Reads a programme with its operations and the services that take part. */
  @Get('programmes/:id')
  @Can('programme.read')
  async programme(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ProgrammeView & { operations: OperationView[]; services: TakingPartView[] }> {
    const view = await this.programmes.programme(actor, id);
    const operations = await this.programmes.operationsOfProgramme(actor, id);
    return { ...view, operations, services: await this.programmes.servicesOfProgramme(actor, id) };
  }

  /** Changes a programme. */
  @Put('programmes/:id')
  @Can('programme.edit')
  editProgramme(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditProgramme) command: EditProgramme): Promise<ProgrammeView> {
    return this.programmes.editProgramme(actor, id, command);
  }

  /** Lets a service take part in a programme, or changes from when to when it does. */
  @Post('programmes/:id/services')
  @Can('programme.edit')
  async join(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(JoinProgramme) command: JoinProgramme): Promise<Created<{ services: TakingPartView[] }>> {
    return created(`/api/v1/programmes/${id}`, { services: await this.programmes.joinProgramme(actor, id, command) });
  }

  /** Adds an operation to a programme. */
  @Post('operations')
  @Can('programme.edit')
  async addOperation(@CurrentActor() actor: Actor, @Input(AddOperation) command: AddOperation): Promise<Created<OperationView>> {
    const view = await this.programmes.addOperation(actor, command);
    return created(`/api/v1/operations/${view.id}`, view);
  }

  /** Reads an operation. */
  @Get('operations/:id')
  @Can('programme.read')
  operation(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<OperationView> {
    return this.programmes.operation(actor, id);
  }

  /** Changes an operation. */
  @Put('operations/:id')
  @Can('programme.edit')
  editOperation(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditOperation) command: EditOperation): Promise<OperationView> {
    return this.programmes.editOperation(actor, id, command);
  }

  /** Lists services. */
  @Get('services')
  @Can('programme.read')
  async services(@CurrentActor() actor: Actor): Promise<{ items: ServiceView[] }> {
    return { items: await this.programmes.services(actor) };
  }

  /** Adds a service. */
  @Post('services')
  @Can('programme.edit')
  async addService(@CurrentActor() actor: Actor, @Input(AddService) command: AddService): Promise<Created<ServiceView>> {
    const view = await this.programmes.addService(actor, command);
    return created(`/api/v1/services/${view.id}`, view);
  }

  /** Reads a service. */
  @Get('services/:id')
  @Can('programme.read')
  service(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<ServiceView> {
    return this.programmes.service(actor, id);
  }

  /** Changes a service. */
  @Put('services/:id')
  @Can('programme.edit')
  editService(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(EditService) command: EditService): Promise<ServiceView> {
    return this.programmes.editService(actor, id, command);
  }
}
