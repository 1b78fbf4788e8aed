import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { DisclosureModule } from '../disclosure';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { ProgrammesModule } from '../programmes';
import { DealingsService } from './dealings.service';
import { EmployersApi } from './employers.api';
import { Employer, EmployerContact, EmployerDealing, EmployerSite } from './employers.entities';
import { EmployersPages } from './employers.pages';
import { EmployersRepository } from './employers.repository';
import { EmployersService } from './employers.service';
import { PartsPages } from './parts.pages';
import { SheetsApi } from './sheets.api';
import { SheetsPages } from './sheets.pages';
import { SheetsService } from './sheets.service';

@Module({
  imports: [TypeOrmModule.forFeature([Employer, EmployerSite, EmployerContact, EmployerDealing]), AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule, ParticipantsModule, DisclosureModule],
  controllers: [EmployersPages, PartsPages, EmployersApi, SheetsPages, SheetsApi],
  providers: [EmployersService, DealingsService, EmployersRepository, SheetsService],
  exports: [EmployersService],
})
export class EmployersModule {}
