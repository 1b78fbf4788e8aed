export { AccommodationsModule } from './accommodations.module';
