import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { AgendaAct } from './agenda-act.entity';
import { AgendaEntry } from './agenda-entry.entity';
import { AgendaApi } from './agenda.api';
import { AgendaCheck } from './agenda.check';
import { AgendaRepository } from './agenda.repository';
import { AgendaService } from './agenda.service';

@Module({
  imports: [TypeOrmModule.forFeature([AgendaEntry, AgendaAct]), AuditModule, IdentityModule, CaseloadsModule],
  controllers: [AgendaApi],
  providers: [AgendaService, AgendaCheck, AgendaRepository],
  exports: [AgendaService, AgendaCheck],
})
export class AgendaModule {}
