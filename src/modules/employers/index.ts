export { EmployersModule } from './employers.module';
export { EmployersService } from './employers.service';
export { DealingsService } from './dealings.service';
export { EmployersMerged } from './employers.events';
export { CreateEmployer, type EmployerChoice, type EmployerView, type PartnerContactView, type SiteView } from './employers.dto';
