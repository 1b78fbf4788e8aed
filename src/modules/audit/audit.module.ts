import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Refusals } from '../../platform/access/sources';
import { AuditApi } from './audit.api';
import { AuditEvent } from './audit-event.entity';
import { AuditPages } from './audit.pages';
import { AuditRepository } from './audit.repository';
import { AuditService } from './audit.service';
import { LogInWords } from './log-in-words';
import { LogService } from './log.service';
import { AuditRefusals } from './refusals';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEvent])],
  controllers: [AuditPages, AuditApi],
  providers: [AuditRepository, AuditService, LogService, LogInWords, { provide: Refusals, useClass: AuditRefusals }],
  exports: [AuditService, Refusals],
})
export class AuditModule {}
