import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule } from '../app.module';
import { addressOf } from '../platform/address';
import { Clock } from '../platform/clock';
import { Config } from '../platform/config';
import { newestMigration } from '../platform/database/migrate';
import { setUp } from '../platform/database/open';
import { verifyRuntime } from '../platform/database/roles';
import { makeLogger, nestLogger } from '../platform/log';
import type { CommandLine } from './command-line';

/**
 * The whole application without its web side, for the length of `work`: a command acts through the same services and the same walls as a page.
 * @param options.isSetUp migrates the server that comes along first, as a start does
 */
export async function withApplication<T>(line: CommandLine, work: (application: INestApplicationContext) => Promise<T>, { isSetUp = false } = {}): Promise<T> {
  return line.withDatabase(async (database) => {
    const { runtimeUrl, keys } = database;
    if (isSetUp && database.embedded && database.ownerUrl) await setUp(database, database.ownerUrl, false);
    await verifyRuntime(runtimeUrl, keys.context, newestMigration());
    const logger = makeLogger('error');
    // The links that a command makes open at the server it joins, whatever its own environment says.
    const url = addressOf(line.config.state) ?? line.config.url;
    const parts = { config: new Config({ ...line.config, url, secure: url.startsWith('https:') }), databaseUrl: runtimeUrl, keys: { context: keys.context, app: keys.app }, logger, clock: new Clock() };
    const application = await NestFactory.createApplicationContext(AppModule.with(parts), { logger: nestLogger(logger), abortOnError: false });
    try {
      return await work(application);
    } finally {
      await application.close();
    }
  });
}
