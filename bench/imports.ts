import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { CommitsService, ImportsService } from '../src/modules/imports';
import { ProtocolsService } from '../src/modules/pathways';
import { Actor } from '../src/platform/access/actor';
import type { Config } from '../src/platform/config';
import { Database } from '../src/platform/database/database';
import { connected } from '../src/platform/database/roles';
import { newId } from '../src/platform/id';
import { fileAt } from '../src/platform/web/uploads';
import type { Client } from 'pg';
import { createApp } from '../src/app';
import { fill } from './fill';
import type { Line } from './lines';
import type { BenchServer } from './server';
import { statementsOf, type Statement } from './statements';

const ROWS = 20_000;
const ROUNDS = 2;
const MEGABYTE = 1_048_576;
/** Milliseconds between two looks at the memory. */
const LOOK = 20;

/**
 * A register of 20,000 new people: what its commit writes, against the same inserts by bare `pg` in one transaction on a copy of the same database, as the owner, whom row-level security does not hold;
 * and what the process holds at its highest, from the file's arrival to the commit, above what it held before.
 */
export async function imports(server: BenchServer, config: Config, versionOf: (app: NestExpressApplication) => Promise<string>): Promise<Line[]> {
  console.error(`importing ${ROWS} rows …`);
  const path = join(tmpdir(), `jalon-bench-${newId()}.csv`);
  await writeFile(path, register());
  const { manager, run } = await previewed(server, config, versionOf, path);
  const commits = async (measure: (commit: () => Promise<void>) => Promise<void>): Promise<void> => {
    const { appUrl } = await server.copy('bench_import', `bench_import_${(copies += 1)}`);
    const app = await createApp({ config, databaseUrl: appUrl, keys: { context: server.keys.context, app: server.keys.app } });
    await measure(async () => {
      const database = app.get(Database, { strict: false });
      await database.write(manager, () => app.get(CommitsService, { strict: false }).begin(manager, run.id, run.version));
      await app.get(CommitsService, { strict: false }).ended(run.id);
      const { state, done } = await database.read(manager, () => app.get(ImportsService, { strict: false }).open(manager, run.id));
      if (state !== 'committed' || done !== ROWS) throw new Error(`the import ended as ${state} after ${done} rows`);
    });
    await app.close();
  };
  let copies = 0;
  let most = run.most;
  await commits(async (commit) => {
    most = Math.max(most, await highest(commit));
  });
  const memory = (most - run.idle) / MEGABYTE;
  // Only after the memory was measured: what is written down of every statement is ten times the file.
  let statements: Statement[] = [];
  await commits(async (commit) => {
    statements = (await statementsOf(commit)).filter(({ text }) => /^\s*insert|app\.learn_sizes/i.test(text));
  });
  const [services, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await commits(async (commit) => void services.push(await taken(commit)));
    const { ownerUrl } = await server.copy('bench_import', `bench_import_${(copies += 1)}`);
    await connected(ownerUrl, async (owner) => void bare.push(await taken(() => inserted(owner, statements))));
  }
  const [service, sql] = [Math.min(...services), Math.min(...bare)];
  return [
    { what: `import of ${ROWS} rows: bare inserts against the commit`, value: `${(sql / service).toFixed(2)} × (${(sql / 1000).toFixed(1)} : ${(service / 1000).toFixed(1)} s)`, bound: '≥ 0.3 ×', within: sql / service >= 0.3 },
    { what: `import of ${ROWS} rows: memory above idle`, value: `${memory.toFixed(0)} MB`, bound: '≤ 256 MB', within: memory <= 256 },
  ];
}

/** The file received and previewed, in a database that then stands by to be copied. */
async function previewed(server: BenchServer, config: Config, versionOf: (app: NestExpressApplication) => Promise<string>, path: string): Promise<{ manager: Actor; run: { id: string; version: number; idle: number; most: number } }> {
  const { appUrl, ownerUrl } = await server.database('bench_import');
  const app = await createApp({ config, databaseUrl: appUrl, keys: { context: server.keys.context, app: server.keys.app } });
  const version = await versionOf(app);
  const filled = await fill(ownerUrl, 1, version);
  const system = Actor.system('protocols');
  const database = app.get(Database, { strict: false });
  await database.write(system, () => app.get(ProtocolsService, { strict: false }).adopt(system, { programmeId: filled.programme, versionId: version }));
  const manager = new Actor({ id: filled.manager, role: 'manager', service: filled.service, scope: filled.service, name: 'Manager', timeZone: 'Europe/Paris' });
  const service = app.get(ImportsService, { strict: false });
  const run = { id: '', version: 0, idle: process.memoryUsage.rss(), most: 0 };
  run.most = await highest(async () => {
    await database.write(manager, async () => {
      run.id = await service.receive(manager, await fileAt(path));
    });
    await database.write(manager, async () => {
      const counts = await service.previewGuessed(manager, run.id, { coachId: filled.coach, operationId: filled.operation, source: 'other' });
      if (counts.new !== ROWS) throw new Error(`of ${ROWS} rows only ${counts.new} are new`);
    });
    run.version = (await database.read(manager, () => service.open(manager, run.id))).version;
  });
  await app.close();
  return { manager, run };
}

/** All of them in one transaction. Where the import lets the server learn how large the tables have become, so does this: without it the keys are looked up row by row. */
async function inserted(owner: Client, statements: readonly Statement[]): Promise<void> {
  await owner.query('begin');
  for (const { text, values } of statements) await (text.includes('app.learn_sizes') ? owner.query('analyze') : owner.query(text, values));
  await owner.query('commit');
}

async function taken(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The most that this process held while `work` went on, in bytes. */
async function highest(work: () => Promise<void>): Promise<number> {
  let most = 0;
  let over = false;
  const looking = (async () => {
    for (; !over; await wait(LOOK)) most = Math.max(most, process.memoryUsage.rss());
  })();
  await work();
  over = true;
  await looking;
  return most;
}

/** Everybody has a name, a birth, a phone and a day of their own, so that nobody is taken for somebody else. */
function register(): string {
  const lines = Array.from({ length: ROWS }, (_, n) => {
    const day = new Date(Date.UTC(1970, 0, 1) + n * 86_400_000 % (12_000 * 86_400_000)).toISOString().slice(0, 10).split('-').reverse().join('/');
    return [`Prénom${letters(n)}`, `Nom${letters(n * 7 + 3)}`, day, n % 2 ? 'F' : 'H', ['moteur', 'visuel', 'auditif'][n % 3], `06${String(10_000_000 + n * 97).slice(0, 8)}`, `${String(1 + n % 28).padStart(2, '0')}/03/2026`, 'emploi'].join(';');
  });
  return ['Prénom;Nom;Date de naissance;Sexe;Handicap;Téléphone;Date d\'entrée;Parcours', ...lines].join('\r\n');
}

const letters = (n: number): string => [...n.toString(26)].map((digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('');
