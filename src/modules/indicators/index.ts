export { IndicatorsModule } from './indicators.module';
export { IndicatorsService, sumOfPathways } from './indicators.service';
export type { PathwaysView, RetentionView } from './indicators.dto';
