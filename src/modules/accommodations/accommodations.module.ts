import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Accommodation } from './accommodations.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Accommodation])],
})
export class AccommodationsModule {}
