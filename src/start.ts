import { loadConfigFile } from './platform/config';
import { openDatabase, setUp } from './platform/database/open';
import { endOnSignal, fail } from './platform/ending';
import { serve, type Web } from './main';
import { ACCOUNTS, PASSWORD } from './worlds/cjei/accounts';
import { fillDemonstration, installProtocols, isEmpty, isThere } from './worlds/demonstration';
import type { INestApplicationContext } from '@nestjs/common';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: the server, the migrations, then the web process. */
async function start(): Promise<void> {
  const config = loadConfigFile();
  let web: Web | null = null;
  const opening = openDatabase(config, 'start', say);
  // From the first moment: whatever is begun by then is closed, and so is the server that is just starting.
  const isEnding = endOnSignal(async () => {
    say('stopping');
    await web?.close();
    await opening.then((database) => database.close(), () => undefined);
  });
  try {
    const database = await told('starting the database', opening);
    if (database.ownerUrl) {
      const applied = await told('migrating', setUp(database, database.ownerUrl, false));
      if (applied.length > 0) say(`migrated to ${applied.at(-1)}`);
    }
    web = await told('starting the web process', serve(config, database.runtimeUrl, database.keys));
    await told('installing the protocols', installProtocols(web.app));
    const shows = await demonstration(web.app, config.demonstration && !config.secure);
    say(`Jalon: ${config.url}`);
    if (shows) signIns();
  } catch (error) {
    if (isEnding()) return; // what was begun was closed under its feet
    await opening.then((database) => database.close(), () => undefined);
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
