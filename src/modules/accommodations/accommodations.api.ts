import { Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { EditNeed, NoneKnown, RaiseNeed, SettleNeed, type AccommodationView, type NeedsView } from './accommodations.dto';
import { AccommodationsService } from './accommodations.service';

@ApiTags('accommodations')
@Controller('api/v1/participants/:id/needs')
export class AccommodationsApi {
  constructor(private readonly needs: AccommodationsService) {}

  /** Lists a person's needs at work, those that are open first, and says when none was known. */
  @Get()
  @Can('need.read')
  list(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<NeedsView> {
    return this.needs.read(actor, id);
  }

  /** Reads one need at work. */
  @Get(':need')
  @Can('need.read')
  show(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string): Promise<AccommodationView> {
    return this.needs.open(actor, id, need);
  }

  /** Raises a need at work, in the worker’s words, never with its medical reason. */
  @Post()
  @Can('need.edit')
  async raise(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(RaiseNeed) command: RaiseNeed): Promise<Created<AccommodationView>> {
    const need = await this.needs.raise(actor, id, command);
    return created(`/api/v1/participants/${id}/needs/${need}`, await this.needs.open(actor, id, need));
  }

  /** Corrects a need, or says who sees to it and what stands meanwhile. */
  @Put(':need')
  @Can('need.edit')
  async edit(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string, @Input(EditNeed) command: EditNeed): Promise<AccommodationView> {
    await this.needs.edit(actor, id, need, command);
    return this.needs.open(actor, id, need);
  }

  /** Says that a need is met, is needed no more, or is open again. */
  @Post(':need/settle')
  @HttpCode(200)
  @Can('need.edit')
  async settle(@CurrentActor() actor: Actor, @PathId('id') id: string, @PathId('need') need: string, @Input(SettleNeed) command: SettleNeed): Promise<AccommodationView> {
    await this.needs.settle(actor, id, need, command);
    return this.needs.open(actor, id, need);
  }

  /** Records that the person was asked and no need at work is known. */
  @Post('none-known')
  @HttpCode(200)
  @Can('need.edit')
  async noneKnown(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(NoneKnown) command: NoneKnown): Promise<NeedsView> {
    await this.needs.noneKnown(actor, id, command);
    return this.needs.read(actor, id);
  }
}
