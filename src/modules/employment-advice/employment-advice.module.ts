import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Application, BenefitsAdvice, AgreedStep } from './employment-advice.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Application, BenefitsAdvice, AgreedStep])],
})
export class EmploymentAdviceModule {}
