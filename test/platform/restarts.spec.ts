import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { newId } from '../../src/platform/id';
import { startApp, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import { freePort } from '../support/ports';

const ROOT = join(__dirname, '../..');
const RESTARTS = 2;

interface Answer {
  status: number;
  text: string;
  connection: string | undefined;
}
interface Sent {
  token?: string;
  body?: object;
  /** Keeps its connections; without one each request has its own. */
  agent?: Agent;
}

/** One web process as a supervisor starts and stops it. */
class Web {
  private static readonly started: Web[] = [];

  private constructor(
    private readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start({ postgres }: TestApp): Promise<Web> {
    const port = await freePort();
    const env = { PATH: process.env.PATH, DATABASE_URL: postgres.appUrl, JALON_STATE: postgres.state, PORT: String(port), LOG_LEVEL: 'error', POOL_SIZE: '4' };
    const web = new Web(port, spawn(process.execPath, [join(ROOT, 'dist/main.js')], { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] }));
    Web.started.push(web);
    for (let turn = 0; turn < 1_200; turn += 1) {
      if (await web.ready()) return web;
      await wait(50);
    }
    throw new Error('the web process was not ready within a minute');
  }

  /** Leaves none behind, whatever failed. */
  static endAll(): void {
    for (const { child } of Web.started) child.kill('SIGKILL');
  }

  /** What a balancer asks. */
  async ready(): Promise<boolean> {
    return (await this.send('GET', '/readyz').catch(() => null))?.status === 200;
  }

  send(method: string, path: string, { token, body, agent = new Agent({ keepAlive: false }) }: Sent = {}): Promise<Answer> {
    const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) };
    return new Promise((done, failed) => {
      request({ host: '127.0.0.1', port: this.port, method, path, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done({ status: response.statusCode!, text: Buffer.concat(chunks).toString(), connection: response.headers.connection }));
        response.on('error', failed);
      }).on('error', failed).end(body && JSON.stringify(body));
    });
  }

  /** Asks it to end; answers its exit code. */
  async stop(): Promise<unknown> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    return (await ended)[0];
  }
}

describe('one process after another on the same database', () => {
  let app: TestApp;
  beforeAll(async () => {
    expect(spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--quiet', '--code'], { encoding: 'utf8' }).stderr).toBe('');
    app = await startApp();
  }, 60_000);
  afterAll(async () => {
    Web.endAll();
    await app.close();
  });

  it('lose no request that one of them took, under load', async () => {
    const { ana } = await app.world();
    const person = await aParticipant(app, ana);
    const { token } = await app.api(ana);
    const aContact = (note: string): Sent => ({ token, body: { kind: 'phone', minutes: 5, outcome: 'done', note, participantIds: [person] } });
    let serving = [await Web.start(app)];
    let going = true;
    const wrong: string[] = [];
    const done: string[] = [];
    let letGo = 0;
    const client = async (agent?: Agent): Promise<void> => {
      for (let turn = 0; going; turn += 1) {
        const web = serving[turn % serving.length]!;
        const note = `restart ${newId()}`;
        try {
          const answer = await (turn % 2 ? web.send('GET', '/api/v1/caseload', { token, agent }) : web.send('POST', '/api/v1/activities', { ...aContact(note), agent }));
          if (answer.status >= 300) wrong.push(`${answer.status} ${answer.text.slice(0, 200)}`);
          else if (turn % 2 === 0) done.push(note);
          if (agent && answer.connection === 'close') letGo += 1;
        } catch (error) {
          // A door that is shut is tried at the next one: nothing was taken.
          if ((error as { code?: string }).code !== 'ECONNREFUSED') wrong.push(String(error));
        }
      }
    };
    const load = [...Array.from({ length: 4 }, () => client()), ...Array.from({ length: 2 }, () => client(new Agent({ keepAlive: true, maxSockets: 1 })))];
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const [leaving] = serving as [Web];
      const next = await Web.start(app);
      serving = [leaving, next];
      const ended = leaving.stop();
      // The balancer asks now and then; until it knows, people are served, and those who keep a connection are told to look for another.
      const before = letGo;
      while (letGo === before || await leaving.ready()) await wait(20);
      serving = [next];
      expect(await ended).toBe(0);
    }
    going = false;
    await Promise.all(load);
    expect(wrong).toEqual([]);
    const notes = new Set((await app.rows<{ note: string }>("select note from activity where note like 'restart %'")).map(({ note }) => note));
    expect([done.length > 20, done.filter((note) => !notes.has(note)), notes.size]).toEqual([true, [], done.length]);

    // What runs when the process is asked to end is finished, however long nobody else comes.
    const owner = new Client({ connectionString: app.postgres.ownerUrl });
    await owner.connect();
    await owner.query('begin; lock table agenda_entry in share mode');
    const last = serving[0]!.send('POST', '/api/v1/activities', aContact('restart last'));
    const isWaiting = async (): Promise<boolean> => (await owner.query("select from pg_locks where not granted and relation = 'agenda_entry'::regclass")).rowCount === 1;
    while (!(await isWaiting())) await wait(20);
    const ended = serving[0]!.stop();
    while (await serving[0]!.ready()) await wait(50);
    await owner.query('rollback');
    await owner.end();
    expect((await last).status).toBe(201);
    expect(await ended).toBe(0);
  }, 180_000);
});
