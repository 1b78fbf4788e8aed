import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { migrationNames } from '../../src/platform/database/migrate';
import { connected } from '../../src/platform/database/roles';
import { emptyDatabase, type TestDatabase } from '../support/postgres';

const ROOT = join(__dirname, '../..');
const names = migrationNames();

/** Everything that migrations and access files make, a line each. */
const CATALOGUE = `
  select 'column ' || format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as line from information_schema.columns where table_schema in ('public', 'app', 'app_secret')
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace::regnamespace::text in ('public', 'app', 'app_secret')
  union all select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'app', 'app_secret')
  union all select 'policy ' || format('%s %s %s %s %s', tablename, policyname, permissive, qual, with_check) from pg_policies
  union all select 'function ' || p.oid::regprocedure || md5(prosrc) || coalesce(proacl::text, '') from pg_proc p where pronamespace = 'app'::regnamespace
  union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'grant ' || format('%s %s %s', table_name, column_name, privilege_type) from information_schema.column_privileges where grantee = 'jalon_app'
  order by 1`;

let database: TestDatabase;
beforeAll(async () => {
  spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet', '--code']);
  database = await emptyDatabase();
});
afterAll(() => database.drop());

function jalon(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return jalonWith({ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl }, ...words);
}
function jalonWith(env: Record<string, string>, ...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/cli.js'), ...words], {
    cwd: database.state, encoding: 'utf8', env: { PATH: process.env.PATH, JALON_STATE: database.state, ...env },
  });
  return { status, stdout, stderr };
}
const catalogue = (): Promise<string[]> => connected(database.ownerUrl, async (client) => (await client.query<{ line: string }>(CATALOGUE)).rows.map((row) => row.line));

describe('jalon db', () => {
  it('goes from nothing to the last migration, back to nothing, and again to the same', async () => {
    expect(jalon('db', 'status').status).toBe(1);
    expect(jalon('--json', 'db', 'setup')).toEqual({ status: 0, stdout: `${JSON.stringify({ role: 'there', applied: names, at: names.at(-1) })}\n`, stderr: '' });
    expect(JSON.parse(jalon('db', 'setup', '--json').stdout)).toMatchObject({ applied: [] });
    expect(jalon('db', 'status').status).toBe(0);
    expect(jalon('db', 'check')).toEqual({ status: 0, stdout: '', stderr: '' });
    const full = await catalogue();
    expect(full.length).toBeGreaterThan(500);

    const back = jalon('db', 'revert', '--count', '99');
    expect(back).toEqual({ status: 0, stdout: [...names].reverse().map((name) => `undid ${name}\n`).join(''), stderr: '' });
    expect(await connected(database.ownerUrl, async (client) => (await client.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace union all select nspname from pg_namespace where nspname ~ '^app' order by 1")).rows)).toEqual([{ name: 'pgmigrations' }]);

    expect(jalon('db', 'setup').status).toBe(0);
    expect(await catalogue()).toEqual(full);
  });

  it('ends as it would have where nobody reads its answer to the end', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), '--json', 'db', 'status'], {
      cwd: database.state, env: { PATH: process.env.PATH, JALON_STATE: database.state, DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl },
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said += text; });
    expect(await new Promise((done) => child.on('close', done))).toBe(0);
    expect(said).toBe('');
  });

  it('undoes the last ones alone', async () => {
    const full = await catalogue();
    for (const count of [1, 4]) {
      expect(jalon('db', 'revert', '--count', String(count)).stdout.split('\n')).toHaveLength(count + 1);
      expect(jalon('db', 'migrate').stdout).toContain(`at ${names.at(-1)}`);
    }
    expect(jalon('db', 'setup').status).toBe(0);
    expect(await catalogue()).toEqual(full);
  });

  it('says wrong usage with 2, a refusal with 3, and lists every fault of the configuration', () => {
    for (const words of [['db', 'nope'], ['nope'], ['db', 'revert', '--count', '0'], ['db', 'status', '--nope']]) expect(jalon(...words)).toMatchObject({ status: 2, stdout: '' });
    for (const words of [['--help'], ['db', '--help'], ['db', 'check', '--help']]) expect(jalon(...words)).toMatchObject({ status: 0, stderr: '' });
    expect(jalonWith({ PORT: 'x', LOG_LEVEL: 'loud' }, 'db', 'status')).toMatchObject({ status: 2, stderr: expect.stringMatching(/PORT[^]*LOG_LEVEL/) as string });
    expect(jalonWith({ DATABASE_URL: database.appUrl }, 'db', 'status')).toMatchObject({ status: 3, stderr: expect.stringContaining('DATABASE_OWNER_URL') as string });
    const wrong = database.ownerUrl.replace(/:[^:@]*@/, ':wrong@');
    expect(jalonWith({ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: wrong }, 'db', 'status')).toMatchObject({ status: 3, stderr: expect.stringMatching(/^The database cannot be reached: .*\n$/) as string });
  });
});
