import { Controller, Get, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { EditSupport, NameSupport } from './plans.dto';
import type { SupportView } from './plans.views';
import { SupportsService } from './supports.service';

@ApiTags('plans')
@Controller('api/v1/participants/:id/supports')
export class SupportsApi {
  constructor(private readonly supports: SupportsService) {}

  /** Lists the natural supports of a person, those that hold first. */
  @Get()
  @Can('plan.read')
  async list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<{ items: SupportView[] }> {
    return { items: await this.supports.read(actor, id) };
  }

  /** Names somebody who helps, or notes that nobody is needed. */
  @Post()
  @Can('plan.write')
  async name(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(NameSupport) command: NameSupport): Promise<Created<SupportView>> {
    const support = await this.supports.name(actor, id, command);
    return created(`/api/v1/participants/${id}/supports`, await this.supports.support(actor, id, support));
  }

  /** Changes a natural support, or notes its end. */
  @Put(':support')
  @Can('plan.write')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('support') support: string, @Input(EditSupport) command: EditSupport): Promise<SupportView> {
    await this.supports.edit(actor, id, support, command);
    return this.supports.support(actor, id, support);
  }
}
