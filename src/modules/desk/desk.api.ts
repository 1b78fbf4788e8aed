import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/access/actor';
import { Can, CurrentActor } from '../../platform/access/can';
import { Filter, Input, PathId } from '../../platform/web/input';
import { created, type Created } from '../../platform/web/page';
import { CaseloadsService, HandOverMany } from '../caseloads';
import { ParticipantsService } from '../participants';
import { CaseloadFilter, KeepView, type CaseloadPageView, type CaseloadSummary } from './caseload/caseload.dto';
import { CaseloadService } from './caseload/caseload.service';
import { SavedViews, type SavedViewView } from './caseload/saved-views.service';
import { TimelineFilter, type TimelineView } from './person/timeline.dto';
import { TimelineService } from './person/timeline.service';
import { TeamService, type CoachLoad } from './team/team.service';
import type { TodayView } from './today/today.dto';
import { LookAhead } from './today/today.filter';
import { TodayService } from './today/today.service';

@ApiTags('desk')
@Controller('api/v1')
export class DeskApi {
  constructor(
    private readonly desk: TodayService,
    private readonly caseload: CaseloadService,
    private readonly views: SavedViews,
    private readonly caseloads: CaseloadsService,
    private readonly team: TeamService,
    private readonly participants: ParticipantsService,
    private readonly timeline: TimelineService,
  ) {}

  /** Says whom to act on today and why, the most pressing first. */
  @Get('today')
  @Can('today.read')
  today(@CurrentActor() actor: Actor, @Filter(LookAhead) filter: LookAhead): Promise<TodayView> {
    return this.desk.of(actor, filter);
  }

  /** Lists the caseload: one row for each person and pathway. */
  @Get('caseload')
  @Can('caseload.read')
  list(@CurrentActor() actor: Actor, @Filter(CaseloadFilter) filter: CaseloadFilter): Promise<CaseloadPageView> {
    return this.caseload.page(actor, filter);
  }

  /** Counts the caseload: people, enrolments by pathway, what is late. */
  @Get('caseload/summary')
  @Can('caseload.read')
  summary(@CurrentActor() actor: Actor): Promise<CaseloadSummary> {
    return this.caseload.summary(actor);
  }

  /** Lists the filters of the caseload that the user keeps. */
  @Get('caseload/views')
  @Can('caseload.read')
  async kept(@CurrentActor() actor: Actor): Promise<{ items: SavedViewView[] }> {
    return { items: await this.views.of(actor) };
  }

  /** Reads one kept filter of the caseload. */
  @Get('caseload/views/:id')
  @Can('caseload.read')
  view(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<SavedViewView> {
    return this.views.one(actor, id);
  }

  /** Keeps a filter of the caseload under a name. */
  @Post('caseload/views')
  @Can('caseload.read')
  async keep(@CurrentActor() actor: Actor, @Input(KeepView) command: KeepView): Promise<Created<SavedViewView>> {
    const { view } = await this.views.keep(actor, command);
    return created(`/api/v1/caseload/views/${view.id}`, view);
  }

  /** Deletes a kept filter of the caseload. */
  @Delete('caseload/views/:id')
  @HttpCode(204)
  @Can('caseload.read')
  drop(@CurrentActor() actor: Actor, @PathId('id') id: string): Promise<void> {
    return this.views.delete(actor, id);
  }

  /** Hands several people over to another coach. */
  @Post('caseload/hand-over')
  @HttpCode(200)
  @Can('caseload.hand-over')
  async handOver(@CurrentActor() actor: Actor, @Input(HandOverMany) command: HandOverMany): Promise<{ handedOver: number }> {
    return { handedOver: await this.caseloads.handOverMany(actor, command) };
  }

  /** Lists the coaches of the service with their loads. */
  @Get('team')
  @Can('team.read')
  async loads(@CurrentActor() actor: Actor): Promise<{ items: CoachLoad[] }> {
    return { items: await this.team.loads(actor) };
  }

  /** Tells what happened with a person, day by day, the latest first. */
  @Get('participants/:id/timeline')
  @Can('participant.read')
  async history(@CurrentActor() actor: Actor, @PathId('id') id: string, @Filter(TimelineFilter) filter: TimelineFilter): Promise<TimelineView> {
    await this.participants.open(actor, id);
    return this.timeline.of(actor, id, filter);
  }
}
