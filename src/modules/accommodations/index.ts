export { AccommodationsModule } from './accommodations.module';
export { AccommodationsService } from './accommodations.service';
export type { AccommodationView, RaiseNeed } from './accommodations.dto';
