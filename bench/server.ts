import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../src/platform/database/migrate';
import { makeRoles, writeContextKey } from '../src/platform/database/roles';
import { Server } from '../src/platform/database/server';
import { Keys } from '../src/platform/keys';

export interface BenchServer {
  keys: Keys;
  /** A migrated database of this name, and its addresses as both roles. */
  database(name: string): Promise<{ appUrl: string; ownerUrl: string }>;
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
  return {
    keys,
    database: async (name) => {
      await makeRoles(server.superuserUrl(), name, passwords);
      const ownerUrl = server.url(name, 'jalon_owner', passwords.owner);
      await migrate(ownerUrl);
      await writeContextKey(ownerUrl, keys.context, false);
      return { ownerUrl, appUrl: server.url(name, 'jalon_app', passwords.runtime) };
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
