import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { ProgrammesModule } from '../programmes';
import { Changes } from './changes';
import { CommitsService } from './commits.service';
import { Evaluation } from './deciding/evaluation.service';
import { ImportMapping, ImportRow, ImportRun } from './imports.entities';
import { ImportsApi } from './imports.api';
import { ImportsPages } from './imports.pages';
import { ImportsRepository } from './imports.repository';
import { ImportsService } from './imports.service';
import { MappingsService } from './mappings.service';

@Module({
  imports: [TypeOrmModule.forFeature([ImportRun, ImportRow, ImportMapping]), AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule, PathwaysModule, ParticipantsModule],
  controllers: [ImportsPages, ImportsApi],
  providers: [ImportsService, MappingsService, CommitsService, Evaluation, Changes, ImportsRepository],
  exports: [ImportsService, CommitsService],
})
export class ImportsModule {}
