import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { AgendaEntry } from './agenda-entry.entity';
import { AgendaApi } from './agenda.api';
import { AgendaCheck } from './agenda.check';
import { AgendaRepository } from './agenda.repository';
import { AgendaService } from './agenda.service';

@Module({
  imports: [TypeOrmModule.forFeature([AgendaEntry]), AuditModule, CaseloadsModule],
  controllers: [AgendaApi],
  providers: [AgendaService, AgendaCheck, AgendaRepository],
  exports: [AgendaService, AgendaCheck],
})
export class AgendaModule {}
