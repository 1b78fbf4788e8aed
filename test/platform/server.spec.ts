import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadConfig } from '../../src/platform/config';
import { openDatabase } from '../../src/platform/database/open';
import { connected, verifyRuntime } from '../../src/platform/database/roles';
import { newestMigration } from '../../src/platform/database/migrate';
import { lintCatalogue } from '../../src/platform/database/lint';
import { Server } from '../../src/platform/database/server';
import { Keys } from '../../src/platform/keys';
import { Lock } from '../../src/platform/lock';
import { bornAt, commandOf } from '../../src/platform/processes';
import { Refusal, type Stop } from '../../src/platform/stop';
import { cloneDatabase, emptyDatabase, testServer } from '../support/postgres';

const ROOT = join(__dirname, '../..');
const base = mkdtempSync(join(tmpdir(), 'jalon-server-spec-'));
chmodSync(base, 0o711);
const folders: string[] = [];
const newState = (): string => {
  const folder = join(base, String(folders.length));
  folders.push(folder);
  return folder;
};
const silent = (): void => undefined;
const open = (state: string): Promise<Server> =>
  Server.open({ state, password: new Keys(state).make('server').password('server'), durable: true, detached: true, say: silent });
const postmasterOf = (state: string): number => Number.parseInt(readFileSync(join(state, 'data', 'postmaster.pid'), 'utf8'), 10);
const value = (url: string, statement: string): Promise<unknown> => connected(url, async (client) => Object.values((await client.query<Record<string, unknown>>(statement)).rows[0] ?? {})[0]);
const refusal = (work: Promise<unknown>): Promise<Stop> => work.then(() => { throw new Error('was not refused'); }, (error: Stop) => error);

beforeAll(() => {
  expect(spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet', '--code'], { encoding: 'utf8' }).stderr).toBe('');
});
afterAll(async () => {
  for (const state of folders) await Server.stop(state);
  rmSync(base, { recursive: true, force: true });
});

/** Another process of Jalon, from what was built, that holds the database of a folder open. */
async function anotherProcess(state: string, purpose: 'start' | 'command'): Promise<ChildProcess> {
  const script = `
    const { openDatabase } = require('./dist/platform/database/open.js');
    const { loadConfig } = require('./dist/platform/config.js');
    openDatabase(loadConfig({ JALON_STATE: process.argv[1] }), process.argv[2], () => {}).then((database) => {
      process.on('SIGTERM', () => database.close().then(() => process.exit(0)));
      setInterval(() => {}, 1000);
      console.log('open');
    }, (error) => { console.error(error.message); process.exit(error.exitCode); });`;
  const child = spawn(process.execPath, ['-e', script, state, purpose], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done) => child.stdout.once('data', done));
  return child;
}
const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> => {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  return gone;
};

describe('the embedded server', () => {
  it('is durable, private, and asks for a password', async () => {
    const state = newState();
    const server = await open(state);
    const url = server.superuserUrl();
    const settings = await Promise.all(['fsync', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'server_encoding', 'password_encryption'].map((name) => value(url, `show ${name}`)));
    expect(settings).toEqual(['on', 'on', 'on', '', 'UTF8', 'scram-sha-256']);
    expect(String(await value(url, 'show server_version'))).toMatch(/^18\./);
    expect(await value(url, "select lower('ÉÑ') || ' ' || datlocale from pg_database where datname = 'postgres'")).toBe('éñ C.UTF-8');
    expect(await value(url, "select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256'")).toBe(0);
    expect(await value(url, 'select count(*)::int from pg_authid where rolcanlogin and rolpassword is null')).toBe(0);
    const socket = String(await value(url, 'show unix_socket_directories'));
    expect(statSync(socket).mode & 0o777).toBe(0o700);
    expect(Buffer.byteLength(join(socket, '.s.PGSQL.5432'))).toBeLessThanOrEqual(107);
    await expect(value(server.url('postgres', 'postgres', 'x'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await open(state)).toMatchObject({ started: false });
    await server.close();
    expect(existsSync(socket)).toBe(false);
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('comes back by itself after a kill -9, with everything that was committed', async () => {
    const state = newState();
    const server = await open(state);
    await value(server.superuserUrl(), 'create table kept as select 7 as n');
    const before = postmasterOf(state);
    process.kill(before, 'SIGKILL');
    let found: unknown;
    for (let turn = 0; turn < 200 && found === undefined; turn += 1) {
      await wait(50);
      found = await value(server.superuserUrl(), 'select n from kept').catch(() => undefined);
    }
    expect(found).toBe(7);
    expect(postmasterOf(state)).not.toBe(before);
    await server.close();
  });

  it('comes back as well where it was joined: a start after a killed one keeps the server that it found', async () => {
    const state = newState();
    await ended(await anotherProcess(state, 'start'), 'SIGKILL');
    const before = postmasterOf(state);
    const joined = await openDatabase(loadConfig({ JALON_STATE: state }), 'start', silent);
    expect(postmasterOf(state)).toBe(before);
    process.kill(before, 'SIGKILL');
    let found: unknown;
    for (let turn = 0; turn < 200 && found === undefined; turn += 1) {
      await wait(50);
      found = await value(joined.runtimeUrl, 'select 1').catch(() => undefined);
    }
    expect(found).toBe(1);
    expect(postmasterOf(state)).not.toBe(before);
    await joined.close();
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('comes back once what kept it from coming back has passed', async () => {
    const state = newState();
    const said: string[] = [];
    const server = await Server.open({ state, password: new Keys(state).make('server').password('server'), durable: true, detached: true, say: (line) => said.push(line) });
    const data = join(state, 'data');
    const until = async (is: () => boolean | Promise<boolean>): Promise<void> => {
      for (let turn = 0; turn < 400 && !(await is()); turn += 1) await wait(50);
    };
    chmodSync(data, 0o755); // PostgreSQL does not start on a folder that is open to others
    process.kill(postmasterOf(state), 'SIGKILL');
    await until(() => said.length > 1);
    expect(said).toEqual(['the database ended unexpectedly; starting it again', expect.stringMatching('does not start[^]*invalid permissions')]);
    chmodSync(data, 0o700);
    await until(() => value(server.superuserUrl(), 'select 1').then(() => true, () => false));
    expect(await value(server.superuserUrl(), 'select 1')).toBe(1);
    expect(said).toHaveLength(2);
    await server.close();
  });

  it('is joined and stopped by a start after one that was killed', async () => {
    const state = newState();
    const child = await anotherProcess(state, 'start');
    const pid = postmasterOf(state);
    await ended(child, 'SIGKILL');
    const joined = await openDatabase(loadConfig({ JALON_STATE: state }), 'start', silent);
    expect(postmasterOf(state)).toBe(pid);
    await joined.close();
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('starts after everything was killed at once', async () => {
    const state = newState();
    const child = await anotherProcess(state, 'start');
    const pid = postmasterOf(state);
    const gone = ended(child, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone;
    while (commandOf(pid) !== null) await wait(20);
    const again = await openDatabase(loadConfig({ JALON_STATE: state }), 'start', silent);
    expect(await value(again.runtimeUrl, 'select 1')).toBe(1);
    await again.close();
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('is not held up by a half made cluster, nor by a pid that belongs to somebody else now', async () => {
    const state = newState();
    mkdirSync(join(state, 'data.draft'), { recursive: true });
    writeFileSync(join(state, 'data.draft', 'PG_VERSION'), '18');
    const first = await open(state);
    const pidFile = readFileSync(join(state, 'data', 'postmaster.pid'), 'utf8');
    await first.close();
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {});
    writeFileSync(join(state, 'data', 'postmaster.pid'), pidFile.replace(/^\d+/, String(stranger.pid)));
    if (process.getuid?.() === 0) chmodSync(join(state, 'data', 'postmaster.pid'), 0o644);
    const second = await open(state);
    expect(second.started).toBe(true);
    await second.close();
    stranger.kill();
  });

  it('has one start; commands join it and leave it running', async () => {
    const state = newState();
    const config = loadConfig({ JALON_STATE: state });
    const child = await anotherProcess(state, 'start');
    const second = await refusal(openDatabase(config, 'start', silent));
    expect(second).toMatchObject({ exitCode: 3, message: expect.stringContaining(`running already (process ${child.pid})`) as string });
    const command = await openDatabase(config, 'command', silent);
    expect(await value(command.runtimeUrl, 'select current_user::text')).toBe('jalon_app');
    await command.close();
    expect(await value(command.runtimeUrl, 'select 1')).toBe(1);
    expect(await ended(child, 'SIGTERM')).toBe(0);
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
    for (const lock of ['jalon.lock', 'server.lock']) expect(existsSync(join(state, lock))).toBe(false);
  });

  it('a start takes the server over from a command, which then leaves it running', async () => {
    const state = newState();
    const command = await anotherProcess(state, 'command');
    const start = await openDatabase(loadConfig({ JALON_STATE: state }), 'start', silent);
    expect(await ended(command, 'SIGTERM')).toBe(0);
    expect(await value(start.runtimeUrl, 'select 1')).toBe(1);
    await start.close();
    expect(existsSync(join(state, 'data', 'postmaster.pid'))).toBe(false);
  });
});

describe('keys', () => {
  const refused = (keys: Keys): string => {
    try {
      keys.read('context');
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
    return '';
  };

  it('are 32 private bytes, and stay what they are', () => {
    const state = newState();
    const keys = new Keys(state).make('context', 'app');
    expect(keys.context).toHaveLength(32);
    expect(keys.context.equals(keys.app)).toBe(false);
    expect(keys.make('context').context.equals(new Keys(state).context)).toBe(true);
    expect([statSync(join(state, 'keys')).mode & 0o777, statSync(join(state, 'keys', 'context.key')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('are refused when missing, damaged, open to others, or a link', () => {
    const state = newState();
    const file = join(state, 'keys', 'context.key');
    const keys = new Keys(state);
    expect(refused(keys)).toMatch('is missing');
    keys.make('context', 'app');
    expect(refused(keys)).toBe('');
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(file, mode);
      expect(refused(keys)).toMatch('can be read by others');
    }
    chmodSync(file, 0o600);
    chmodSync(join(state, 'keys'), 0o750);
    expect(refused(keys)).toMatch('can be read by others');
    chmodSync(join(state, 'keys'), 0o700);
    writeFileSync(file, 'abc');
    expect(refused(keys)).toMatch('is damaged');
    rmSync(file);
    symlinkSync(join(state, 'keys', 'app.key'), file);
    expect(refused(keys)).toMatch('is a link');
  });
});

describe('locks', () => {
  it('count only for a living process', () => {
    const file = join(newState(), 'a.lock');
    const lock = new Lock(file, 'start');
    expect(lock.take()).toBeNull();
    expect(lock.holder()).toMatchObject({ pid: process.pid, purpose: 'start' });
    lock.release();
    expect(existsSync(file)).toBe(false);
    const living = { pid: process.ppid, born: bornAt(process.ppid), purpose: 'start' };
    writeFileSync(file, JSON.stringify(living));
    expect(lock.take()).toEqual(living);
    // The same pid, given to a process that began at another moment; a file cut off by a crash; an empty one.
    for (const dead of [JSON.stringify({ ...living, born: '1' }), '{"pid":', '']) {
      writeFileSync(file, dead);
      expect(lock.take()).toBeNull();
      lock.release();
    }
  });
});

describe('the run-time role', () => {
  it('is refused when it is the owner or a superuser, and when the key or the release do not match', async () => {
    const database = await cloneDatabase();
    const { context } = new Keys(database.state);
    await verifyRuntime(database.appUrl, context, newestMigration());
    expect((await refusal(verifyRuntime(database.ownerUrl, context, newestMigration()))).message).toMatch(/is not jalon_app[^]*owns the database[^]*owns \d+ tables/);
    expect((await refusal(verifyRuntime(testServer().superuser, context, newestMigration()))).message).toMatch(/is superuser[^]*has BYPASSRLS/);
    expect(await refusal(verifyRuntime(database.appUrl, Buffer.alloc(32), newestMigration()))).toMatchObject({ exitCode: 3, message: expect.stringContaining('context.key') as string });
    expect((await refusal(verifyRuntime(database.appUrl, context, '9999_later'))).message).toMatch('this release needs 9999_later');
    await database.drop();
    const empty = await emptyDatabase();
    expect((await refusal(verifyRuntime(empty.appUrl, context, newestMigration()))).message).toMatch('is at no migration');
    await empty.drop();
  });
});

describe('the lint of the catalogue', () => {
  it('finds nothing, and what is planted', async () => {
    const database = await cloneDatabase();
    expect(await lintCatalogue(database.ownerUrl)).toEqual([]);
    await connected(database.ownerUrl, async (owner) => {
      await owner.query(`
        create table open_table (id int); grant select on open_table to jalon_app;
        create table dead_table (id int); alter table dead_table enable row level security;
        create policy everything on dead_table for select to jalon_app using (true);
        create function app.loose() returns int language sql security definer as 'select 1';
        create table hung (plan_id uuid references plan (id), participant_id uuid); create index on hung (plan_id);
        create view seen as select * from participant; grant select on seen to jalon_app;`);
    });
    expect((await lintCatalogue(database.ownerUrl)).map((one) => one.rule.split(' ')[0])).toEqual(['R10', 'R15', 'R18', 'R4', 'R7', 'R9']);
    await database.drop();
  });
});
