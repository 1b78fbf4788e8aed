import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { AgendaFilter, Postpone, TickOff, type EntryView } from './agenda.dto';
import { AgendaService } from './agenda.service';

@ApiTags('agenda')
@Controller('api/v1/agenda')
export class AgendaApi {
  constructor(private readonly agenda: AgendaService) {}

  /** Lists what is to be done about a person. */
  @Get()
  @Can('agenda.read')
  async open(@CurrentActor() actor: Actor, @Filter(AgendaFilter) filter: AgendaFilter): Promise<{ items: EntryView[] }> {
    return { items: await this.agenda.readOf(actor, filter.participantId) };
  }

  /** Reads one thing to be done. */
  @Get(':id')
  @Can('agenda.read')
  entry(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<EntryView> {
    return this.agenda.readOne(actor, id);
  }

  /** Puts off something to be done, with the reason. */
  @Post(':id/postpone')
  @HttpCode(200)
  @Can('agenda.postpone')
  async postpone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Postpone) command: Postpone): Promise<EntryView> {
    await this.agenda.postpone(actor, id, command);
    return this.agenda.entry(actor, id);
  }

  /** Ticks off a task that no other fact tells of. */
  @Post(':id/done')
  @HttpCode(200)
  @Can('agenda.done')
  async done(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(TickOff) command: TickOff): Promise<EntryView> {
    await this.agenda.tickOff(actor, id, command);
    return this.agenda.entry(actor, id);
  }

  /** Takes back what the user ticked off today. */
  @Post(':id/reopen')
  @HttpCode(200)
  @Can('agenda.done')
  async reopen(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(TickOff) command: TickOff): Promise<EntryView> {
    await this.agenda.reopen(actor, id, command);
    return this.agenda.entry(actor, id);
  }
}
