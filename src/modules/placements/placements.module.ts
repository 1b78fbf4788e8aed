import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActivitiesModule } from '../activities';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { DocumentsModule } from '../documents';
import { EmployersModule } from '../employers';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { ProgrammesModule } from '../programmes';
import { FirstContactByJob } from './first-contact-task';
import { FirstDayFacts } from './first-day-facts';
import { Papers } from './papers';
import { PlacementAgenda } from './placement-agenda';
import { PlacementRules } from './placement-rules';
import { Placement, PlacementChange, PlacementEvidence } from './placements.entities';
import { PlacementsApi } from './placements.api';
import { PlacementsPages } from './placements.pages';
import { PlacementsReader } from './placements.reader';
import { PlacementsRepository } from './placements.repository';
import { PlacementsService } from './placements.service';
import { Workplaces } from './workplaces';

@Module({
  imports: [
    TypeOrmModule.forFeature([Placement, PlacementChange, PlacementEvidence]), AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, DocumentsModule, ParticipantsModule,
    EmployersModule, ActivitiesModule,
  ],
  controllers: [PlacementsPages, PlacementsApi],
  providers: [PlacementsService, Workplaces, PlacementsReader, PlacementsRepository, PlacementRules, PlacementAgenda, Papers, FirstDayFacts, FirstContactByJob],
  exports: [PlacementsService],
})
export class PlacementsModule {}
