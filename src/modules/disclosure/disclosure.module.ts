import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgendaModule } from '../agenda';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { ParticipantsModule } from '../participants';
import { PathwaysModule } from '../pathways';
import { DisclosureItem, DisclosureSheet } from './disclosure.entities';
import { DisclosureRepository } from './disclosure.repository';
import { DisclosureService } from './disclosure.service';
import { DisclosureTasks } from './disclosure-tasks';

@Module({
  imports: [TypeOrmModule.forFeature([DisclosureSheet, DisclosureItem]), AuditModule, CaseloadsModule, AgendaModule, PathwaysModule, ParticipantsModule],
  providers: [DisclosureService, DisclosureTasks, DisclosureRepository],
  exports: [DisclosureService],
})
export class DisclosureModule {}
