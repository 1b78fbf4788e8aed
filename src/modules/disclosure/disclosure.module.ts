import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisclosureSheet, DisclosureItem } from './disclosure.entities';

@Module({
  imports: [TypeOrmModule.forFeature([DisclosureSheet, DisclosureItem])],
})
export class DisclosureModule {}
