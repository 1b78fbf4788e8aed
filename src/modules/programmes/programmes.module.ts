import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { ProgrammesApi } from './programmes.api';
import { Federation, Operation, Programme, ProgrammeService, Service } from './programmes.entities';
import { ProgrammesPages } from './programmes.pages';
import { ProgrammesRepository } from './programmes.repository';
import { ProgrammesService } from './programmes.service';

@Module({
  imports: [AuditModule, TypeOrmModule.forFeature([Federation, Programme, Operation, Service, ProgrammeService])],
  controllers: [ProgrammesPages, ProgrammesApi],
  providers: [ProgrammesRepository, ProgrammesService],
  exports: [ProgrammesService],
})
export class ProgrammesModule {}
