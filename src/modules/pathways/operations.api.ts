import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import type { OpenOperationView } from './pathways.dto';
import { ProtocolsService } from './protocols.service';

/** What an enrolment may be opened on; the operations themselves are the programmes' own. */
@ApiTags('enrolments')
@Controller('api/v1/operations')
export class OpenOperationsApi {
  constructor(private readonly protocols: ProtocolsService) {}

  /** Lists the operations of the service that are open today, with the pathways that an enrolment may be opened on. */
  @Get()
  @Can('enrolment.open')
  async open(@CurrentActor() actor: Actor): Promise<{ items: OpenOperationView[] }> {
    return { items: await this.protocols.operations(actor) };
  }
}
