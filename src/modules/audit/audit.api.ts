import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter } from '../../platform/web/input';
import { LogFilter, type EventView } from './audit.dto';
import { LogService } from './log.service';

@ApiTags('audit')
@Controller('api/v1/audit-events')
export class AuditApi {
  constructor(private readonly log: LogService) {}

  /** Lists the log of changes and sensitive reads, the latest first. */
  @Get()
  @Can('audit.read')
  list(@CurrentActor() actor: Actor, @Filter(LogFilter) filter: LogFilter): Promise<{ items: EventView[]; next: string | null }> {
    return this.log.page(actor, filter);
  }
}
