import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { ActivitiesApi } from './activities.api';
import { ActivitiesPages } from './activities.pages';
import { ActivitiesRepository } from './activities.repository';
import { ActivitiesService } from './activities.service';
import { Activity, ActivityParticipant } from './activity.entity';
import { QuickContact } from './quick-contact';
import { Silence } from './silence';

@Module({
  imports: [TypeOrmModule.forFeature([Activity, ActivityParticipant]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, ParticipantsModule],
  controllers: [ActivitiesPages, ActivitiesApi],
  providers: [ActivitiesService, ActivitiesRepository, QuickContact, Silence],
  exports: [ActivitiesService, QuickContact],
})
export class ActivitiesModule {}
