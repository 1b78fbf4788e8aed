import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config';
import { Keys } from '../keys';
import { Lock, type Holder } from '../lock';
import { Refusal } from '../stop';
import { connected, makeRoles, OWNER, RUNTIME, writeContextKey } from './roles';
import { migrate } from './migrate';
import { Server } from './server';

const DATABASE = 'jalon';

/** A server that answers, and what one needs to speak to it. */
export interface OpenDatabase {
  runtimeUrl: string;
  /** Null when this machine does not know the owner's address. */
  ownerUrl: string | null;
  keys: Keys;
  embedded: boolean;
  /** Stops the embedded server, if it is ours to stop. */
  close(): Promise<void>;
}

/** The configured server, or the embedded one: joined when it runs, started otherwise. `npm start` owns it; a command borrows it. */
export async function openDatabase(config: Config, purpose: Holder['purpose'], say: (line: string) => void): Promise<OpenDatabase> {
  const keys = new Keys(config.state);
  if (config.databaseUrl) {
    return { runtimeUrl: config.databaseUrl, ownerUrl: config.databaseOwnerUrl, keys, embedded: false, close: () => Promise.resolve() };
  }
  expectWritable(config.state);
  const owning = new Lock(join(config.state, 'jalon.lock'), purpose);
  const moving = new Lock(join(config.state, 'server.lock'), purpose);
  const server = await alone(moving, async () => {
    const holder = owning.take();
    if (purpose === 'start' && holder?.purpose === 'start') throw new Refusal(`Jalon is running already (process ${holder.pid}): one start for one folder (${config.state}). Stop that one first, with Ctrl-C or: kill ${holder.pid}`);
    if (purpose === 'start' && holder) owning.takeOver();
    try {
      // A server that exists has its own password, and its sessions their own key; new ones would lock everybody out.
      keys.make('context', 'owner', 'runtime', ...(Server.exists(config.state) ? [] : ['app', 'server'] as const));
      const opened = await Server.open({ state: config.state, password: keys.password('server'), durable: true, detached: true, keep: purpose === 'start', say });
      await makeRoles(opened.superuserUrl(), DATABASE, { owner: keys.password('owner'), runtime: keys.password('runtime') });
      return opened;
    } catch (error) {
      owning.release();
      throw error;
    }
  });
  return {
    runtimeUrl: server.url(DATABASE, RUNTIME, keys.password('runtime')),
    ownerUrl: server.url(DATABASE, OWNER, keys.password('owner')),
    keys,
    embedded: true,
    close: () => alone(moving, async () => {
      const holder = owning.holder();
      if (holder && holder.pid !== process.pid) return;
      if (purpose === 'start' || !(await othersIn(server))) await server.close();
      owning.release();
    }),
  };
}

function expectWritable(state: string): void {
  try {
    mkdirSync(state, { recursive: true });
    accessSync(state, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Refusal(`The folder ${state} cannot be written (${(error as NodeJS.ErrnoException).code}): the keys and the database are kept there. Give it to the user who starts Jalon, or set JALON_STATE to another folder.`);
  }
}

/** Migrates, applies the second wall and writes the context's key: what `npm start` and `db setup` do as the owner. */
export async function setUp(database: OpenDatabase, ownerUrl: string, replaceKey: boolean): Promise<string[]> {
  database.keys.make('context', 'app');
  const applied = await migrate(ownerUrl);
  await writeContextKey(ownerUrl, database.keys.context, replaceKey || database.embedded);
  return applied;
}

/** One process at a time moves the server of a folder. */
async function alone<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  while (lock.take()) await wait(50);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Another command still works on it. */
async function othersIn(server: Server): Promise<boolean> {
  return connected(server.superuserUrl(), async (client) => {
    const { rows: [row] } = await client.query<{ others: boolean }>("select count(*) > 0 as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
    return row?.others ?? false;
  });
}
