import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileSection } from './assessments.entities';

@Module({
  imports: [TypeOrmModule.forFeature([ProfileSection])],
})
export class AssessmentsModule {}
