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
import { fill, hire, tenYears, type Filled } from './fill';
import { imports } from './imports';
import { atMost, print, type Line } from './lines';
import { benchServer, type BenchServer } from './server';
import { medians, statementsOf, type Statement } from './statements';
import { world } from './world';

const SIZES = [10_000, 100_000];
const ROUNDS = 60;
/** A report is one large statement: few rounds tell as much. */
const REPORT_ROUNDS = 8;
const PAGES = ['/today', '/caseload'];
const REPORTS = ['/reports/retention', '/reports/retention?measure=chain'];
const config = loadConfig({ LOG_LEVEL: 'error', PORT: '3999' });
const agent = new Agent({ keepAlive: true });

/** One size of table, with the product on it twice: as it runs, and as the owner, whom row-level security does not hold. */
type Get = (path: string) => Promise<void>;
interface Site {
  size: number;
  app: NestExpressApplication;
  withoutWall: NestExpressApplication;
  bare: Client;
  filled: Filled;
  get: Get;
  getWithoutWall: Get;
  /** As the manager, who sees the reports of the service. */
  getReport: Get;
}

/** What to measure: all of it, or only these, named on the command line. */
const wanted = (part: string): boolean => process.argv.length < 3 || process.argv.includes(part);

/** `npm run bench`: ratios between what the product does and the bare SQL that it needs. */
async function main(): Promise<void> {
  const server = await benchServer();
  const lines: Line[] = [];
  try {
    if (wanted('imports')) lines.push(...await imports(server, config, protocol));
    if (wanted('world')) lines.push(await world(server, config));
    if (wanted('pages')) lines.push(...await pages(server));
  } finally {
    await server.close();
    agent.destroy();
  }
  print(lines);
}

/** All sizes stand side by side and take turns. */
async function pages(server: BenchServer): Promise<Line[]> {
  const sites: Site[] = [];
  const lines: Line[] = [];
  for (const size of SIZES) sites.push(await site(server, size));
  const [small, large] = sites as [Site, Site];
  for (const page of PAGES) lines.push(...await compared(page, small, large));
  lines.push(...await tenYearsOf(small, large));
  for (const report of REPORTS) lines.push(...await reported(report, small, large));
  // Two pages that differ by little: only many rounds tell the difference from the machine's moods.
  const walls = await medians(4 * ROUNDS, sites.flatMap(({ get, getWithoutWall }) => [() => get('/caseload'), () => getWithoutWall('/caseload')]));
  for (const [index, { size }] of sites.entries()) lines.push(atMost(`/caseload, ${size}, row-level security on against off`, walls[2 * index]! / walls[2 * index + 1]!));
  for (const each of sites) lines.push(await contacts(each));
  for (const { bare, withoutWall, app } of sites) {
    await bare.end();
    await withoutWall.close();
    await app.close();
  }
  return lines;
}

async function site(server: BenchServer, size: number): Promise<Site> {
  console.error(`filling ${size} enrolments …`);
  const { appUrl, ownerUrl } = await server.database(`bench_${size}`);
  const parts = { config, keys: { context: server.keys.context, app: server.keys.app } };
  const app = await createApp({ ...parts, databaseUrl: appUrl });
  const filled = await fill(ownerUrl, size, await protocol(app));
  await hire(ownerUrl, filled);
  await tenYears(ownerUrl, filled);
  const bare = new Client({ connectionString: ownerUrl });
  // The server may end before this connection does: that is not what this measures.
  bare.on('error', () => undefined);
  await bare.connect();
  const withoutWall = await createApp({ ...parts, databaseUrl: ownerUrl });
  const manager = { coach: filled.manager, membership: filled.managership };
  return { size, app, withoutWall, bare, filled, get: await listening(app, filled), getWithoutWall: await listening(withoutWall, filled), getReport: await listening(app, manager) };
}

/** A page against its own statements at both sizes, and the sizes against each other. */
async function compared(page: string, small: Site, large: Site): Promise<Line[]> {
  const [few, fewSql, many, manySql] = await besideSql(small.get, large.get, [page, page], small, large);
  return [...[[small, few, fewSql] as const, [large, many, manySql] as const].map(([{ size }, whole, sql]) => threefold(`${page}, ${size} enrolments`, whole, sql)), atMost(`${page} at ${large.size} against ${small.size} enrolments`, many / few)];
}

/** The page of somebody who has been accompanied for ten years. */
async function tenYearsOf(small: Site, large: Site): Promise<Line[]> {
  const [few, fewSql, many, manySql] = await besideSql(small.get, large.get, [`/participants/${small.filled.veteran}`, `/participants/${large.filled.veteran}`], small, large);
  return [threefold(`a person with ten years, ${small.size} enrolments`, few, fewSql), threefold(`a person with ten years, ${large.size} enrolments`, many, manySql)];
}

async function reported(report: string, small: Site, large: Site): Promise<Line[]> {
  const [few, fewSql, many, manySql] = await besideSql(small.getReport, large.getReport, [report, report], small, large, REPORT_ROUNDS);
  return [[small, few, fewSql] as const, [large, many, manySql] as const].map(([{ size }, whole, sql]) => (
    { what: `${report}, ${size} placements`, value: `${whole.toFixed(1)} ms : ${sql.toFixed(1)} ms SQL`, bound: '≤ 2 × SQL + 20 ms', within: whole <= 2 * sql + 20 }));
}

/** Medians, in turns: the page and its statements by bare `pg`, as the owner, at each size. */
async function besideSql(fromSmall: Get, fromLarge: Get, [smallPath, largePath]: readonly [string, string], small: Site, large: Site, rounds = ROUNDS): Promise<readonly [number, number, number, number]> {
  const needed = async (get: Get, path: string): Promise<Statement[]> => (await statementsOf(() => get(path))).filter(({ text }) => !/\b(session|access_token)\b|^\s*insert/i.test(text));
  const [ofSmall, ofLarge] = [await needed(fromSmall, smallPath), await needed(fromLarge, largePath)];
  return medians(rounds, [() => fromSmall(smallPath), () => replay(small.bare, ofSmall), () => fromLarge(largePath), () => replay(large.bare, ofLarge)]);
}

const threefold = (what: string, whole: number, sql: number): Line => ({ what, value: `${whole.toFixed(1)} ms : ${sql.toFixed(1)} ms SQL`, bound: '≤ 3 × SQL + 5 ms', within: whole <= 3 * sql + 5 });

/** A published protocol of employment advice. */
async function protocol(app: NestExpressApplication): Promise<string> {
  const system = Actor.system('protocols');
  const document = shippedProtocols().find((one) => one.pathway === 'employment-advice' && one.version === 1)!;
  return (await app.get(Database, { strict: false }).write(system, () => app.get(ProtocolsService, { strict: false }).install(system, document))).id;
}

async function listening(app: NestExpressApplication, { coach, membership }: Pick<Filled, 'coach' | 'membership'>): Promise<Get> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
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
