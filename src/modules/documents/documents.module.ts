import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Document, DocumentContent } from './documents.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Document, DocumentContent])],
})
export class DocumentsModule {}
