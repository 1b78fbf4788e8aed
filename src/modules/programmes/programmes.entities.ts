import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import type { Language } from '../../platform/access/actor';

/** A body that oversees several services under a common specification. */
@Entity('federation')
export class Federation {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') country!: string;
  @Column('int') version!: number;
}

/** A funded undertaking with objectives, targets and a period. */
@Entity('programme')
export class Programme {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') key!: string;
  @Column('uuid', { name: 'federation_id' }) federationId!: string;
  @Column('text') name!: string;
  @Column('date', { name: 'opens_on' }) opensOn!: Day;
  @Column('date', { name: 'closes_on', nullable: true }) closesOn!: Day | null;
  @Column('int') version!: number;
}

/** What one funder counts: part of a programme. */
@Entity('operation')
export class Operation {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'programme_id' }) programmeId!: string;
  @Column('text') name!: string;
  @Column('date', { name: 'opens_on' }) opensOn!: Day;
  @Column('date', { name: 'closes_on', nullable: true }) closesOn!: Day | null;
  @Column('text', { nullable: true }) eligibility!: string | null;
  @Column('int', { name: 'reference_population', nullable: true }) referencePopulation!: number | null;
  @Column('int') version!: number;
}

/** One organisation that runs a programme at its sites: the wall of data isolation. */
@Entity('service')
export class Service {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') key!: string;
  @Column('uuid', { name: 'federation_id' }) federationId!: string;
  @Column('text') name!: string;
  @Column('text') place!: string;
  @Column('text') country!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('text') language!: Language;
  @Column('int') version!: number;
}

/** A place where a service works. Closed on a day, never deleted. */
@Entity('service_site')
export class ServiceSite {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text') name!: string;
  @Column('text') search!: string;
  @Column('text') place!: string;
  @Column('date', { name: 'opens_on' }) opensOn!: Day;
  @Column('date', { name: 'closes_on', nullable: true }) closesOn!: Day | null;
  @Column('int') version!: number;
}

/** A service takes part in a programme, from a day until another. */
@Entity('programme_service')
export class ProgrammeService {
  @PrimaryColumn('uuid', { name: 'programme_id' }) programmeId!: string;
  @PrimaryColumn('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('date', { name: 'opens_on' }) opensOn!: Day;
  @Column('date', { name: 'closes_on', nullable: true }) closesOn!: Day | null;
}
