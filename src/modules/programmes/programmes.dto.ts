import { LANGUAGES, type Language } from '../../platform/access/actor';
import type { Day as DayText } from '../../platform/days';
import { Day, Id, OneOf, Text, Whole } from '../../platform/web/fields';
import { COUNTRIES, TIME_ZONES } from './places';
import type { Federation, Operation, Programme, Service, ServiceSite } from './programmes.entities';

const VERSION = { min: 1, max: 1_000_000 };

export class AddFederation {
  @Text({ max: 200 }) name!: string;
  @OneOf(COUNTRIES) country!: string;
}
export class EditFederation extends AddFederation {
  @Whole(VERSION) version!: number;
}

export class AddProgramme {
  @Id() federationId!: string;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 60, optional: true, description: 'What names it on the command line: small letters, digits and dashes; made from the name when absent, and never changed' }) key?: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true }) closesOn?: DayText;
}
export class EditProgramme {
  @Text({ max: 200 }) name!: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true }) closesOn?: DayText;
  @Whole(VERSION) version!: number;
}

/** The federation that a new programme or service is asked for. */
export class NewPart {
  @Id({ optional: true }) federation?: string;
}
/** The programme that a new operation is asked for. */
export class NewOperation {
  @Id({ optional: true }) programme?: string;
}
export class EditOperation {
  @Text({ max: 200 }) name!: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true }) closesOn?: DayText;
  @Text({ max: 4000, optional: true, multiline: true, description: 'Who may take part, in words' }) eligibility?: string;
  @Whole({ min: 0, max: 100_000_000, optional: true, description: 'How many people the operation is meant for' }) referencePopulation?: number;
  @Whole(VERSION) version!: number;
}
export class AddOperation {
  @Id() programmeId!: string;
  @Text({ max: 200 }) name!: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true }) closesOn?: DayText;
  @Text({ max: 4000, optional: true, multiline: true, description: 'Who may take part, in words' }) eligibility?: string;
  @Whole({ min: 0, max: 100_000_000, optional: true, description: 'How many people the operation is meant for' }) referencePopulation?: number;
}

export class EditService {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 200, description: 'Town or district' }) place!: string;
  @OneOf(COUNTRIES) country!: string;
  @OneOf(TIME_ZONES) timeZone!: string;
  @OneOf(LANGUAGES) language!: Language;
  @Whole(VERSION) version!: number;
}
export class AddService {
  @Id() federationId!: string;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 60, optional: true, description: 'What names it on the command line: small letters, digits and dashes; made from the name when absent, and never changed' }) key?: string;
  @Text({ max: 200, description: 'Town or district' }) place!: string;
  @OneOf(COUNTRIES) country!: string;
  @OneOf(TIME_ZONES) timeZone!: string;
  @OneOf(LANGUAGES) language!: Language;
}

/** A place where a service works. */
export class AddServiceSite {
  @Text({ max: 200, description: 'As people there call it; no two of a service have the same' }) name!: string;
  @Text({ max: 200, description: 'Town or district' }) place!: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true, description: 'The last day on which it was open' }) closesOn?: DayText;
}
export class EditServiceSite extends AddServiceSite {
  @Whole(VERSION) version!: number;
}

/** A service takes part in a programme. Sent again with other days it replaces them. */
export class JoinProgramme {
  @Id() serviceId!: string;
  @Day() opensOn!: DayText;
  @Day({ optional: true }) closesOn?: DayText;
}

export interface FederationView { id: string; name: string; country: string; version: number }
export interface ProgrammeView { id: string; key: string; federationId: string; name: string; opensOn: DayText; closesOn: DayText | null; version: number }
export interface OperationView extends Omit<ProgrammeView, 'federationId' | 'key'> { programmeId: string; eligibility: string | null; referencePopulation: number | null }
export interface ServiceView { id: string; key: string; federationId: string; name: string; place: string; country: string; timeZone: string; language: Language; version: number }
export interface ServiceSiteView {
  id: string;
  serviceId: string;
  name: string;
  place: string;
  opensOn: DayText;
  closesOn: DayText | null;
  /** Open on the day of the service. */
  isOpen: boolean;
  version: number;
}
/** A service within a programme. */
export interface TakingPartView { serviceId: string; name: string; place: string; opensOn: DayText; closesOn: DayText | null }

export const federationView = ({ id, name, country, version }: Federation): FederationView => ({ id, name, country, version });
export const programmeView = ({ id, key, federationId, name, opensOn, closesOn, version }: Programme): ProgrammeView => ({ id, key, federationId, name, opensOn, closesOn, version });
export const operationView = ({ id, programmeId, name, opensOn, closesOn, eligibility, referencePopulation, version }: Operation): OperationView =>
  ({ id, programmeId, name, opensOn, closesOn, eligibility, referencePopulation, version });
export const serviceView = ({ id, key, federationId, name, place, country, timeZone, language, version }: Service): ServiceView =>
  ({ id, key, federationId, name, place, country, timeZone, language, version });
export const serviceSiteView = ({ id, serviceId, name, place, opensOn, closesOn, version }: ServiceSite, today: DayText): ServiceSiteView =>
  ({ id, serviceId, name, place, opensOn, closesOn, isOpen: opensOn <= today && (closesOn === null || closesOn >= today), version });
