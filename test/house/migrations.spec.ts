import { lintCatalogue } from '../../src/platform/database/lint';
import { migrate, migrationNames, migrations, revert } from '../../src/platform/database/migrate';
import { connected } from '../../src/platform/database/roles';
import { emptyDatabase, type TestDatabase } from '../support/postgres';

/** All that the catalogue holds of ours, as text. */
const CATALOGUE = `
  select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace in ('public'::regnamespace, to_regnamespace('app_secret')) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace = 'public'::regnamespace
  union all select 'function ' || pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '') from pg_proc p where p.pronamespace = to_regnamespace('app')
  union all select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
  union all select 'policy ' || polrelid::regclass || ' ' || polname || ' ' || polcmd::text || ' ' || polpermissive || ' ' || coalesce(pg_get_expr(polqual, polrelid), '-') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '-') from pg_policy
  union all select 'rights ' || c.relname || ' ' || coalesce(c.relacl::text, '') || ' ' || c.relrowsecurity || coalesce((select string_agg(attname || attacl::text, ',' order by attname) from pg_attribute where attrelid = c.oid and attacl is not null), '')
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by 1`;

describe('migrations', () => {
  let postgres: TestDatabase;
  beforeAll(async () => {
    postgres = await emptyDatabase();
  });
  afterAll(() => postgres.drop());

  const catalogue = (): Promise<string[]> => connected(postgres.ownerUrl, async (owner) => (await owner.query<{ line: string }>(CATALOGUE)).rows.map(({ line }) => line));

  it('go from nothing to now, all the way back, and to the same again', async () => {
    const nothing = await catalogue();
    expect(await migrate(postgres.ownerUrl)).toEqual(migrationNames());
    const first = await catalogue();
    expect(first.length).toBeGreaterThan(300);
    expect(await revert(postgres.ownerUrl, migrationNames().length)).toEqual(migrationNames().reverse());
    expect((await catalogue()).filter((line) => !line.includes('pgmigrations'))).toEqual(nothing);
    expect((await migrations(postgres.ownerUrl)).every(({ appliedAt }) => appliedAt === null)).toBe(true);
    await migrate(postgres.ownerUrl);
    expect(await catalogue()).toEqual(first);
  });

  it('may be run again: nothing is done twice, and the second wall is what its files say', async () => {
    const before = await catalogue();
    expect(await migrate(postgres.ownerUrl)).toEqual([]);
    expect(await catalogue()).toEqual(before);
  });

  it('go back one at a time and forth', async () => {
    for (let left = migrationNames().length; left > 0; left -= 1) {
      expect(await revert(postgres.ownerUrl, 1)).toEqual([migrationNames()[left - 1]]);
    }
    expect(await migrate(postgres.ownerUrl)).toEqual(migrationNames());
  });

  it('leave a catalogue without a hole in a wall', async () => {
    expect(await lintCatalogue(postgres.ownerUrl)).toEqual([]);
  });
});
