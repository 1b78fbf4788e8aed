import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bornAt, commandOf } from './processes';

export interface Holder {
  pid: number;
  /** When that process began, so that a pid given again to another process is not taken for it. */
  born: string | null;
  purpose: 'start' | 'command';
}

/** A file that names the living process that answers for something; the mark of a dead one counts for nothing. */
export class Lock {
  private readonly me: Holder;

  constructor(private readonly file: string, purpose: Holder['purpose']) {
    this.me = { pid: process.pid, born: bornAt(process.pid), purpose };
  }

  /** Who holds it, if that process lives. */
  holder(): Holder | null {
    return living(read(this.file));
  }

  /** Takes it if nobody living holds it; answers the holder otherwise. */
  take(): Holder | null {
    mkdirSync(dirname(this.file), { recursive: true });
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.me), { mode: 0o600 });
    try {
      for (;;) {
        try {
          linkSync(draft, this.file); // fails when it exists: one of two wins
          return null;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
        const holder = this.holder();
        if (holder) return holder.pid === process.pid ? null : holder;
        this.clear();
      }
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Takes it from a living holder. */
  takeOver(): void {
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.me), { mode: 0o600 });
    renameSync(draft, this.file);
  }

  release(): void {
    if (read(this.file)?.pid === process.pid) rmSync(this.file, { force: true });
  }

  /** Takes away a dead holder's mark; if another process replaced it since it was read, puts that one back. */
  private clear(): void {
    const aside = `${this.file}.${process.pid}.old`;
    try {
      renameSync(this.file, aside);
      if (living(read(aside))) linkSync(aside, this.file);
    } catch (error) {
      if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
    rmSync(aside, { force: true });
  }
}

function read(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null; // absent, or cut off by a crash
  }
}

function living(holder: Holder | null): Holder | null {
  return holder && commandOf(holder.pid) !== null && bornAt(holder.pid) === holder.born ? holder : null;
}
