import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { AgendaEntry } from './agenda-entry.entity';
import { AgendaApi } from './agenda.api';
import { AgendaPages } from './agenda.pages';
import { AgendaRepository } from './agenda.repository';
import { AgendaService } from './agenda.service';

@Module({
  imports: [TypeOrmModule.forFeature([AgendaEntry]), AuditModule, CaseloadsModule],
  controllers: [AgendaApi, AgendaPages],
  providers: [AgendaService, AgendaRepository],
  exports: [AgendaService],
})
export class AgendaModule {}
