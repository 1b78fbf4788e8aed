import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Client } from 'pg';
import { Stop } from '../stop';
import { connected } from './roles';

const ROOT = join(__dirname, '../../..');
const MIGRATIONS = join(ROOT, 'migrations');
const MODULES = join(__dirname, '../../modules');
const TABLE = 'pgmigrations';
/** Held while the access files are applied; the runner of migrations has its own. */
const LOCK = 7_241_865;

/** The modules that have tables, in the order of the house: a file may use what earlier ones made. */
export const MODULE_ORDER = [
  'audit', 'programmes', 'identity', 'caseloads', 'agenda', 'pathways', 'documents', 'participants', 'disclosure', 'employers', 'activities', 'assessments', 'plans',
  'agreements', 'employment-advice', 'placements', 'accommodations', 'retention', 'desk', 'imports', 'indicators',
] as const;

export interface Migration {
  name: string;
  /** Null: not applied. */
  appliedAt: Date | null;
}

/** The migrations of this release, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql')).map((file) => file.slice(0, -'.sql'.length)).sort();
}

/** The last one: where a database must be to be served. */
export function newestMigration(): string {
  return migrationNames().at(-1) ?? '';
}

/** Applies what is missing, all or nothing, then the second wall; answers the names of what was applied. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const applied = await run(ownerUrl, 'up');
  await applyAccess(ownerUrl);
  return applied;
}

/** Undoes the last `count` migrations. The access files of this release no longer fit, so nothing is served until the next `migrate`. */
export async function revert(ownerUrl: string, count: number): Promise<string[]> {
  return run(ownerUrl, 'down', count);
}

/** Every migration of this release and every one that the database knows. */
export async function migrations(ownerUrl: string): Promise<Migration[]> {
  const applied = await connected(ownerUrl, async (client) => {
    const { rows: [table] } = await client.query<{ there: boolean }>(`select to_regclass('public.${TABLE}') is not null as there`);
    if (!table?.there) return [];
    return (await client.query<{ name: string; run_on: Date }>(`select name, run_on at time zone 'UTC' as run_on from public.${TABLE} order by id`)).rows;
  });
  const known = new Map(applied.map((one) => [one.name, one.run_on]));
  return [...new Set([...known.keys(), ...migrationNames()])].sort().map((name) => ({ name, appliedAt: known.get(name) ?? null }));
}

/** Makes functions, policies and grants what the files say, in one transaction: at no moment is a table open or a function missing. */
async function applyAccess(ownerUrl: string): Promise<void> {
  const files = [join(__dirname, 'access.sql'), ...MODULE_ORDER.map((name) => join(MODULES, name, `${name}.access.sql`)).filter((file) => existsSync(file))];
  await connected(ownerUrl, async (client) => {
    await client.query('begin');
    await client.query("set local client_min_messages = 'warning'");
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    for (const file of files) await apply(client, file);
    // PostgreSQL lets everybody call a new function.
    await client.query('revoke all on all functions in schema app from public');
    await client.query('commit');
  });
}

async function apply(client: Client, file: string): Promise<void> {
  const text = readFileSync(file, 'utf8');
  try {
    await client.query(text);
  } catch (error) {
    const { message, position } = error as { message: string; position?: string };
    const line = position ? `:${text.slice(0, Number(position)).split('\n').length}` : '';
    throw new Stop(`${relative(ROOT, file)}${line}: ${message}`, 1);
  }
}

async function run(ownerUrl: string, direction: 'up' | 'down', count?: number): Promise<string[]> {
  const { runner } = await import('node-pg-migrate');
  const silent = (): void => undefined;
  try {
    const done = await runner({
      databaseUrl: ownerUrl, dir: MIGRATIONS, migrationsTable: TABLE, direction, count, advisoryLockMode: 'wait', singleTransaction: true,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
    });
    return done.map((one) => one.name);
  } catch (error) {
    throw new Stop(`The migration ${direction === 'up' ? 'was not applied' : 'was not undone'}: ${(error as Error).message}`, 1);
  }
}
