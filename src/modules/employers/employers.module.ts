import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { IdentityModule } from '../identity';
import { ProgrammesModule } from '../programmes';
import { DealingsService } from './dealings.service';
import { EmployersApi } from './employers.api';
import { Employer, EmployerContact, EmployerDealing, EmployerSite } from './employers.entities';
import { EmployersPages } from './employers.pages';
import { EmployersRepository } from './employers.repository';
import { EmployersService } from './employers.service';
import { PartsPages } from './parts.pages';

@Module({
  imports: [TypeOrmModule.forFeature([Employer, EmployerSite, EmployerContact, EmployerDealing]), AuditModule, ProgrammesModule, IdentityModule, CaseloadsModule],
  controllers: [EmployersPages, PartsPages, EmployersApi],
  providers: [EmployersService, DealingsService, EmployersRepository],
  exports: [EmployersService],
})
export class EmployersModule {}
