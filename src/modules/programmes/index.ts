export { ProgrammesModule } from './programmes.module';
export { ProgrammesService } from './programmes.service';
export { ServiceSitesService } from './sites.service';
export type { FederationView, OperationView, ProgrammeView, ServiceSiteView, ServiceView } from './programmes.dto';
export { COUNTRIES, TIME_ZONES, countryChoices } from './places';
