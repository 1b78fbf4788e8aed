import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { Actor } from '../../src/platform/access/actor';
import { ContextKey, signContext } from '../../src/platform/database/context';
import { connected } from '../../src/platform/database/roles';
import { newId } from '../../src/platform/id';
import { Keys } from '../../src/platform/keys';
import { cloneDatabase, type TestDatabase } from '../support/postgres';

const TODAY = '2026-03-02';
const now = (): number => Date.now() / 1000;

describe('the signed context and the shapes of protection, in SQL as jalon_app', () => {
  let database: TestDatabase;
  let key: ContextKey;
  let one: Client;
  let other: Client;
  const [mine, theirs] = [newId(), newId()];
  const [ana, bea] = [newId(), newId()];
  const [first, second, foreign] = [newId(), newId(), newId()];

  const pidOf = async (client: Client): Promise<number> => Number((await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid);
  const contextOf = async (client: Client, actor: Actor, until = now() + 60, at = now()): Promise<string> => signContext(key, actor, TODAY, { at, until }, await pidOf(client));
  const actor = (role: string, id: string | null = ana, service: string | null = mine): Actor => Object.assign(Object.create(Actor.prototype) as Actor, { id, role, scope: null, service });
  /** One transaction under a context; always rolled back. Answers rows, or the error's code. */
  const under = async (context: string | null, statement: string, params: unknown[] = [], mode = ''): Promise<unknown> => {
    await one.query(`begin ${mode}`);
    try {
      if (context !== null) await one.query("select set_config('app.ctx', $1, true)", [context]);
      const result = await one.query(statement, params);
      return result.command === 'SELECT' ? result.rows.map((row: Record<string, unknown>) => Object.values(row)[0]) : result.rowCount;
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await one.query('rollback');
    }
  };

  beforeAll(async () => {
    database = await cloneDatabase();
    key = new ContextKey(new Keys(database.state).context);
    await connected(database.ownerUrl, async (owner) => {
      await owner.query(`
        create or replace function app.caseload() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
        begin return (select coalesce(array_agg(person), '{}') from public.lab_caseload where coach = app.actor_id()); end $$;
        create table lab_caseload (coach uuid, person uuid);
        create table lab_person (participant_id uuid, service_id uuid);
        create table lab_place (id int, service_id uuid);
        create table lab_word (id int);
        select app.protect('lab_person', by => 'participant'), app.protect('lab_place', by => 'service'), app.protect('lab_word', by => 'reference');
        grant execute on function app.caseload() to jalon_app;
        grant select, insert, update, delete on lab_person, lab_place, lab_word to jalon_app;
        insert into lab_word values (1);`);
      // An assignment that points into another service by mistake must not open it.
      await owner.query('insert into lab_caseload values ($1, $3), ($1, $5), ($2, $4)', [ana, bea, first, second, foreign]);
      await owner.query('insert into lab_person values ($1, $4), ($2, $4), ($3, $5)', [first, second, foreign, mine, theirs]);
      await owner.query('insert into lab_place values (1, $1), (2, $2)', [mine, theirs]);
    });
    one = new Client({ connectionString: database.appUrl });
    other = new Client({ connectionString: database.appUrl });
    await Promise.all([one.connect(), other.connect()]);
  });
  afterAll(async () => {
    await Promise.all([one.end(), other.end()]);
    await database.drop();
  });

  it('shows and takes nothing without a context', async () => {
    for (const context of [null, '']) {
      for (const table of ['lab_person', 'lab_place', 'lab_word', 'idempotency_key']) expect(await under(context, `select count(*)::int from ${table}`)).toEqual([0]);
      expect(await under(context, 'insert into lab_place values (3, $1)', [mine])).toBe('42501');
      expect(await under(context, 'delete from lab_place')).toBe(0);
      expect(await under(context, "insert into idempotency_key values ($1, 'POST /x', '12345678', '', null, null, null, now())", [ana])).toBe('42501');
    }
  });

  it('reads the parts of a context', async () => {
    const context = await contextOf(one, actor('coach'));
    expect(await under(context, "select app.actor_id() || ' ' || app.role() || ' ' || app.service_id() || ' ' || app.today() || ' ' || app.is_system()")).toEqual([`${ana} coach ${mine} ${TODAY} false`]);
    expect(await under(await contextOf(one, Actor.system('sign-in')), "select array[app.is_system(), app.is_system('sign-in'), app.is_system('other')]")).toEqual([[true, true, false]]);
  });

  it('refuses a forged, stale, replayed or broken context', async () => {
    const good = await contextOf(one, actor('coach'));
    const forged = [
      good.replace('coach', 'manager'), good.replace(mine, theirs), `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`, `${good}|`, 'x', '|||||||',
      signContext(new ContextKey(randomBytes(32)), actor('coach'), TODAY, { at: now(), until: now() + 60 }, await pidOf(one)),
    ];
    for (const context of forged) expect(await under(context, 'select count(*) from lab_person')).toBe('42501');
    expect(await under(await contextOf(one, actor('coach'), now() - 1), 'select count(*) from lab_person')).toBe('42501');
    // Signed for a transaction before this one: on its own connection, and long before it would be too old.
    expect(await under(await contextOf(one, actor('coach'), now() + 60, now() - 15), 'select count(*) from lab_person')).toBe('42501');
    // Another connection of the same role sees the words in pg_stat_activity; they are worth nothing there.
    expect(await under(await contextOf(other, actor('manager')), 'select count(*) from lab_person')).toBe('42501');
  });

  it('does not let the run-time role read the key, sign, protect, or switch row-level security off', async () => {
    const context = await contextOf(one, actor('manager'));
    for (const statement of [
      'select * from app_secret.ctx_key', "select app.protect('lab_word', by => 'reference')", 'truncate lab_word', 'create table t ()', 'create temp table t ()',
      'set local row_security = off; select * from lab_person', 'alter table lab_word disable row level security', 'set role jalon_owner', 'select * from pgmigrations',
    ]) expect(await under(context, statement)).toBe('42501');
  });

  it('refuses to write in a unit that reads', async () => {
    expect(await under(await contextOf(one, actor('manager')), 'insert into lab_place values (3, $1)', [mine], 'read only')).toBe('25006');
  });

  it('participant: a coach has the caseload, a manager and the system the service, nobody the next service', async () => {
    const read = 'select participant_id from lab_person order by participant_id';
    expect(await under(await contextOf(one, actor('coach', ana)), read)).toEqual([first]);
    expect(await under(await contextOf(one, actor('coach', bea)), read)).toEqual([second]);
    expect(await under(await contextOf(one, actor('manager')), read)).toEqual([first, second].sort());
    expect(await under(await contextOf(one, Actor.system('follow-ups', mine)), read)).toEqual([first, second].sort());
    for (const [role, service] of [['cashier', mine], ['administrator', null], ['officer', null], ['participant', mine], ['employer', mine], ['manager', null]] as const) {
      expect(await under(await contextOf(one, actor(role, ana, service)), read)).toEqual([]);
    }
    expect(await under(await contextOf(one, Actor.system('sign-in')), read)).toEqual([]);
    const coach = await contextOf(one, actor('coach', ana));
    expect(await under(coach, 'insert into lab_person values ($1, $2)', [first, mine])).toBe(1);
    for (const [person, service] of [[second, mine], [first, theirs], [foreign, theirs], [foreign, null]]) expect(await under(coach, 'insert into lab_person values ($1, $2)', [person, service])).toBe('42501');
    expect(await under(coach, 'update lab_person set service_id = $1', [theirs])).toBe('42501');
    expect(await under(coach, 'delete from lab_person')).toBe(1);
  });

  it('service and reference: read by who works there, and by everybody known', async () => {
    for (const role of ['coach', 'manager', 'cashier']) expect(await under(await contextOf(one, actor(role)), 'select id from lab_place')).toEqual([1]);
    for (const role of ['administrator', 'employer', 'link', 'anonymous']) expect(await under(await contextOf(one, actor(role)), 'select id from lab_place')).toEqual([]);
    expect(await under(await contextOf(one, actor('coach')), 'update lab_place set service_id = $1', [theirs])).toBe('42501');
    for (const known of [actor('administrator', ana, null), Actor.system('sign-in')]) expect(await under(await contextOf(one, known), 'select id from lab_word')).toEqual([1]);
    expect(await under(await contextOf(one, Actor.anonymous()), 'select id from lab_word')).toEqual([]);
    expect(await under(await contextOf(one, actor('administrator')), 'insert into lab_word values (2)')).toBe('42501');
  });

  it('finds a caseload once a statement, not once a row', async () => {
    await one.query('begin');
    await one.query("select set_config('app.ctx', $1, true)", [await contextOf(one, actor('coach'))]);
    const plan = (await one.query<{ 'QUERY PLAN': string }>('explain select * from lab_person')).rows.map((row) => row['QUERY PLAN']).join('\n');
    await one.query('rollback');
    expect(plan).toMatch(/InitPlan/);
    expect(plan).not.toMatch(/SubPlan|Filter:.*app\.\w+\(/);
  });
});
