import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter } from '../../platform/web/input';
import { PathwayCasesFilter, PathwaysFilter, RetentionCasesFilter, RetentionFilter, type PathwaysView, type RetentionView } from './indicators.dto';
import { IndicatorsService, type PathwayCases, type RetentionCases } from './indicators.service';

@ApiTags('reports')
@Controller('api/v1/reports')
export class IndicatorsApi {
  constructor(private readonly indicators: IndicatorsService) {}

  /** Counts a period: referrals, participations, enrolments, entries, exits, hires, access to work, coverage. */
  @Get('pathways')
  @Can('report.read')
  pathways(@CurrentActor() actor: Actor, @Filter(PathwaysFilter) filter: PathwaysFilter): Promise<PathwaysView> {
    return this.indicators.pathways(actor, filter);
  }

  /** Lists the people and enrolments behind a figure of the period. */
  @Get('pathways/cases')
  @Can('report.read')
  pathwayCases(@CurrentActor() actor: Actor, @Filter(PathwayCasesFilter) filter: PathwayCasesFilter): Promise<PathwayCases> {
    return this.indicators.pathwayCases(actor, filter);
  }

  /** Tells retention in work at months 1, 3, 6, 9, 12, 18, 24 and 36, with what is unknown and what is not yet due. */
  @Get('retention')
  @Can('report.read')
  retention(@CurrentActor() actor: Actor, @Filter(RetentionFilter) filter: RetentionFilter): Promise<RetentionView> {
    return this.indicators.retention(actor, filter);
  }

  /** Lists the jobs behind a figure of retention, each with the best evidence there is. */
  @Get('retention/cases')
  @Can('report.read')
  retentionCases(@CurrentActor() actor: Actor, @Filter(RetentionCasesFilter) filter: RetentionCasesFilter): Promise<RetentionCases> {
    return this.indicators.retentionCases(actor, filter);
  }
}
