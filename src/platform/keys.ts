import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from './stop';

const BYTES = 32;
/** `context` signs the database context, `app` hashes sessions and tokens, the others are passwords of the embedded server. */
export type KeyName = 'context' | 'app' | 'server' | 'owner' | 'runtime';

/** The secrets of one installation: one file each in `<state>/keys`, 32 random bytes in hexadecimal, readable by us alone. */
export class Keys {
  private readonly folder: string;

  constructor(state: string) {
    this.folder = join(state, 'keys');
  }

  get context(): Buffer {
    return this.read('context');
  }

  get app(): Buffer {
    return this.read('app');
  }

  /** Makes those that are missing. Complete or absent, even after a crash in the middle. */
  make(...names: KeyName[]): this {
    mkdirSync(dirname(this.folder), { recursive: true });
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    for (const name of names) {
      if (lstatSync(this.file(name), { throwIfNoEntry: false })) continue;
      const draft = `${this.file(name)}.${process.pid}`;
      rmSync(draft, { force: true });
      const file = openSync(draft, 'wx', 0o600);
      writeSync(file, `${randomBytes(BYTES).toString('hex')}\n`);
      fsyncSync(file);
      closeSync(file);
      try {
        linkSync(draft, this.file(name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was first; its key stands
      } finally {
        rmSync(draft, { force: true });
      }
    }
    return this;
  }

  /** Refuses a key that is missing, damaged, a link, or open to anybody else. */
  read(name: KeyName): Buffer {
    const file = this.file(name);
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (!found) throw new Refusal(`The key ${file} is missing. Restore it from the backup; on a new machine run: npm run -s jalon -- db setup`);
    for (const path of [this.folder, file]) {
      const { mode } = lstatSync(path);
      if (path === file ? !found.isFile() : !lstatSync(path).isDirectory()) throw new Refusal(`${path} is a link or something else; keys are plain files in a plain folder.`);
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw new Refusal(`${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod ${path === file ? 600 : 700} ${path}`);
    }
    const text = readFileSync(file, 'utf8').trim();
    if (!new RegExp(`^[0-9a-f]{${BYTES * 2}}$`).test(text)) throw new Refusal(`The key ${file} is damaged. Restore it from the backup.`);
    return Buffer.from(text, 'hex');
  }

  /** The same as text, for a password. */
  password(name: KeyName): string {
    return this.read(name).toString('hex');
  }

  private file(name: KeyName): string {
    return join(this.folder, `${name}.key`);
  }
}
