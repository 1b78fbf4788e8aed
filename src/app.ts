import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { Clock } from './platform/clock';
import type { Config } from './platform/config';
import { makeLogger, nestLogger } from './platform/log';
import { dress } from './platform/web/dress';

export interface AppParts {
  config: Config;
  /** Address of the run-time role. */
  databaseUrl: string;
  keys: { context: Buffer; app: Buffer };
  clock?: Clock;
}

/** The web process, ready to listen. */
export async function createApp({ config, databaseUrl, keys, clock = new Clock() }: AppParts): Promise<NestExpressApplication> {
  const logger = makeLogger(config.logLevel);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with({ config, databaseUrl, keys, logger, clock }), {
    logger: nestLogger(logger), bodyParser: false, abortOnError: false,
  });
  dress(app, config, logger);
  await app.init();
  return app;
}
