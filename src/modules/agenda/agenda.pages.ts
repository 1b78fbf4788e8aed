import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { Form, Page, redirect, type Redirect } from '../../platform/web/page';
import { blankForm } from '../../platform/web/pages';
import { MarkDone, Postpone } from './agenda.dto';
import { AgendaService } from './agenda.service';

@ApiExcludeController()
@Controller('agenda')
export class AgendaPages {
  constructor(private readonly agenda: AgendaService) {}

  @Get(':id/postpone')
  @Can('agenda.postpone')
  @Page('agenda/postpone')
  postponeForm(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<object> {
    return this.postponeModel(actor, { id });
  }

  @Post(':id/postpone')
  @Can('agenda.postpone')
  @Form('agenda/postpone', 'postponeModel')
  async postpone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(Postpone) command: Postpone): Promise<Redirect> {
    await this.agenda.postpone(actor, id, command);
    return redirect('/today', 'agenda.postponed');
  }

  @Post(':id/done')
  @Can('agenda.postpone')
  async markDone(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(MarkDone) command: MarkDone): Promise<Redirect> {
    await this.agenda.markDone(actor, id, command);
    return redirect('/today', 'agenda.marked-done');
  }

  async postponeModel(actor: Actor, params: { id?: string }): Promise<object> {
    const entry = await this.agenda.get(actor, params.id!);
    return { entry, form: blankForm({ dueOn: entry.dueOn, version: entry.version }) };
  }
}
