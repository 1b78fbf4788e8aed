import { loadConfigFile } from './platform/config';
import { openDatabase, setUp } from './platform/database/open';
import { endOnSignal, fail } from './platform/ending';
import { serve } from './main';
import { ACCOUNTS, fillDemonstration, installProtocols, isEmpty, isThere, PASSWORD } from './worlds/demonstration';
import type { INestApplicationContext } from '@nestjs/common';

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
    await told('installing the protocols', installProtocols(web.app));
    const shows = await demonstration(web.app, config.demonstration && !config.secure);
    say(`Jalon: ${config.url}`);
    if (shows) signIns();
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Fills an empty database, on this machine only: behind https there are real people. Says whether its accounts are there. */
async function demonstration(app: INestApplicationContext, wanted: boolean): Promise<boolean> {
  if (wanted && await isEmpty(app)) await told('filling a demonstration', fillDemonstration(app));
  return wanted && isThere(app);
}

function signIns(): void {
  say('');
  for (const { role, email, name } of ACCOUNTS) say(`  ${role.padEnd(14)} ${email.padEnd(40)} ${name}`);
  say(`  password       ${PASSWORD}`);
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
