import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { EmployersModule } from '../employers';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { AdviceApi } from './advice.api';
import { AdvicePages } from './advice.pages';
import { AdviceService } from './advice.service';
import { AgreedFacts } from './agreed-facts';
import { AgreedStep } from './agreed-step.entity';
import { Application } from './application.entity';
import { ApplicationsApi } from './applications.api';
import { ApplicationsPages } from './applications.pages';
import { ApplicationsService } from './applications.service';
import { BenefitsAdvice } from './benefits-advice.entity';
import { BenefitsTask } from './benefits-task';
import { EmploymentAdviceRepository } from './employment-advice.repository';
import { FirstContactTask } from './first-contact-task';
import { Interviews } from './interviews';

@Module({
  imports: [TypeOrmModule.forFeature([Application, BenefitsAdvice, AgreedStep]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule, EmployersModule],
  controllers: [ApplicationsPages, ApplicationsApi, AdvicePages, AdviceApi],
  providers: [ApplicationsService, AdviceService, EmploymentAdviceRepository, Interviews, AgreedFacts, BenefitsTask, FirstContactTask],
  exports: [ApplicationsService, AdviceService],
})
export class EmploymentAdviceModule {}
