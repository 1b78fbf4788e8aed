import { Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Input, PathId } from '../../../platform/web/input';
import { ParticipantsService } from '../register/participants.service';
import { AnswerEntry, type EntryPageView } from './entry.dto';
import { EntryService } from './entry.service';

@ApiTags('participants')
@Controller('api/v1/participants/:id/entry')
export class EntryApi {
  constructor(
    private readonly entry: EntryService,
    private readonly participants: ParticipantsService,
  ) {}

  /** Reads the entry characteristics of a person. */
  @Get()
  @Can('participant.read')
  async show(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<EntryPageView> {
    await this.participants.open(actor, id);
    return this.entry.of(actor, id);
  }

  /** Answers entry characteristics of a person, each with a value or as refused. */
  @Put()
  @Can('participant.edit')
  async answer(@CurrentActor() actor: Actor, @PathId('id') id: string, @Input(AnswerEntry) command: AnswerEntry): Promise<EntryPageView> {
    await this.entry.answer(actor, id, command);
    return this.entry.of(actor, id);
  }
}
