import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { AddServiceSite, EditServiceSite } from './programmes.dto';
import { ProgrammesService } from './programmes.service';
import { ServiceSitesService } from './sites.service';

interface Params { id?: string; premises?: string }

@ApiExcludeController()
@Controller()
export class ServiceSitesPages {
  constructor(
    private readonly programmes: ProgrammesService,
    private readonly sites: ServiceSitesService,
  ) {}

  /** Where the own service works. */
  @Get('sites')
  @Can('site.read')
  @Page('programmes/sites')
  async own(@CurrentActor() actor: Actor): Promise<object> {
    const sites = await this.sites.own(actor);
    return { name: actor.service ? (await this.programmes.service(actor, actor.service)).name : null, sites };
  }

  @Get('services/:id')
  @Can('programme.read')
  @Page('programmes/service-show')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    const service = await this.programmes.service(actor, id);
    return { service, sites: await this.sites.of(actor, id) };
  }

  @Get('services/:id/sites/new')
  @Can('programme.edit')
  @Page('programmes/site')
  newForm(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.siteForm(actor, { id });
  }

  @Post('services/:id/sites')
  @Can('programme.edit')
  @Form('programmes/site', 'siteForm')
  async add(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AddServiceSite) command: AddServiceSite): Promise<Redirect> {
    await this.sites.add(actor, id, command);
    return redirect(`/services/${id}`, 'programmes.notice.saved');
  }

  @Get('services/:id/sites/:premises/edit')
  @Can('programme.edit')
  @Page('programmes/site')
  editForm(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('premises') premises: string): Promise<object> {
    return this.siteForm(actor, { id, premises });
  }

  @Post('services/:id/sites/:premises')
  @Can('programme.edit')
  @Form('programmes/site', 'siteForm')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('premises') premises: string, @Input(EditServiceSite) command: EditServiceSite): Promise<Redirect> {
    const isChanged = await this.sites.edit(actor, id, premises, command);
    return redirect(`/services/${id}`, `programmes.notice.${isChanged ? 'saved' : 'unchanged'}`);
  }

  async siteForm(actor: Actor, { id, premises }: Params): Promise<object> {
    const service = await this.programmes.service(actor, id!);
    const site = premises ? await this.sites.get(actor, id!, premises) : null;
    const back = `/services/${id}`;
    return { service, site, back, action: site ? `${back}/sites/${site.id}` : `${back}/sites`, form: blankForm(site ? { ...site } : { place: service.place }) };
  }
}
