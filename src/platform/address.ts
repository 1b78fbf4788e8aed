import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bornAt, commandOf } from './processes';

interface Told {
  pid: number;
  /** When that process began, so that a pid given again to another process is not taken for it. */
  born: string | null;
  url: string;
}

/** Says in the state folder where this process is reached, for the commands that join it; answers how to take that back. */
export function tellAddress(state: string, url: string): () => void {
  const file = fileOf(state);
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify({ pid: process.pid, born: bornAt(process.pid), url } satisfies Told), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    return () => undefined; // keys that are only read: commands go by their own environment
  }
  return () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

/** Where the living process of a state folder is reached; null when there is none, or it says nothing. */
export function addressOf(state: string): string | null {
  const told = read(fileOf(state));
  return told && commandOf(told.pid) !== null && bornAt(told.pid) === told.born ? told.url : null;
}

const fileOf = (state: string): string => join(state, 'address');

function read(file: string): Told | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Told;
  } catch {
    return null; // absent, or cut off by a crash
  }
}
