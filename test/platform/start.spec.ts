import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '../../src/main';
import { ActivitiesService } from '../../src/modules/activities';
import { loadConfig } from '../../src/platform/config';
import { openDatabase } from '../../src/platform/database/open';
import { Server } from '../../src/platform/database/server';
import { Keys } from '../../src/platform/keys';
import type { Stop } from '../../src/platform/stop';
import { fillDemonstration, installProtocols, isEmpty } from '../../src/worlds/demonstration';
import { startApp } from '../support/app';
import { freePort } from '../support/ports';
import { cloneDatabase } from '../support/postgres';

const ROOT = join(__dirname, '../..');
const base = mkdtempSync(join(tmpdir(), 'jalon-start-spec-'));
chmodSync(base, 0o711); // under root the server runs as nobody
const state = join(base, 'state');
const started: ChildProcess[] = [];

beforeAll(() => {
  expect(spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet', '--code'], { encoding: 'utf8' }).stderr).toBe('');
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await Server.stop(state);
  rmSync(base, { recursive: true, force: true });
});

/** What an operator is told who must do something first. */
const told = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', ({ exitCode, message }: Stop) => `${exitCode}: ${message}`);

describe('npm start', () => {
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/start.js')], {
      cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH, JALON_STATE: state, LOG_LEVEL: 'error', PORT: String(await freePort()), JALON_DEMO: 'off' },
    });
    started.push(child);
    return child;
  };
  const isReady = (): boolean => existsSync(join(state, 'data', 'postmaster.pid')) && /ready/.test(readFileSync(join(state, 'data', 'postmaster.pid'), 'utf8'));
  /** Neither a server nor a mark of the one that was. */
  const leftBehind = (): string[] => [...readdirSync(state), ...readdirSync(join(state, 'data'))].filter((name) => name.includes('.lock') || name === 'postmaster.pid');

  it('stops what it has begun when it is interrupted before it is done', async () => {
    const child = await start();
    for (let turn = 0; turn < 600 && !isReady(); turn += 1) await wait(50);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(leftBehind()).toEqual([]);
  }, 60_000);

  it('stops when its terminal is closed, though nobody hears it any more', async () => {
    const child = await start();
    for await (const line of child.stdout!) if (String(line).includes('Jalon: http')) break; // leaving the loop closes the pipe
    const ended = once(child, 'exit');
    child.kill('SIGHUP');
    expect(await ended).toEqual([0, null]);
    expect(leftBehind()).toEqual([]);
  }, 60_000);

  it('says what to do about a folder that it cannot use', async () => {
    const data = join(state, 'data');
    const { uid, gid } = statSync(data);
    const opening = (at = state): Promise<string> => told(openDatabase(loadConfig({ JALON_STATE: at }), 'start', () => undefined));
    chmodSync(data, 0o755);
    expect(await opening()).toBe(`3: ${data} is open to others (mode 755). Run: chmod 700 '${data}'`);
    chmodSync(data, 0o700);
    if (process.getuid?.() === 0) {
      chownSync(data, 1, 1);
      expect(await opening()).toBe(`3: ${data} belongs to the user 1; PostgreSQL would run as the user ${uid} (nobody, because root starts it). Start as its owner, or run: chown -R ${uid} '${data}'`);
      chownSync(data, uid, gid);
    }
    const file = join(base, 'file');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'below')]) expect(await opening(place)).toMatch(`3: The folder ${place} cannot be written (E`);
    if (process.getuid?.() !== 0) {
      mkdirSync(join(base, 'closed'), { mode: 0o500 });
      expect(await opening(join(base, 'closed'))).toMatch('cannot be written (EACCES)');
    }
  });
});

describe('the web process', () => {
  it('says what to change where it cannot listen', async () => {
    const { appUrl, state: keys, drop } = await cloneDatabase();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const serving = (env: Record<string, string>): Promise<string> => told(serve(loadConfig({ LOG_LEVEL: 'silent', ...env }), appUrl, new Keys(keys)));
    expect(await serving({ PORT: String((other.address() as AddressInfo).port) })).toMatch(/^3: Port \d+ of 127.0.0.1 is taken by another program\. Set PORT/);
    expect(await serving({ HOST: '192.0.2.1' })).toMatch(/^3: This machine has no address 192.0.2.1\. Set HOST/);
    expect(await serving({ HOST: 'nowhere.invalid' })).toMatch(/^3: The name nowhere.invalid (is unknown|cannot be looked up)\. Set HOST/);
    other.close();
    await drop();
  });
});

describe('the demonstration', () => {
  it('is there whole or not at all', async () => {
    const app = await startApp();
    await installProtocols(app.nest);
    const log = jest.spyOn(app.get(ActivitiesService), 'log');
    log.mockRejectedValue(new Error('cut off in the middle'));
    await expect(fillDemonstration(app.nest)).rejects.toThrow('cut off');
    expect([await isEmpty(app.nest), await app.rows('select from federation')]).toEqual([true, []]);
    log.mockRestore();
    await fillDemonstration(app.nest);
    expect(await app.rows('select (select count(*)::int from federation) as federations, (select count(*)::int > 15 from participant) as people')).toEqual([{ federations: 1, people: true }]);
    await app.close();
  });
});
