import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { NaturalSupport, Plan, PlanAction, PlanAgreement, PlanGoal } from './plan.entities';
import { PlanAgenda } from './plan-agenda';
import { PlanFacts } from './plan-facts';
import { PlanItemsPages } from './plan-items.pages';
import { PlanItemsService } from './plan-items.service';
import { PlansApi } from './plans.api';
import { PlansPages } from './plans.pages';
import { PlansRepository } from './plans.repository';
import { PlansService } from './plans.service';
import { SupportsApi } from './supports.api';
import { SupportsPages } from './supports.pages';
import { SupportsService } from './supports.service';

@Module({
  imports: [TypeOrmModule.forFeature([Plan, PlanAgreement, PlanGoal, PlanAction, NaturalSupport]), AuditModule, IdentityModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule],
  controllers: [PlansPages, PlanItemsPages, PlansApi, SupportsPages, SupportsApi],
  providers: [PlansService, PlanItemsService, SupportsService, PlansRepository, PlanAgenda, PlanFacts],
  exports: [PlansService, PlanItemsService, SupportsService],
})
export class PlansModule {}
