import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { IdentityModule } from '../identity';
import { Assignment } from './assignment.entity';
import { Visibility } from './caseloads.access';
import { CaseloadsRepository } from './caseloads.repository';
import { CaseloadsService } from './caseloads.service';

@Module({
  imports: [TypeOrmModule.forFeature([Assignment]), AuditModule, IdentityModule],
  providers: [CaseloadsService, CaseloadsRepository, Visibility],
  exports: [CaseloadsService, Visibility],
})
export class CaseloadsModule {}
