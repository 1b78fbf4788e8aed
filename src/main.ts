import type { Server as HttpServer } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from './app';
import { PurgeService } from './modules/identity';
import { tellAddress } from './platform/address';
import { loadConfigFile, type Config } from './platform/config';
import { newestMigration } from './platform/database/migrate';
import { verifyRuntime } from './platform/database/roles';
import { endOnSignal, fail } from './platform/ending';
import { Keys } from './platform/keys';
import { Refusal } from './platform/stop';
import { Draining } from './platform/web/draining';

/** What requests in flight get before they are cut off. */
const PATIENCE = 10_000;

export interface Web {
  app: NestExpressApplication;
  /** Lets those who still come and what runs finish, then ends. */
  close(): Promise<void>;
}

/** Listens, once the role, the release and the key have been proved. */
export async function serve(config: Config, databaseUrl: string, keys: Keys): Promise<Web> {
  await verifyRuntime(databaseUrl, keys.context, newestMigration());
  const app = await createApp({ config, databaseUrl, keys: { context: keys.context, app: keys.app } });
  try {
    await app.get(PurgeService).all();
    app.get(Draining).watch(app.getHttpServer());
    await app.listen(config.port, config.host).catch((error: NodeJS.ErrnoException) => { throw refusedToListen(error, config); });
  } catch (error) {
    await app.close();
    throw error;
  }
  const untell = tellAddress(config.state, config.url);
  return { app, close: () => drain(app).finally(untell) };
}

/** Where the address to listen on is the operator's to change. */
function refusedToListen(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  const why: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is taken by another program. Set PORT to another one.`,
    EACCES: `This user may not listen on port ${port}. Set PORT to one above 1023, behind a proxy.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, or to 0.0.0.0 for all.`,
    ENOTFOUND: `The name ${host} is unknown. Set HOST to an address of this machine.`,
    EAI_AGAIN: `The name ${host} cannot be looked up. Set HOST to an address of this machine.`,
  };
  const said = why[error.code ?? ''];
  return said === undefined ? error : new Refusal(said);
}

async function drain(app: NestExpressApplication): Promise<void> {
  await app.get(Draining).begin();
  const server: HttpServer = app.getHttpServer();
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const hurry = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await app.close();
  clearInterval(idle);
  clearTimeout(hurry);
}

async function main(): Promise<void> {
  const config = loadConfigFile();
  if (!config.databaseUrl) throw new Refusal('This process serves an existing PostgreSQL: set DATABASE_URL. The embedded one is started by: npm start');
  const web = await serve(config, config.databaseUrl, new Keys(config.state));
  endOnSignal(() => web.close());
}

if (require.main === module) main().catch(fail);
