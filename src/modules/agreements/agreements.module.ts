import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssessmentsModule } from '../assessments';
import { IdentityModule } from '../identity';
import { ParticipantsModule } from '../participants';
import { PlansModule } from '../plans';
import { Agreement, AgreementSignature } from './agreements.entities';
import { PlanTabPages } from './plan-tab.pages';

@Module({
  imports: [TypeOrmModule.forFeature([Agreement, AgreementSignature]), IdentityModule, ParticipantsModule, AssessmentsModule, PlansModule],
  controllers: [PlanTabPages],
})
export class AgreementsModule {}
