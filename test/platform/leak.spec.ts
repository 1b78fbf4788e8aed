import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Actor } from '../../src/platform/access/actor';
import { ContextKey, signContext } from '../../src/platform/database/context';
import { dataSourceOptions } from '../../src/platform/database/data-source';
import { Database } from '../../src/platform/database/database';
import { connected } from '../../src/platform/database/roles';
import { newId } from '../../src/platform/id';
import { Keys } from '../../src/platform/keys';
import { SettableClock } from '../support/clock';
import { cloneDatabase, type TestDatabase } from '../support/postgres';

const UNITS = 5_000;
const AT_ONCE = 50;
const POOL = 5;
const TODAY = '2026-03-02';

interface Seen {
  id: string;
}

/** 8 services, 3 coaches in each, 4 people with each coach; rows made by the owner, past every wall. */
describe(`${UNITS} units of work, ${AT_ONCE} at once, on ${POOL} connections`, () => {
  let postgres: TestDatabase;
  let key: ContextKey;
  const coaches: Actor[] = [];
  const managers: Actor[] = [];
  const peopleOf = new Map<string, Set<string>>();

  beforeAll(async () => {
    postgres = await cloneDatabase();
    key = new ContextKey(new Keys(postgres.state).context);
    await connected(postgres.ownerUrl, async (owner) => {
      const federation = newId();
      await owner.query("insert into federation (id, name, country) values ($1, 'F', 'FR')", [federation]);
      for (let s = 0; s < 8; s += 1) {
        const service = newId();
        const manager = new Actor({ id: newId(), role: 'manager', service, scope: service });
        managers.push(manager);
        peopleOf.set(manager.id!, new Set());
        await owner.query("insert into service (id, key, federation_id, name, place, country, time_zone, language) values ($1::uuid, $1::uuid::text, $2, 'S', 'P', 'FR', 'UTC', 'fr')", [service, federation]);
        for (let c = 0; c < 3; c += 1) {
          const coach = new Actor({ id: newId(), role: 'coach', service, scope: service });
          coaches.push(coach);
          await owner.query("insert into app_user (id, email, name, language, created_at) values ($1, $2, 'C', 'fr', now())", [coach.id, `${coach.id}@example.org`]);
          const people = Array.from({ length: 4 }, () => newId());
          peopleOf.set(coach.id!, new Set(people));
          for (const id of people) {
            peopleOf.get(manager.id!)!.add(id);
            await owner.query(
              `insert into participant (id, service_id, given_names, family_names, search, born_precision, gender, document_kind, created_at) values ($1, $2, 'G', $3, 'g', 'unknown', 'x', 'none', now())`, [id, service, id]);
            await owner.query("insert into assignment (id, service_id, participant_id, coach_id, kind, from_on) values ($1, $2, $3, $4, 'lead', $5)", [newId(), service, id, coach.id, TODAY]);
          }
        }
      }
    });
  });
  afterAll(() => postgres.drop());

  /** Runs `work` for random people, `AT_ONCE` at a time; answers how many foreign rows they saw, and how many of their own they missed. */
  const storm = async (work: (actor: Actor, turn: number) => Promise<Seen[]>): Promise<{ foreign: number; missed: number; refused: number }> => {
    const found = { foreign: 0, missed: 0, refused: 0 };
    let left = UNITS;
    const everybody = [...coaches, ...managers];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (left > 0) {
        left -= 1;
        const actor = everybody[randomInt(everybody.length)]!;
        const own = peopleOf.get(actor.id!)!;
        try {
          const rows = await work(actor, left);
          const foreign = rows.filter(({ id }) => !own.has(id)).length;
          found.foreign += foreign;
          found.missed += own.size - (rows.length - foreign);
        } catch (error) {
          if ((error as { code?: string }).code !== '42501' && (error as Error).message !== 'on purpose') throw error;
          found.refused += 1;
        }
      }
    }));
    return found;
  };

  it('show no foreign row and miss none of their own, through faults, nested units and changes of actor', async () => {
    const source = await new DataSource(dataSourceOptions(postgres.appUrl, POOL)).initialize();
    const database = new Database(source, new SettableClock(`${TODAY}T09:00:00Z`), key);
    try {
      let thrown = 0;
      const found = await storm((actor, turn) => {
        const look = (): Promise<Seen[]> => database.sql<Seen>('select id from participant');
        const unit = turn % 2 ? database.read.bind(database) : database.write.bind(database);
        return unit(actor, async () => {
          if (turn % 7 === 0) await database.as(Actor.system('test', actor.service), look);
          if (turn % 11 === 0) {
            thrown += 1;
            if (turn % 2) throw new Error('on purpose');
            await database.sql('insert into audit_event (id) values ($1)', [null]).catch(() => { throw new Error('on purpose'); });
          }
          return database.read(actor, look);
        });
      });
      expect(found).toEqual({ foreign: 0, missed: 0, refused: thrown });
      expect(await connected(postgres.ownerUrl, async (owner) => (await owner.query("select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'")).rowCount)).toBe(0);
    } finally {
      await source.destroy();
    }
  }, 60_000);

  it('and leave nothing on the connection for whoever comes next without a context', async () => {
    const source = await new DataSource(dataSourceOptions(postgres.appUrl, 1)).initialize();
    const database = new Database(source, new SettableClock(`${TODAY}T09:00:00Z`), key);
    try {
      expect(await database.read(managers[0]!, () => database.sql('select id from participant'))).toHaveLength(12);
      expect(await source.query('select id from participant')).toEqual([]);
      expect(await source.query("select nullif(current_setting('app.ctx', true), '') as ctx")).toEqual([{ ctx: null }]);
    } finally {
      await source.destroy();
    }
  });

  it('the same storm with a context of the session, as a pool tempts one to, finds thousands', async () => {
    const pool = new Pool({ connectionString: postgres.appUrl, max: POOL });
    try {
      const found = await storm(async (actor) => {
        const client = await pool.connect();
        try {
          const pid = (client as unknown as { processID: number }).processID;
          await client.query("select set_config('app.ctx', $1, false)", [signContext(key, actor, TODAY, { at: Date.now() / 1_000, until: Date.now() / 1_000 + 120 }, pid)]);
        } finally {
          client.release();
        }
        return (await pool.query<Seen>('select id from participant')).rows;
      });
      expect(found.foreign).toBeGreaterThan(4_000);
    } finally {
      await pool.end();
    }
  }, 60_000);
});
