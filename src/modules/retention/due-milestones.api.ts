import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter } from '../../platform/web/input';
import { DueMilestonesService } from './due-milestones.service';
import { DueFilter, type DueMilestonesPage } from './retention.dto';

@ApiTags('retention')
@Controller('api/v1/milestones')
export class DueMilestonesApi {
  constructor(private readonly due: DueMilestonesService) {}

  /** Lists the milestones that wait for an answer, over all people that you see, fifty at a time in the order of their days. */
  @Get()
  @Can('milestone.read')
  list(@CurrentActor() actor: Actor, @Filter(DueFilter) filter: DueFilter): Promise<DueMilestonesPage> {
    return this.due.page(actor, filter);
  }
}
