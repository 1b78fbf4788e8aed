import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRoles, writeContextKey } from '../../src/platform/database/roles';
import { migrate } from '../../src/platform/database/migrate';
import { Server } from '../../src/platform/database/server';
import { Keys } from '../../src/platform/keys';
import { bornAt } from '../../src/platform/processes';
import { publish, TEMPLATE, type TestServer } from './postgres';

const PREFIX = 'jalon-test-';
const runs = globalThis as { jalonTestRun?: { server: Server; folder: string } };

/** One server for the whole run, in a throw-away folder, with a migrated database that every test file copies. */
export default async function setup(): Promise<void> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o711); // under root the server runs as nobody
  writeFileSync(join(folder, 'run'), JSON.stringify([process.pid, bornAt(process.pid)]));
  const state = join(folder, 'state');
  const keys = new Keys(state).make('server', 'owner', 'runtime', 'context', 'app');
  // In our process group: Ctrl-C ends the server as well as the tests.
  const server = await Server.open({ state, password: keys.password('server'), durable: false, detached: false, say: (line) => console.log(line) });
  runs.jalonTestRun = { server, folder };
  try {
    const passwords = { owner: keys.password('owner'), runtime: keys.password('runtime') };
    await makeRoles(server.superuserUrl(), TEMPLATE, passwords);
    const owner = server.url(TEMPLATE, 'jalon_owner', passwords.owner);
    await migrate(owner);
    await writeContextKey(owner, keys.context, false);
    const told: TestServer = { state, superuser: server.superuserUrl(), owner, runtime: server.url(TEMPLATE, 'jalon_app', passwords.runtime) };
    publish(told);
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** Ends the server and removes its folder. */
export async function teardown(): Promise<void> {
  const run = runs.jalonTestRun;
  delete runs.jalonTestRun;
  await run?.server.close();
  if (run) rmSync(run.folder, { recursive: true, force: true });
}

/** What a killed run left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    try {
      const [pid, born] = JSON.parse(readFileSync(join(folder, 'run'), 'utf8')) as [number, string];
      if (bornAt(pid) === born) continue;
      await Server.stop(join(folder, 'state'));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      continue; // another user's, or one that is being made or removed at this moment
    }
  }
}
