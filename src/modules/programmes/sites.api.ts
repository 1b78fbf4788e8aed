import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { AddServiceSite, EditServiceSite, type ServiceSiteView } from './programmes.dto';
import { ServiceSitesService } from './sites.service';

@ApiTags('programmes')
@Controller('api/v1')
export class ServiceSitesApi {
  constructor(private readonly sites: ServiceSitesService) {}

  /** Lists the sites of the own service, open ones first. */
  @Get('sites')
  @Can('site.read')
  async own(@CurrentActor() actor: Actor): Promise<{ items: ServiceSiteView[] }> {
    return { items: await this.sites.own(actor) };
  }

  /** Lists the sites of a service, open ones first. */
  @Get('services/:id/sites')
  @Can('programme.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: ServiceSiteView[] }> {
    return { items: await this.sites.of(actor, id) };
  }

  /** Adds a site to a service. */
  @Post('services/:id/sites')
  @Can('programme.edit')
  async add(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddServiceSite) command: AddServiceSite): Promise<Created<ServiceSiteView>> {
    const view = await this.sites.add(actor, id, command);
    return created(`/api/v1/services/${id}/sites/${view.id}`, view);
  }

  /** Reads a site of a service. */
  @Get('services/:id/sites/:premises')
  @Can('programme.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('premises') premises: string): Promise<ServiceSiteView> {
    return this.sites.get(actor, id, premises);
  }

  /** Changes a site, or says until when it is open. */
  @Put('services/:id/sites/:premises')
  @Can('programme.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('premises') premises: string, @Input(EditServiceSite) command: EditServiceSite): Promise<ServiceSiteView> {
    await this.sites.edit(actor, id, premises, command);
    return this.sites.get(actor, id, premises);
  }
}
