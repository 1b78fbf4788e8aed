import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { ParticipantsService } from '../participants';
import { ApplicationsService } from './applications.service';
import { ApplicationGiven, EditApplication, type ApplicationView } from './employment-advice.dto';

@ApiTags('employment-advice')
@Controller('api/v1/participants/:id/applications')
export class ApplicationsApi {
  constructor(
    private readonly applications: ApplicationsService,
    private readonly participants: ParticipantsService,
  ) {}

  /** Lists the applications of a person, those under way first. */
  @Get()
  @Can('application.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: ApplicationView[] }> {
    await this.participants.open(actor, id);
    return { items: await this.applications.of(actor, id) };
  }

  /** Reads one application. */
  @Get(':application')
  @Can('application.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('application') application: string): Promise<ApplicationView> {
    await this.participants.open(actor, id);
    return this.applications.get(actor, id, application);
  }

  /** Notes an application. An interview to come stands on the agenda until the application says what came of it. */
  @Post()
  @Can('application.edit')
  async add(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(ApplicationGiven) command: ApplicationGiven): Promise<Created<ApplicationView>> {
    const application = await this.applications.add(actor, id, command);
    return created(`/api/v1/participants/${id}/applications/${application}`, await this.applications.get(actor, id, application));
  }

  /** Says where an application stands now, or corrects it. */
  @Put(':application')
  @Can('application.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('application') application: string, @Input(EditApplication) command: EditApplication): Promise<ApplicationView> {
    await this.applications.edit(actor, id, application, command);
    return this.applications.get(actor, id, application);
  }
}
