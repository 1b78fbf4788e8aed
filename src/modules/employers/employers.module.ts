import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Employer, EmployerSite, EmployerContact, EmployerDealing } from './employers.entities';

@Module({
  imports: [TypeOrmModule.forFeature([Employer, EmployerSite, EmployerContact, EmployerDealing])],
})
export class EmployersModule {}
