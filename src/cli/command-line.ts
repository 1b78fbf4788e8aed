import { loadConfigFile, type Config } from '../platform/config';
import { openDatabase, type OpenDatabase } from '../platform/database/open';
import { Refusal } from '../platform/stop';

/** What every command gets: the configuration, the database, and the two ways of answering. */
export class CommandLine {
  /** `--json` was given: one JSON value on the output, nothing else. */
  json = false;

  private read: Config | null = null;

  get config(): Config {
    this.read ??= loadConfigFile();
    return this.read;
  }

  /** Joins the running server or starts one for the length of `work`. */
  async withDatabase<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
    const database = await openDatabase(this.config, 'command', (line) => this.say(line));
    const interrupted = (): void => void database.close().finally(() => process.exit(130));
    process.once('SIGINT', interrupted);
    try {
      return await work(database);
    } finally {
      process.off('SIGINT', interrupted);
      await database.close();
    }
  }

  /** The same, as the owner of the tables. */
  async asOwner<T>(work: (ownerUrl: string, database: OpenDatabase) => Promise<T>): Promise<T> {
    return this.withDatabase((database) => {
      if (!database.ownerUrl) throw new Refusal('This command works as the owner of the tables: set DATABASE_OWNER_URL.');
      return work(database.ownerUrl, database);
    });
  }

  /** The answer: `value` as JSON when asked for, else its lines. */
  answer(value: unknown, lines: readonly string[]): void {
    const text = this.json ? JSON.stringify(value) : lines.join('\n');
    if (text !== '') process.stdout.write(`${text}\n`);
  }

  /** What happens on the way, beside the answer. */
  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }
}
