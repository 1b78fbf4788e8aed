import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssessmentsModule } from '../assessments';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { DisclosureModule } from '../disclosure';
import { DocumentsModule } from '../documents';
import { EmployersModule } from '../employers';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { PlansModule } from '../plans';
import { Agreement, AgreementSignature } from './agreement.entities';
import { AgreementFacts } from './agreement-facts';
import { AgreementsApi } from './agreements.api';
import { AgreementsPages } from './agreements.pages';
import { AgreementsRepository } from './agreements.repository';
import { AgreementsService } from './agreements.service';
import { AgreementPapersService } from './papers.service';
import { PlanTabPages } from './plan-tab.pages';
import { ThreePartyTask } from './three-party-task';
import { WaitingAgreements } from './waiting';

@Module({
  imports: [TypeOrmModule.forFeature([Agreement, AgreementSignature]), AuditModule, IdentityModule, CaseloadsModule, PathwaysModule, DocumentsModule, ParticipantsModule, DisclosureModule, EmployersModule, AssessmentsModule, PlansModule],
  controllers: [PlanTabPages, AgreementsPages, AgreementsApi],
  providers: [AgreementsService, AgreementPapersService, AgreementsRepository, AgreementFacts, ThreePartyTask, WaitingAgreements],
  exports: [AgreementsService],
})
export class AgreementsModule {}
