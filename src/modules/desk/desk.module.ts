import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Navigation } from '../../platform/web/navigation';
import { ActivitiesModule } from '../activities';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { RetentionModule } from '../retention';
import { AccompaniedRepository } from './accompanied.repository';
import { CaseloadPages } from './caseload/caseload.pages';
import { CaseloadRepository } from './caseload/caseload.repository';
import { HandOverPages } from './caseload/hand-over.pages';
import { CaseloadService } from './caseload/caseload.service';
import { SavedView } from './caseload/saved-view.entity';
import { SavedViews } from './caseload/saved-views.service';
import { DeskApi } from './desk.api';
import { HomePages } from './home.pages';
import { DeskNavigation } from './navigation';
import { PersonPages } from './person/person.pages';
import { TimelineService } from './person/timeline.service';
import { SearchPages } from './search/search.pages';
import { TeamPages } from './team/team.pages';
import { TeamRepository } from './team/team.repository';
import { TeamService } from './team/team.service';
import { TodayPages } from './today/today.pages';
import { TodayRepository } from './today/today.repository';
import { TodayService } from './today/today.service';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([SavedView]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule, ActivitiesModule, RetentionModule],
  controllers: [HomePages, TodayPages, CaseloadPages, HandOverPages, TeamPages, SearchPages, PersonPages, DeskApi],
  providers: [AccompaniedRepository, TodayService, TodayRepository, CaseloadService, CaseloadRepository, SavedViews, TeamService, TeamRepository, TimelineService, { provide: Navigation, useClass: DeskNavigation }],
  exports: [Navigation],
})
export class DeskModule {}
