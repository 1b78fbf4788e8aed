import 'reflect-metadata';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import { createApp } from '../src/app';
import { ActivitiesService } from '../src/modules/activities';
import { SessionsService } from '../src/modules/identity';
import { ProtocolsService, shippedProtocols } from '../src/modules/pathways';
import { Actor } from '../src/platform/access/actor';
import { loadConfig } from '../src/platform/config';
import { Database } from '../src/platform/database/database';
import { isId, newId } from '../src/platform/id';
import { fill, type Filled } from './fill';
import { benchServer, type BenchServer } from './server';
import { medians, statementsOf, type Statement } from './statements';

const SIZES = [10_000, 100_000];
const ROUNDS = 60;
const PAGES = ['/today', '/caseload'];
const agent = new Agent({ keepAlive: true });

interface Line {
  what: string;
  value: string;
  bound: string;
  within: boolean;
}

/** One size of table, with the product on it twice: as it runs, and as the owner, whom row-level security does not hold. */
interface Site {
  size: number;
  app: NestExpressApplication;
  withoutWall: NestExpressApplication;
  bare: Client;
  filled: Filled;
  get: (path: string) => Promise<void>;
  getWithoutWall: (path: string) => Promise<void>;
}

/** `npm run bench`: ratios between what the product does and the bare SQL that it needs. All sizes stand side by side and take turns. */
async function main(): Promise<void> {
  const server = await benchServer();
  const sites: Site[] = [];
  const lines: Line[] = [];
  try {
    for (const size of SIZES) sites.push(await site(server, size));
    const [small, large] = sites as [Site, Site];
    for (const page of PAGES) lines.push(...await compared(page, small, large));
    // Two pages that differ by little: only many rounds tell the difference from the machine's moods.
    const walls = await medians(4 * ROUNDS, sites.flatMap(({ get, getWithoutWall }) => [() => get('/caseload'), () => getWithoutWall('/caseload')]));
    for (const [index, { size }] of sites.entries()) lines.push(atMost(`/caseload, ${size}, row-level security on against off`, walls[2 * index]! / walls[2 * index + 1]!));
    for (const each of sites) lines.push(await contacts(each));
    for (const { bare, withoutWall, app } of sites) {
      await bare.end();
      await withoutWall.close();
      await app.close();
    }
  } finally {
    await server.close();
    agent.destroy();
  }
  const wide = Math.max(...lines.map(({ what }) => what.length));
  for (const { what, value, bound, within } of lines) console.log(`${what.padEnd(wide)}  ${value.padStart(26)}  ${bound.padEnd(18)}  ${within ? 'within' : 'OVER'}`);
}

async function site(server: BenchServer, size: number): Promise<Site> {
  console.error(`filling ${size} enrolments …`);
  const { appUrl, ownerUrl } = await server.database(`bench_${size}`);
  const config = loadConfig({ LOG_LEVEL: 'error', PORT: '3999' });
  const parts = { config, keys: { context: server.keys.context, app: server.keys.app } };
  const app = await createApp({ ...parts, databaseUrl: appUrl });
  const filled = await fill(ownerUrl, size, await protocol(app));
  const bare = new Client({ connectionString: ownerUrl });
  // The server may end before this connection does: that is not what this measures.
  bare.on('error', () => undefined);
  await bare.connect();
  const withoutWall = await createApp({ ...parts, databaseUrl: ownerUrl });
  return { size, app, withoutWall, bare, filled, get: await listening(app, filled), getWithoutWall: await listening(withoutWall, filled) };
}

/** A page against its own statements at both sizes, and the sizes against each other. */
async function compared(page: string, small: Site, large: Site): Promise<Line[]> {
  const needed = async ({ get }: Site): Promise<Statement[]> => (await statementsOf(() => get(page))).filter(({ text }) => !/\b(session|access_token)\b/.test(text));
  const [ofSmall, ofLarge] = [await needed(small), await needed(large)];
  const [few, fewSql, many, manySql] = await medians(ROUNDS, [() => small.get(page), () => replay(small.bare, ofSmall), () => large.get(page), () => replay(large.bare, ofLarge)]);
  const line = (size: number, whole: number, sql: number): Line => (
    { what: `${page}, ${size} enrolments`, value: `${whole.toFixed(1)} ms : ${sql.toFixed(1)} ms SQL`, bound: '≤ 3 × SQL + 5 ms', within: whole <= 3 * sql + 5 });
  return [line(small.size, few, fewSql), line(large.size, many, manySql), atMost(`${page} at ${large.size} against ${small.size} enrolments`, many / few)];
}

const atMost = (what: string, ratio: number): Line => ({ what, value: `${ratio.toFixed(2)} ×`, bound: '≤ 1.3 ×', within: ratio <= 1.3 });

/** A published protocol of employment advice. */
async function protocol(app: NestExpressApplication): Promise<string> {
  const system = Actor.system('protocols');
  const document = shippedProtocols().find((one) => one.pathway === 'employment-advice' && one.version === 1)!;
  return (await app.get(Database, { strict: false }).write(system, () => app.get(ProtocolsService, { strict: false }).install(system, document))).id;
}

async function listening(app: NestExpressApplication, { coach, membership }: Filled): Promise<(path: string) => Promise<void>> {
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const secret = await app.get(Database, { strict: false }).write(Actor.system('sign-in'), () => app.get(SessionsService, { strict: false }).start(coach, membership, 'bench'));
  return (path) => new Promise((done, failed) => {
    request({ agent, host: '127.0.0.1', port, path, headers: { cookie: `sid=${secret}; lang=fr` } }, (response) => {
      response.resume();
      response.once('end', () => (response.statusCode === 200 ? done() : failed(new Error(`${path}: ${response.statusCode ?? 0}`))));
    }).once('error', failed).end();
  });
}

async function replay(bare: Client, statements: readonly Statement[]): Promise<void> {
  for (const { text, values } of statements) await bare.query(text, values);
}

/** "Log a contact" as a service call, against its own inserts and updates by bare `pg` in one transaction. */
async function contacts({ app, bare, filled, size }: Site): Promise<Line> {
  const actor = new Actor({ id: filled.coach, role: 'coach', service: filled.service, scope: filled.service, name: 'Coach 0', timeZone: 'Europe/Paris' });
  const log = (): Promise<unknown> => app.get(Database, { strict: false }).write(actor, () => app.get(ActivitiesService, { strict: false }).log(actor, {
    participantIds: [filled.participant], kind: 'phone', minutes: 15, outcome: 'done', note: 'A note',
  }));
  const writes = (await statementsOf(log)).filter(({ text }) => /^\s*(insert|update)/i.test(text));
  const ids = new Set(writes.map(({ values }) => values[0]).filter((id) => isId(id) && id !== filled.participant && id !== filled.coach && id !== filled.service));
  const insert = async (): Promise<void> => {
    const fresh = new Map([...ids].map((id) => [id, newId()]));
    await bare.query('begin');
    for (const { text, values } of writes) await bare.query(text, values.map((value) => fresh.get(value) ?? value));
    await bare.query('commit');
  };
  const [service, sql] = await medians(ROUNDS, [log, insert]);
  const ratio = sql / service;
  return { what: `a contact, ${size}: bare inserts against the service`, value: `${ratio.toFixed(2)} × (${sql.toFixed(1)} : ${service.toFixed(1)} ms)`, bound: '≥ 0.4 ×', within: ratio >= 0.4 };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
