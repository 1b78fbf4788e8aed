import { Module } from '@nestjs/common';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { ProgrammesModule } from '../programmes';
import { IndicatorsApi } from './indicators.api';
import { IndicatorsPages } from './indicators.pages';
import { IndicatorsService } from './indicators.service';
import { PathwaysRepository } from './pathways.repository';
import { RetentionRepository } from './retention.repository';

@Module({
  imports: [AuditModule, CaseloadsModule, ProgrammesModule],
  controllers: [IndicatorsPages, IndicatorsApi],
  providers: [IndicatorsService, RetentionRepository, PathwaysRepository],
  exports: [IndicatorsService],
})
export class IndicatorsModule {}
