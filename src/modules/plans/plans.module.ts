import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Plan, PlanGoal, PlanAction, NaturalSupport } from './plans.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Plan, PlanGoal, PlanAction, NaturalSupport])],
})
export class PlansModule {}
