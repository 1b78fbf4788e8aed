import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { MarkDone, Postpone, type EntryView } from './agenda.dto';
import { AgendaService } from './agenda.service';

@ApiTags('agenda')
@Controller('api/v1/agenda')
export class AgendaApi {
  constructor(private readonly agenda: AgendaService) {}

  @Get()
  @Can('agenda.read')
  async showing(@CurrentActor() actor: Actor): Promise<{ items: EntryView[] }> {
    return { items: await this.agenda.showing(actor) };
  }

  @Get(':id')
  @Can('agenda.read')
  get(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<EntryView> {
    return this.agenda.get(actor, id);
  }

  @Post(':id/done')
  @HttpCode(204)
  @Can('agenda.postpone')
  markDone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MarkDone) command: MarkDone): Promise<void> {
    return this.agenda.markDone(actor, id, command);
  }

  @Post(':id/postponement')
  @HttpCode(204)
  @Can('agenda.postpone')
  postpone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Postpone) command: Postpone): Promise<void> {
    return this.agenda.postpone(actor, id, command);
  }
}
