import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccommodationsModule } from '../accommodations';
import { ActivitiesModule } from '../activities';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { DisclosureModule } from '../disclosure';
import { DocumentsModule } from '../documents';
import { EmployersModule } from '../employers';
import { EmploymentAdviceModule } from '../employment-advice';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { PlacementsModule } from '../placements';
import { CalendarService } from './calendar.service';
import { DueMilestonesApi } from './due-milestones.api';
import { DueMilestonesPages } from './due-milestones.pages';
import { DueMilestonesService } from './due-milestones.service';
import { MilestoneFacts } from './milestone-facts';
import { MilestonesApi } from './milestones.api';
import { MilestonesPages } from './milestones.pages';
import { MilestonesService } from './milestones.service';
import { Milestone, MilestoneAnswer, MilestoneAttempt } from './retention.entities';
import { RetentionRepository } from './retention.repository';
import { StandingReader } from './standing.reader';
import { WorkHistoryService } from './work-history.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([Milestone, MilestoneAnswer, MilestoneAttempt]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, DocumentsModule, ParticipantsModule, DisclosureModule, ActivitiesModule,
    EmployersModule, EmploymentAdviceModule, PlacementsModule, AccommodationsModule,
  ],
  controllers: [DueMilestonesPages, DueMilestonesApi, MilestonesPages, MilestonesApi],
  providers: [MilestonesService, WorkHistoryService, DueMilestonesService, CalendarService, MilestoneFacts, StandingReader, RetentionRepository],
  exports: [MilestonesService, WorkHistoryService],
})
export class RetentionModule {}
