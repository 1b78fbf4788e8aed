import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { Clock } from './clock';
import { Config } from './config';
import { AppKey, ContextKey } from './database/context';
import { dataSourceOptions } from './database/data-source';
import { Database } from './database/database';
import { Events } from './events';
import { LOGGER } from './log';
import { Views } from './views/views';
import { Words } from './views/words';
import { CsrfGuard } from './web/csrf';
import { Draining } from './web/draining';
import { KeptForms } from './web/kept-forms';
import { Notices } from './web/notice';
import { Pages } from './web/pages';
import { Repeats } from './web/repeats';

export interface PlatformOptions {
  config: Config;
  /** Run-time role. */
  databaseUrl: string;
  keys: { context: Buffer; app: Buffer };
  logger: Logger;
  clock: Clock;
}

/** The technical ground, given to every module. It knows no business word. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, databaseUrl, keys, logger, clock }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(databaseUrl, config.poolSize), autoLoadEntities: true, retryAttempts: 0 })],
      providers: [
        { provide: Config, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: Clock, useValue: clock },
        { provide: ContextKey, useValue: new ContextKey(keys.context) },
        { provide: AppKey, useValue: new AppKey(keys.app) },
        { provide: Database, useFactory: (source: DataSource, time: Clock, key: ContextKey) => new Database(source, time, key), inject: [DataSource, Clock, ContextKey] },
        { provide: Words, useFactory: () => Words.load() },
        Draining, Views, Events, CsrfGuard, KeptForms, Repeats, Notices, Pages,
      ],
      exports: [Config, LOGGER, Clock, ContextKey, AppKey, Database, Words, Draining, Views, Events, CsrfGuard, KeptForms, Repeats, Notices, Pages],
    };
  }
}
