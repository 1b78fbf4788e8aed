import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/platform/database/migrate';
import { connected, makeRoles, writeContextKey } from '../src/platform/database/roles';
import { Server } from '../src/platform/database/server';
import { Keys } from '../src/platform/keys';

export interface BenchServer {
  keys: Keys;
  /** A migrated database of this name, and its addresses as both roles. */
  database(name: string): Promise<{ appUrl: string; ownerUrl: string }>;
  /** A copy of a database to which nobody is connected. */
  copy(name: string, as: string): Promise<{ appUrl: string; ownerUrl: string }>;
  close(): Promise<void>;
}

/** A server of its own in a throw-away folder, with the settings of the real one. */
export async function benchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  chmodSync(folder, 0o711);
  const state = join(folder, 'state');
  const keys = new Keys(state).make('server', 'owner', 'runtime', 'context', 'app');
  const server = await Server.open({ state, password: keys.password('server'), durable: true, detached: false, say: (line) => console.error(line) });
  const passwords = { owner: keys.password('owner'), runtime: keys.password('runtime') };
  const urls = (name: string): { appUrl: string; ownerUrl: string } => ({ ownerUrl: server.url(name, 'jalon_owner', passwords.owner), appUrl: server.url(name, 'jalon_app', passwords.runtime) });
  return {
    keys,
    copy: async (name, as) => {
      await connected(server.superuserUrl(), (one) => one.query(`create database ${as} template ${name}`));
      return urls(as);
    },
    database: async (name) => {
      await makeRoles(server.superuserUrl(), name, passwords);
      const made = urls(name);
      await migrate(made.ownerUrl);
      await writeContextKey(made.ownerUrl, keys.context, false);
      return made;
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
