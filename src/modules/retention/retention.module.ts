import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Milestone, MilestoneAnswer, MilestoneAttempt } from './retention.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Milestone, MilestoneAnswer, MilestoneAttempt])],
})
export class RetentionModule {}
