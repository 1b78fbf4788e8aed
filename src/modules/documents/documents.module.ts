import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit';
import { CaseloadsModule } from '../caseloads';
import { PathwaysModule } from '../pathways';
import { Document, DocumentContent } from './document.entity';
import { DocumentFacts } from './document-facts';
import { DocumentsRepository } from './documents.repository';
import { DocumentsService } from './documents.service';

@Module({
  imports: [TypeOrmModule.forFeature([Document, DocumentContent]), AuditModule, CaseloadsModule, PathwaysModule],
  providers: [DocumentsService, DocumentsRepository, DocumentFacts],
  exports: [DocumentsService],
})
export class DocumentsModule {}
