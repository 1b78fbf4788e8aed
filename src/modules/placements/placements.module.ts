import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Placement, PlacementChange, PlacementEvidence } from './placements.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Placement, PlacementChange, PlacementEvidence])],
})
export class PlacementsModule {}
