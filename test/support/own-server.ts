import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/platform/database/migrate';
import { connected, makeRoles, writeContextKey } from '../../src/platform/database/roles';
import { Server } from '../../src/platform/database/server';
import { Keys } from '../../src/platform/keys';
import type { TestDatabase } from './postgres';

const DATABASE = 'jalon';

/** A durable server of one test file alone, as `npm start` has it, that may be killed and stopped; with one migrated database. */
export class OwnServer {
  private constructor(
    private server: Server,
    private readonly folder: string,
    /** What it said to the operator. */
    readonly said: string[],
  ) {}

  static async start(): Promise<OwnServer> {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-own-'));
    chmodSync(folder, 0o711); // under root the server runs as nobody
    const keys = new Keys(join(folder, 'state')).make('server', 'owner', 'runtime', 'context', 'app');
    const said: string[] = [];
    const own = new OwnServer(await open(folder, said), folder, said);
    await makeRoles(own.server.superuserUrl(), DATABASE, { owner: keys.password('owner'), runtime: keys.password('runtime') });
    await migrate(own.database.ownerUrl);
    await writeContextKey(own.database.ownerUrl, keys.context, false);
    return own;
  }

  get database(): TestDatabase {
    const state = join(this.folder, 'state');
    const keys = new Keys(state);
    return {
      state, appUrl: this.server.url(DATABASE, 'jalon_app', keys.password('runtime')), ownerUrl: this.server.url(DATABASE, 'jalon_owner', keys.password('owner')),
      drop: () => Promise.resolve(),
    };
  }

  /** A crash: the process that holds the others is gone at once. It is started again as in production. */
  kill(): void {
    process.kill(Number.parseInt(readFileSync(join(this.folder, 'state', 'data', 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
  }

  /** Ends connections of the application, as an administrator of the server does; answers how many. */
  endConnections(which: 'waiting for a lock' | 'in a transaction'): Promise<number> {
    const condition = which === 'in a transaction' ? "state like 'idle in transaction%'" : "wait_event_type = 'Lock'";
    return connected(this.server.superuserUrl(), async (superuser) => (await superuser.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'jalon_app' and ${condition}`)).rowCount ?? 0);
  }

  /** Somebody stopped it. */
  stop(): Promise<void> {
    return this.server.close();
  }

  async startAgain(): Promise<void> {
    this.server = await open(this.folder, this.said);
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function open(folder: string, said: string[]): Promise<Server> {
  const state = join(folder, 'state');
  return Server.open({ state, password: new Keys(state).password('server'), durable: true, detached: false, say: (line) => said.push(line) });
}
