import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commandOf } from '../processes';
import { Refusal } from '../stop';
import { binaries, canReach, passable, serverUser, type ServerUser } from './binaries';

const VERSION = '18';
const SUPERUSER = 'postgres';
/** A socket's path may have 107 bytes on Linux, 103 on macOS. */
const SOCKET_PATH = 103;
/** Above every system's highest pid. */
const NO_PROCESS = '99999999';
const LOG_SIZE = 10 * 1024 * 1024;
/** Milliseconds between attempts to start a server that ended. */
const AGAIN = 2_000;

export interface ServerOptions {
  /** Folder of the installation; the cluster is in it, or elsewhere when the server's user cannot reach it. */
  state: string;
  /** Of the superuser, who only makes the roles. */
  password: string;
  /** fsync and synchronous_commit; off for tests alone. */
  durable: boolean;
  /** Out of our process group, so that Ctrl-C reaches only us and the server is stopped last. */
  detached: boolean;
  /** Starts it again whenever it ends, though another process started it: who serves needs it, who borrows it for a command does not. */
  keep?: boolean;
  say: (line: string) => void;
}

/** The embedded PostgreSQL of one state folder: reached by its Unix socket alone, started or joined. */
export class Server {
  private ready = false;
  private closing = false;

  private constructor(
    private readonly data: string,
    private readonly socket: string,
    private readonly password: string,
    /** False when it was running already. */
    readonly started: boolean,
  ) {}

  /** Joins the running server of this folder, or starts it, making its cluster the first time. */
  static async open(options: ServerOptions): Promise<Server> {
    const user = serverUser();
    const place = placeOf(options, user);
    const data = join(place, 'data');
    const running = postmaster(data);
    if (running && existsSync(join(running.socket, '.s.PGSQL.5432'))) {
      await untilReady(data, () => true, options.say);
      const joined = new Server(data, running.socket, options.password, false);
      if (options.keep) void joined.watch(place, user, options);
      return joined;
    }
    if (running) await stopped(data, running.pid); // it lives, but its socket was swept away with the temporary folder
    const bin = binaries(user, place, options.say);
    if (existsSync(data)) expectOwn(data, user);
    else initialise(bin, data, user, options);
    const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
    if (version !== VERSION) throw new Refusal(`${data} was made by PostgreSQL ${version}; this release runs ${VERSION}. Export it with the older release first.`);
    disown(data);
    const server = new Server(data, socketFolder(data, user), options.password, true);
    await server.run(bin, place, user, options);
    return server;
  }

  /** A cluster was made for this folder. */
  static exists(state: string): boolean {
    return [state, elsewhere(state)].some((place) => existsSync(join(place, 'data')));
  }

  /** Ends whatever server of a folder is still running. */
  static async stop(state: string): Promise<void> {
    for (const place of [state, elsewhere(state)]) {
      const running = postmaster(join(place, 'data'));
      if (running) await stopped(join(place, 'data'), running.pid);
    }
  }

  /** Address of a database as a role. */
  url(database: string, role: string, password: string): string {
    return `postgresql://${role}:${password}@${encodeURIComponent(this.socket)}/${database}`;
  }

  /** Address for the superuser. */
  superuserUrl(database = 'postgres'): string {
    return this.url(database, SUPERUSER, this.password);
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  async close(): Promise<void> {
    this.closing = true;
    const running = postmaster(this.data);
    if (running) await stopped(this.data, running.pid);
    if (!postmaster(this.data)) rmSync(this.socket, { recursive: true, force: true });
  }

  /** Nobody tells of the end of a process that is not our child: its file is looked at. */
  private async watch(place: string, user: ServerUser | null, options: ServerOptions): Promise<void> {
    while (postmaster(this.data)) await wait(AGAIN, undefined, { ref: false });
    if (!this.closing) await this.revive(binaries(user, place, options.say), place, user, options);
  }

  private async revive(bin: string, place: string, user: ServerUser | null, options: ServerOptions): Promise<void> {
    options.say('the database ended unexpectedly; starting it again');
    // What prevents it, a full disk for one, may pass: then it goes on by itself.
    for (let told = ''; !this.closing; await wait(AGAIN, undefined, { ref: false })) {
      const refused = await this.run(bin, place, user, options).then(() => null, (error: Error) => error.message);
      if (refused === null) return;
      if (refused !== told) options.say(told = refused);
    }
  }

  private async run(bin: string, place: string, user: ServerUser | null, options: ServerOptions): Promise<void> {
    const log = join(place, 'postgres.log');
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_SIZE) renameSync(log, `${log}.1`);
    // Patience with a process, before any clock of the product exists.
    const until = Date.now() + 20_000;
    for (;;) {
      const output = openSync(log, 'a', 0o600);
      const from = statSync(log).size;
      const durable = options.durable ? 'on' : 'off';
      const child = spawn(join(bin, 'postgres'), ['-D', this.data, ...Object.entries({
        listen_addresses: '', unix_socket_directories: this.socket, port: '5432', max_connections: '60',
        fsync: durable, synchronous_commit: durable, full_page_writes: durable,
        // Neither statements nor rows in the log: they hold names.
        log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_parameter_max_length_on_error: '0',
        timezone: 'UTC', log_timezone: 'UTC',
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...user, cwd: '/', env: environment(), detached: options.detached, stdio: ['ignore', output, output] });
      closeSync(output);
      child.unref();
      let alive = true;
      let refused = '';
      child.once('error', (error) => {
        alive = false;
        refused = error.message;
      });
      child.once('exit', (code) => {
        alive = false;
        if (!this.ready || this.closing || code === 0) return; // 0: somebody asked it to end
        this.ready = false;
        void this.revive(bin, place, user, options);
      });
      this.ready = await untilReady(this.data, () => alive, options.say);
      if (this.ready || this.closing) return;
      const said = readFileSync(log).subarray(from).toString().trim() || refused;
      // After a kill -9 of the server alone its children need a moment to notice and end.
      if (!/shared memory block|lock file/.test(said) || Date.now() > until) throw new Refusal(`PostgreSQL does not start (${log}):\n${said.split('\n').slice(-5).join('\n')}`);
      await wait(200);
    }
  }
}

/** The installation's folder; for root, a folder of /var/lib when `nobody` cannot go through the former. */
function placeOf({ state, say }: ServerOptions, user: ServerUser | null): string {
  const other = elsewhere(state);
  if (canReach(user, passable(state)) && !(user && existsSync(join(other, 'data')))) return state;
  passable('/var/lib/jalon');
  if (!canReach(user, passable(other))) throw new Refusal(`The user nobody, as whom PostgreSQL runs under root, reaches neither ${state} nor ${other}. Set JALON_STATE to a folder that it can go through.`);
  if (!existsSync(join(other, 'data'))) say(`the database is in ${other}: the user nobody, as whom it runs, cannot reach ${state}`);
  return other;
}

function initialise(bin: string, data: string, user: ServerUser | null, options: ServerOptions): void {
  const draft = `${data}.draft`; // made complete, then renamed: a crash in the middle leaves no half cluster
  const secret = `${data}.secret`;
  for (const path of [draft, secret]) rmSync(path, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(secret, options.password, { mode: 0o600 });
  if (user) for (const path of [draft, secret]) chownSync(path, user.uid, user.gid);
  const sync = options.durable ? [] : ['--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), [
    '-D', draft, '-U', SUPERUSER, `--pwfile=${secret}`, '--auth=scram-sha-256', '--data-checksums',
    '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...sync,
  ], { ...user, cwd: '/', env: environment(), encoding: 'utf8' });
  unlinkSync(secret);
  if (made.status !== 0) throw new Refusal(`PostgreSQL could not make its folder ${data}:\n${made.error?.message ?? made.stderr.trim()}`);
  renameSync(draft, data);
}

/** PostgreSQL wants its folder to itself. A copy made by another user, or a start as another user, is told what to do before anything is written. */
function expectOwn(data: string, user: ServerUser | null): void {
  if (process.platform === 'win32') return;
  const { uid, mode } = statSync(data);
  const own = user?.uid ?? process.getuid!();
  if (uid !== own) throw new Refusal(`${data} belongs to the user ${uid}; PostgreSQL would run as the user ${own}${user ? ' (nobody, because root starts it)' : ''}. Start as its owner, or run: chown -R ${own} '${data}'`);
  if ((mode & 0o027) !== 0) throw new Refusal(`${data} is open to others (mode ${(mode & 0o777).toString(8)}). Run: chmod 700 '${data}'`);
}

/** A short private folder for the socket; refused when somebody else made it before us. */
function socketFolder(data: string, user: ServerUser | null): string {
  const name = `jalon-${short(data)}`;
  const long = join(tmpdir(), name, '.s.PGSQL.5432');
  const folder = join(Buffer.byteLength(long) <= SOCKET_PATH && canReach(user, tmpdir()) ? tmpdir() : '/tmp', name);
  const owner = user?.uid ?? process.getuid?.();
  if (!lstatSync(folder, { throwIfNoEntry: false })) {
    mkdirSync(folder, { mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
  }
  const found = lstatSync(folder);
  if (!found.isDirectory() || (owner !== undefined && found.uid !== owner)) throw new Refusal(`${folder} belongs to somebody else. Remove it, or set TMPDIR to another folder.`);
  chmodSync(folder, 0o700);
  return folder;
}

/** The living postmaster of a cluster, by its own file; a pid that was given to another process since is not one. */
function postmaster(data: string): { pid: number; socket: string; ready: boolean } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n').map((line) => line.trim());
    const pid = Number(lines[0]);
    if (!pid || !commandOf(pid)?.includes(data)) return null;
    return { pid, socket: lines[4] ?? '', ready: lines[7] === 'ready' };
  } catch {
    return null;
  }
}

/**
 * After a restart of the machine or of a container the pid in a dead server's file may be another process, and PostgreSQL would not start.
 * The rest of the file stays: by it PostgreSQL sees whether children of that server still run.
 */
function disown(data: string): void {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  if (commandOf(Number.parseInt(text, 10)) !== null) writeFileSync(file, text.replace(/^\d+/, NO_PROCESS));
}

async function untilReady(data: string, alive: () => boolean, say: (line: string) => void): Promise<boolean> {
  for (let turn = 1; ; turn += 1) {
    const running = postmaster(data);
    if (running?.ready) return true;
    if (!alive()) return false;
    if (turn % 200 === 0) say('the database is recovering from a crash');
    await wait(15);
  }
}

async function stopped(data: string, pid: number): Promise<void> {
  const living = (): boolean => commandOf(pid)?.includes(data) ?? false;
  for (const [signal, seconds] of [['SIGINT', 30], ['SIGQUIT', 10], ['SIGKILL', 10]] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    // Patience with a process again.
    for (const until = Date.now() + seconds * 1000; Date.now() < until; await wait(15)) if (!living()) return;
  }
}

const elsewhere = (state: string): string => join('/var/lib/jalon', short(state));

const short = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 12);

/** Nothing of ours: neither passwords nor PG… variables. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C' });
