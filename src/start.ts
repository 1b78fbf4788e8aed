import { loadConfigFile } from './platform/config';
import { openDatabase, setUp } from './platform/database/open';
import { endOnSignal, fail } from './platform/ending';
import { serve } from './main';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: the server, the migrations, then the web process. */
async function start(): Promise<void> {
  const config = loadConfigFile();
  const database = await told('starting the database', openDatabase(config, 'start', say));
  try {
    if (database.ownerUrl) {
      const applied = await told('migrating', setUp(database, database.ownerUrl, false));
      if (applied.length > 0) say(`migrated to ${applied.at(-1)}`);
    }
    const web = await told('starting the web process', serve(config, database.runtimeUrl, database.keys));
    endOnSignal(async () => {
      say('stopping');
      await web.close();
      await database.close();
    });
    say(`Jalon: ${config.url}`);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A line about what takes longer than a second. */
async function told<T>(what: string, work: Promise<T>): Promise<T> {
  const line = setTimeout(() => say(`${what} …`), 1_000);
  try {
    return await work;
  } finally {
    clearTimeout(line);
  }
}

start().catch(fail);
