export { IndicatorsModule } from './indicators.module';
export { IndicatorsService, sumOfPathways } from './indicators.service';
export type { PathwaysView, RetentionView } from './indicators.dto';
// What a report of retention asks the database, for who measures it against its page: with `retentionParams(query)` and the parameters of the wall.
export { retentionStatement } from './retention.statement';
export { retentionParams, type RetentionQuery } from './retention.repository';
