import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { ActivitiesApi } from './activities.api';
import { ActivitiesPages } from './activities.pages';
import { ActivitiesRepository } from './activities.repository';
import { ActivitiesService } from './activities.service';
import { Activity, ActivityParticipant } from './activity.entity';
import { ContactFacts } from './contact-facts';
import { QuickContact } from './quick-contact';
import { Silence } from './silence';

@Module({
  imports: [TypeOrmModule.forFeature([Activity, ActivityParticipant]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule],
  controllers: [ActivitiesPages, ActivitiesApi],
  providers: [ActivitiesService, ActivitiesRepository, QuickContact, Silence, ContactFacts],
  exports: [ActivitiesService, QuickContact],
})
export class ActivitiesModule {}
