import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ProgrammesModule } from '../programmes';
import { EnrolmentsRepository } from './enrolments.repository';
import { EnrolmentsService } from './enrolments.service';
import { ActsRepository } from './acts.repository';
import { Enrolment, EnrolmentAct, Happening, Participation, ProtocolVersion, Referral, StepRow } from './entities';
import { FactsRegistry } from './facts';
import { Happenings } from './happenings';
import { HappeningsRepository } from './happenings.repository';
import { MovesService } from './moves.service';
import { OpenTasks } from './open-tasks';
import { OpenOperationsApi } from './operations.api';
import { EnrolmentsApi } from './pathways.api';
import { PathwayWants } from './pathway-wants';
import { PausesService } from './pauses.service';
import { ProtocolsApi } from './protocols.api';
import { ProtocolsPages } from './protocols.pages';
import { ProtocolsRepository } from './protocols.repository';
import { ProtocolsService } from './protocols.service';
import { Readiness } from './readiness';
import { ReferralFacts } from './referral-facts';
import { StepEvidence } from './step-evidence';
import { StepsService } from './steps.service';

@Module({
  imports: [TypeOrmModule.forFeature([ProtocolVersion, Participation, Enrolment, Referral, StepRow, Happening, EnrolmentAct]), AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule, AgendaModule],
  controllers: [EnrolmentsApi, OpenOperationsApi, ProtocolsApi, ProtocolsPages],
  providers: [FactsRegistry, ReferralFacts, Readiness, Happenings, HappeningsRepository, ProtocolsRepository, ProtocolsService, EnrolmentsRepository, EnrolmentsService, ActsRepository,
    OpenTasks, StepEvidence, StepsService, PathwayWants, PausesService, MovesService],
  exports: [FactsRegistry, ProtocolsService, EnrolmentsService, StepsService, OpenTasks, StepEvidence, PausesService, MovesService],
})
export class PathwaysModule {}
