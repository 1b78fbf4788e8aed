import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Agreement, AgreementSignature } from './agreements.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Agreement, AgreementSignature])],
})
export class AgreementsModule {}
