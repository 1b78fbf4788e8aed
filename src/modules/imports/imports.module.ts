import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ImportRun, ImportRow, ImportMapping } from './imports.entities';

@Module({
  imports: [TypeOrmModule.forFeature([ImportRun, ImportRow, ImportMapping])],
})
export class ImportsModule {}
