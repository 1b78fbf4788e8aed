import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../platform/access/actor';
import { Can, CurrentActor } from '../../../platform/access/can';
import { Filter, PathId } from '../../../platform/web/input';
import { AuditService, type OpeningView } from '../../audit';
import { ParticipantsService } from './participants.service';
import { OlderThan } from './register.dto';

@ApiTags('participants')
@Controller('api/v1/participants')
export class OpenedApi {
  constructor(
    private readonly participants: ParticipantsService,
    private readonly audit: AuditService,
  ) {}

  /** Tells who opened or changed the record of a person: one item for each colleague, role and day of the service. */
  @Get(':id/opened')
  @Can('participant.opened')
  async opened(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(OlderThan) { before }: OlderThan): Promise<{ items: OpeningView[]; next: string | null }> {
    await this.participants.open(actor, id);
    return this.audit.openedBy(actor, id, before ?? null);
  }
}
