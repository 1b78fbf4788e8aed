import { Client } from 'pg';
import { Actor } from '../access/actor';
import { Refusal } from '../stop';
import { ContextKey, signContext } from './context';

export const OWNER = 'jalon_owner';
/** The role of every request. Policies and grants name it. */
export const RUNTIME = 'jalon_app';
const OLDEST = 15;

/** One connection for the length of `work`. */
export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'jalon operator' });
  client.on('error', () => undefined); // an end of the connection is told by the statement that it interrupts
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the two login roles and the owner's database on a server of ours, or brings them back to what they must be. */
export async function makeRoles(superuserUrl: string, database: string, passwords: { owner: string; runtime: string }): Promise<void> {
  await connected(superuserUrl, async (client) => {
    for (const [role, password] of [[OWNER, passwords.owner], [RUNTIME, passwords.runtime]] as const) {
      const known = await client.query('select from pg_roles where rolname = $1', [role]);
      if (known.rowCount === 0) await client.query(`create role ${role}`);
      await client.query(`alter role ${role} login nosuperuser nobypassrls noinherit nocreatedb nocreaterole noreplication password ${client.escapeLiteral(password)}`);
    }
    const known = await client.query('select from pg_database where datname = $1', [database]);
    if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)} owner ${OWNER}`);
    await client.query(`revoke all on database ${client.escapeIdentifier(database)} from public`);
    await client.query(`grant connect on database ${client.escapeIdentifier(database)} to ${RUNTIME}`);
  });
}

/** On a server of others: makes the run-time role of an address when it is missing and the owner may make roles. */
export async function makeRuntimeRole(ownerUrl: string, runtimeUrl: string): Promise<'made' | 'there'> {
  const { username, password } = new URL(runtimeUrl);
  if (username !== RUNTIME) throw new Refusal(`DATABASE_URL must name the role ${RUNTIME}, not ${username}: policies and grants name it.`);
  return connected(ownerUrl, async (client) => {
    if ((await client.query('select from pg_roles where rolname = $1', [RUNTIME])).rowCount) return 'there';
    const making = `create role ${RUNTIME} login nosuperuser nobypassrls noinherit nocreatedb nocreaterole`;
    try {
      await client.query(`${making} password ${client.escapeLiteral(decodeURIComponent(password))}`);
    } catch (error) {
      if ((error as { code?: string }).code !== '42501') throw error;
      throw new Refusal(`The owner may not make roles. Have an administrator of the server run:\n  ${making} password '…';`);
    }
    return 'made';
  });
}

/** Writes the padded keys of the context's signature (RFC 2104), which only the owner reads. Another key is replaced only when asked. */
export async function writeContextKey(ownerUrl: string, key: Buffer, replace: boolean): Promise<void> {
  const [inner, outer] = [0x36, 0x5c].map((pad) => Buffer.from(Buffer.concat([key], 64).map((byte) => byte ^ pad)));
  await connected(ownerUrl, async (client) => {
    const written = await client.query('insert into app_secret.ctx_key (inner_pad, outer_pad) values ($1, $2) on conflict do nothing', [inner, outer]);
    if (written.rowCount) return;
    const same = await client.query('select from app_secret.ctx_key where inner_pad = $1 and outer_pad = $2', [inner, outer]);
    if (same.rowCount) return;
    if (!replace) throw new Refusal('The database was set up with another context.key. Copy that file here, or replace the key for everybody: npm run -s jalon -- db setup --replace-key');
    await client.query('update app_secret.ctx_key set inner_pad = $1, outer_pad = $2', [inner, outer]);
  });
}

/** Refuses to serve with the wrong role, on an old server, on tables of another release, or with a key that the database does not know. */
export async function verifyRuntime(url: string, key: Buffer, newestMigration: string): Promise<void> {
  await connected(url, async (client) => {
    const { rows: [role] } = await client.query<{ name: string; version: number; faults: string[] }>(RUNTIME_FAULTS);
    const faults = role?.faults.filter(Boolean) ?? ['is not known'];
    if ((role?.version ?? 0) < OLDEST) throw new Refusal(`PostgreSQL ${role?.version} is too old: ${OLDEST} or later is needed.`);
    if (role?.name !== RUNTIME) faults.unshift(`is not ${RUNTIME}, whom policies and grants name`);
    if (faults.length > 0) throw new Refusal([`Refused to serve as the database role ${role?.name}: it`, ...faults.map((one) => `  - ${one}`)].join('\n'));
    const at = await migrationOf(client);
    if (at !== newestMigration) throw new Refusal(`The database is at ${at ?? 'no migration'}, this release needs ${newestMigration}. Run: npm run -s jalon -- db migrate`);
    await proveKey(client, key);
  });
}

const RUNTIME_FAULTS = `
  with me as (select oid, rolname, rolsuper, rolbypassrls, rolcreaterole, rolreplication from pg_roles where rolname = current_user)
  select rolname::text as name, current_setting('server_version_num')::int / 10000 as version, array[
    case when rolsuper then 'is superuser' end,
    case when rolbypassrls then 'has BYPASSRLS' end,
    case when rolcreaterole then 'may make roles' end,
    case when rolreplication then 'may replicate' end,
    (select 'is a member of ' || string_agg(roleid::regrole::text, ', ') from pg_auth_members where member = me.oid),
    (select 'owns the database ' || datname from pg_database where datname = current_database() and datdba = me.oid),
    (select 'owns ' || count(*) || ' tables, among them ' || min(oid::regclass::text) from pg_class where relowner = me.oid and relkind in ('r', 'p', 'v', 'm') having count(*) > 0)
  ] as faults from me`;

async function migrationOf(client: Client): Promise<string | null> {
  try {
    return (await client.query<{ name: string | null }>('select app.migration() as name')).rows[0]?.name ?? null;
  } catch (error) {
    if (['3F000', '42883', '42501'].includes((error as { code?: string }).code ?? '')) return null; // no schema, no function, or not ours yet
    throw error;
  }
}

async function proveKey(client: Client, key: Buffer): Promise<void> {
  const { rows: [backend] } = await client.query<{ pid: number; now: number; day: string }>("select pg_backend_pid() as pid, extract(epoch from clock_timestamp())::float8 as now, to_char(now(), 'YYYY-MM-DD') as day");
  if (!backend) throw new Error('the server did not name its backend');
  const signed = signContext(new ContextKey(key), Actor.system('probe'), backend.day, { at: backend.now, until: backend.now + 60 }, backend.pid);
  // The machine's clock against the server's, because signatures are judged by it; the product's may be moved.
  const apart = Math.round(Math.abs(Date.now() / 1000 - backend.now));
  if (apart > 5) throw new Refusal(`The clocks of this machine and of the database are ${apart} seconds apart. A context is worth nothing ten seconds after it was signed: set both by the same time service.`);
  try {
    await client.query('begin read only');
    await client.query("select set_config('app.ctx', $1, true)", [signed]);
    await client.query('select app.role()');
  } catch (error) {
    if ((error as { code?: string }).code === '42501') throw new Refusal('The context.key of this machine is not the one that the database was set up with. Copy the right file, or run: npm run -s jalon -- db setup --replace-key');
    throw error;
  } finally {
    await client.query('rollback');
  }
}
