import { setTimeout as wait } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import type supertest from 'supertest';
import { DataSource } from 'typeorm';
import { Actor } from '../../src/platform/access/actor';
import { problemOfDatabase } from '../../src/platform/database/sqlstate';
import { newId } from '../../src/platform/id';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import { OwnServer } from '../support/own-server';

/** A contact that was sent, with its own words and key; `status` once it was answered. */
interface Sent {
  note: string;
  key: string;
  page: boolean;
  status: number;
}
const POOL = 4;

describe('when the database fails', () => {
  let server: OwnServer;
  let app: TestApp;
  let person: string;
  let browser: Browser;
  let caller: Caller;

  beforeAll(async () => {
    server = await OwnServer.start();
    app = await startApp({ postgres: server.database, env: { POOL_SIZE: String(POOL) } });
    const { ana } = await app.world();
    person = await aParticipant(app, ana);
    browser = await app.as(ana);
    caller = await app.api(ana);
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  const aContact = (page: boolean): Sent => ({ note: `contact ${newId()}`, key: newId(), page, status: 0 });
  /** By the form of a page, or by a call. */
  const log = ({ note, key, page }: Sent): supertest.Test => (page
    ? browser.post('/activities/new', { kind: 'phone', minutes: '5', outcome: 'done', note, participantIds: person, _key: key })
    : caller.post('/api/v1/activities', { kind: 'phone', minutes: 5, outcome: 'done', note, participantIds: [person] }).set('Idempotency-Key', key));
  const isDone = ({ page, status }: Pick<Sent, 'page' | 'status'>): boolean => status === (page ? 303 : 201);
  const readings = (): supertest.Test[] => [browser.get('/today'), browser.get(`/participants/${person}`), caller.get('/api/v1/caseload')];
  /** Says whose fault it is and when to come again: a document to a program, a page to a person. */
  const isClear = ({ status, headers, text }: supertest.Response): boolean => status === 503 && headers['retry-after'] === '2'
    && (headers['content-type']!.startsWith('application/problem+json') ? /unavailable$|^busy$/.test((JSON.parse(text) as { code: string }).code) : /^<!doctype html>[^]*<h1/.test(text));
  const health = async (): Promise<number[]> => [(await app.stranger().get('/healthz')).status, (await app.stranger().get('/readyz')).status];
  const until = async (what: string, is: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 600; turn += 1) {
      if (await is()) return;
      await wait(50);
    }
    throw new Error(`waited half a minute for ${what}`);
  };
  /** Nobody holds a connection or waits for one. */
  const expectWholePool = (): void => {
    const { totalCount, idleCount, waitingCount } = (app.nest.get(DataSource).driver as unknown as { master: Pool }).master;
    expect({ waitingCount, lent: totalCount - idleCount, tooMany: totalCount > POOL }).toEqual({ waitingCount: 0, lent: 0, tooMany: false });
  };
  /** How often each contact is there, and how many are there without the person or the trace that belong to them. */
  const kept = async (): Promise<{ times: Map<string, number>; halves: number }> => {
    const rows = await app.rows<{ note: string; times: number; whole: boolean }>(`select note, count(*)::int as times, bool_and(exists (select from activity_participant p where p.activity_id = a.id)
      and exists (select from audit_event e where e.subject_id = a.id and e.action = 'activity.logged')) as whole from activity a where note like 'contact %' group by note`);
    return { times: new Map(rows.map(({ note, times }) => [note, times])), halves: rows.filter(({ whole }) => !whole).length };
  };

  it('by a crash under load: what was acknowledged is there, nothing by half, and it goes on by itself', async () => {
    const sent: Sent[] = [];
    const odd: string[] = [];
    let going = true;
    const writing = async (page: boolean): Promise<void> => {
      while (going) {
        const one = aContact(page);
        const answer = await log(one);
        one.status = answer.status;
        sent.push(one);
        if (!isDone(one)) await wait(20); // the server starts on the same machine
        if (!isDone(one) && !isClear(answer)) odd.push(`${answer.status} ${answer.text.slice(0, 200)}`);
        if (page && isDone(one) && answer.headers.location!.startsWith('/sign-in')) odd.push('was sent to sign in');
      }
    };
    const reading = async (which: number): Promise<void> => {
      while (going) {
        const answer = await readings()[which]!;
        if (answer.status !== 200) await wait(20);
        if (answer.status !== 200 && !isClear(answer)) odd.push(`${answer.status} ${answer.text.slice(0, 200)}`);
      }
    };
    const load = [writing(true), writing(true), writing(false), writing(false), reading(0), reading(1), reading(2)];
    const done = (): number => sent.filter(isDone).length;
    for (let crash = 0; crash < 2; crash += 1) {
      const [before, refused] = [done(), sent.length - done()];
      await until('contacts', () => done() >= before + 20);
      server.kill();
      await until('a refusal', () => sent.length - done() > refused);
      const during = done();
      await until('contacts again', () => done() >= during + 20);
    }
    going = false;
    await Promise.all(load);
    expect(odd).toEqual([]);
    const { times, halves } = await kept();
    expect(halves).toBe(0);
    expect(sent.filter((one) => (isDone(one) ? times.get(one.note) !== 1 : (times.get(one.note) ?? 0) > 1))).toEqual([]);
    // Whoever was told to come again comes with the same key: then each is there, and once.
    for (const one of sent.filter((each) => !isDone(each))) expect(isDone({ ...one, status: (await log(one)).status })).toBe(true);
    const after = await kept();
    expect([after.halves, after.times.size, [...after.times.values()].filter((n) => n !== 1)]).toEqual([0, sent.length, []]);
    expect(server.said.filter((line) => line === 'the database ended unexpectedly; starting it again')).toHaveLength(2);
    expect(await health()).toEqual([200, 200]);
    expectWholePool();
  }, 120_000);

  it('by being stopped: the process lives and says that it cannot serve, until the database is back', async () => {
    await server.stop();
    expect(await health()).toEqual([200, 503]);
    const one = aContact(true);
    for (const answer of [await log(one), await log(aContact(false)), ...await Promise.all(readings())]) expect([answer.text.slice(0, 300), isClear(answer)]).toEqual([expect.anything(), true]);
    await server.startAgain();
    expect(await health()).toEqual([200, 200]);
    expect((await log(one)).status).toBe(303);
    expect(await kept()).toMatchObject({ halves: 0 });
    expectWholePool();
  });

  it('by the end of one connection in the middle of a unit: that unit alone is refused, and whole', async () => {
    const owner = new Client({ connectionString: server.database.ownerUrl });
    await owner.connect();
    // The unit waits for what is written last: the lock on the agenda comes after the activity itself.
    await owner.query('begin; lock table agenda_entry in share mode');
    const one = aContact(false);
    const answer = log(one).then((it) => it);
    await until('the unit to wait', async () => (await server.endConnections('waiting for a lock')) === 1);
    expect(isClear(await answer)).toBe(true);
    await owner.query('rollback');
    await owner.end();
    expect((await kept()).times.get(one.note)).toBeUndefined();
    expect((await log(one)).status).toBe(201);
    expect(await kept()).toMatchObject({ halves: 0 });
    expectWholePool();
  });

  it('by the end of a connection between two statements of a unit', async () => {
    const pool = (app.nest.get(DataSource).driver as unknown as { master: Pool }).master;
    const unit = app.database.read(Actor.system('health'), async () => {
      await app.database.sql('select 1');
      const before = pool.totalCount;
      expect(await server.endConnections('in a transaction')).toBe(1);
      await until('the driver to notice', () => pool.totalCount < before);
      await app.database.sql('select 1');
    });
    expect(problemOfDatabase(await unit.catch((error: unknown) => error))).toMatchObject({ status: 503, code: 'unavailable' });
    expectWholePool();
  });

  it('by having no connection left: whoever waits is told so within seconds, and the others go on', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((done) => { letGo = done; });
    const pool = (app.nest.get(DataSource).driver as unknown as { master: Pool }).master;
    const holding = Array.from({ length: POOL }, () => app.database.read(Actor.system('health'), () => held));
    await until('an empty pool', () => pool.idleCount === 0 && pool.totalCount === POOL);
    const asked = jest.spyOn(pool, 'connect');
    const answers = await Promise.all([...readings(), log(aContact(true)), log(aContact(false))]);
    expect(answers.map(isClear)).toEqual(answers.map(() => true));
    expect(asked).toHaveBeenCalledTimes(answers.length); // to wait a second time for the frame of the page helps nobody
    asked.mockRestore();
    letGo();
    await Promise.all(holding);
    expect(await Promise.all(readings().map(async (one) => (await one).status))).toEqual([200, 200, 200]);
    expect(await health()).toEqual([200, 200]);
    expectWholePool();
  });
});
