import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { PlacementsModule } from '../placements';
import { Accommodation, NoNeedKnown } from './accommodation.entity';
import { AccommodationsApi } from './accommodations.api';
import { AccommodationsPages } from './accommodations.pages';
import { AccommodationsRepository } from './accommodations.repository';
import { AccommodationsService } from './accommodations.service';
import { NeedTasks } from './need-tasks';

@Module({
  imports: [TypeOrmModule.forFeature([Accommodation, NoNeedKnown]), AuditModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule, PlacementsModule],
  controllers: [AccommodationsPages, AccommodationsApi],
  providers: [AccommodationsService, AccommodationsRepository, NeedTasks],
  exports: [AccommodationsService],
})
export class AccommodationsModule {}
