import { types } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { PreparedClient } from './prepared-client';

// Days stay days: the driver would make them instants of this machine's time zone. Counts are numbers.
types.setTypeParser(types.builtins.DATE, (value) => value);
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.NUMERIC, Number);

/** How the one pool of a process speaks to PostgreSQL as the run-time role. */
export function dataSourceOptions(url: string, pool: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize: pool,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    applicationName: 'jalon',
    extra: {
      Client: PreparedClient,
      // A statement leaves before the one ahead of it has answered: the frame of a unit costs no waiting.
      pipeline: true,
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 15_000,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    },
  };
}
