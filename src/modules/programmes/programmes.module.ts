import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { ProgrammesApi } from './programmes.api';
import { Federation, Operation, Programme, ProgrammeService, Service, ServiceSite } from './programmes.entities';
import { ProgrammesPages } from './programmes.pages';
import { ProgrammesRepository } from './programmes.repository';
import { ProgrammesService } from './programmes.service';
import { ServiceSitesApi } from './sites.api';
import { ServiceSitesPages } from './sites.pages';
import { ServiceSitesService } from './sites.service';

@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([Federation, Programme, Operation, Service, ServiceSite, ProgrammeService])],
  controllers: [ProgrammesPages, ServiceSitesPages, ProgrammesApi, ServiceSitesApi],
  providers: [ProgrammesRepository, ProgrammesService, ServiceSitesService],
  exports: [ProgrammesService, ServiceSitesService],
})
export class ProgrammesModule {}
