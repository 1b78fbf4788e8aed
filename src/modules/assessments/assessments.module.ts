import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { AssessmentsApi } from './assessments.api';
import { AssessmentsPages } from './assessments.pages';
import { AssessmentsRepository } from './assessments.repository';
import { AssessmentsService } from './assessments.service';
import { ProfileFacts } from './profile-facts';
import { ProfileSection } from './profile-section.entity';

@Module({
  imports: [TypeOrmModule.forFeature([ProfileSection]), AuditModule, IdentityModule, CaseloadsModule, PathwaysModule, ParticipantsModule],
  controllers: [AssessmentsPages, AssessmentsApi],
  providers: [AssessmentsService, AssessmentsRepository, ProfileFacts],
  exports: [AssessmentsService],
})
export class AssessmentsModule {}
