import { randomBytes } from 'node:crypto';
import { connected } from '../../src/platform/database/roles';

export const TEMPLATE = 'jalon_template';
const VARIABLE = 'TEST_SERVER';

export interface TestServer {
  /** Folder whose keys the databases were set up with. */
  state: string;
  superuser: string;
  /** Addresses of the template as the two roles. */
  owner: string;
  runtime: string;
}

export interface TestDatabase {
  /** As jalon_app, whom requests use. */
  appUrl: string;
  /** As jalon_owner, whom row-level security does not stop. */
  ownerUrl: string;
  /** For `new Keys(state)`. */
  state: string;
  drop(): Promise<void>;
}

/** Tells the workers of this run where the server is. */
export function publish(server: TestServer): void {
  process.env[VARIABLE] = JSON.stringify(server);
}

/** A migrated database of one's own, as a copy of the template: about 35 ms. */
export function cloneDatabase(): Promise<TestDatabase> {
  return make((name) => `create database ${name} owner jalon_owner template ${TEMPLATE} strategy file_copy`);
}

/** A database in which nothing has been made yet. */
export function emptyDatabase(): Promise<TestDatabase> {
  return make((name) => `create database ${name} owner jalon_owner template template0`);
}

/** The server of this run. */
export function testServer(): TestServer {
  const told = process.env[VARIABLE];
  if (!told) throw new Error('the test server is started by test/support/global-setup.ts');
  return JSON.parse(told) as TestServer;
}

async function make(statement: (name: string) => string): Promise<TestDatabase> {
  const server = testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await connected(server.superuser, async (client) => {
    await client.query(statement(name));
    await client.query(`revoke temporary on database ${name} from public`); // rights on a database are not copied with it
  });
  const at = (url: string): string => url.replace(/\/[^/]*$/, `/${name}`);
  return {
    appUrl: at(server.runtime),
    ownerUrl: at(server.owner),
    state: server.state,
    drop: () => connected(server.superuser, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}
