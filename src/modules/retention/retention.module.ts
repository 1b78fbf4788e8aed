import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccommodationsModule } from '../accommodations';
import { ActivitiesModule } from '../activities';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { DisclosureModule } from '../disclosure';
import { DocumentsModule } from '../documents';
import { EmploymentAdviceModule } from '../employment-advice';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { PlacementsModule } from '../placements';
import { CalendarService } from './calendar.service';
import { MilestoneFacts } from './milestone-facts';
import { MilestonesApi } from './milestones.api';
import { MilestonesPages } from './milestones.pages';
import { MilestonesService } from './milestones.service';
import { Milestone, MilestoneAnswer, MilestoneAttempt } from './retention.entities';
import { RetentionRepository } from './retention.repository';
import { StandingReader } from './standing.reader';

@Module({
  imports: [
    TypeOrmModule.forFeature([Milestone, MilestoneAnswer, MilestoneAttempt]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, DocumentsModule, ParticipantsModule, DisclosureModule, ActivitiesModule,
    EmploymentAdviceModule, PlacementsModule, AccommodationsModule,
  ],
  controllers: [MilestonesPages, MilestonesApi],
  providers: [MilestonesService, CalendarService, MilestoneFacts, StandingReader, RetentionRepository],
  exports: [MilestonesService],
})
export class RetentionModule {}
