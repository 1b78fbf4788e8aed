export { ProgrammesModule } from './programmes.module';
export { ProgrammesService } from './programmes.service';
export type { FederationView, OperationView, ProgrammeView, ServiceView } from './programmes.dto';
export { COUNTRIES, TIME_ZONES, countryChoices } from './places';
