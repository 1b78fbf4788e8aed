import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../support/app';

/** Tables that no class maps: they are read and written by statements of their module alone. */
const WITHOUT_CLASS = ['idempotency_key', 'pgmigrations', 'protocol_adoption', 'protocol_stage', 'protocol_step'];

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
}
const TYPES: Record<string, string> = { int: 'integer', int4: 'integer', timestamptz: 'timestamp with time zone', varchar: 'character varying', bool: 'boolean', decimal: 'numeric' };

describe('entities and tables', () => {
  let app: TestApp;
  let columns: Column[];
  beforeAll(async () => {
    app = await startApp();
    columns = await app.rows<Column>(`
      select c.relname::text as table, a.attname::text as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
      from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`);
  });
  afterAll(() => app.close());

  const mapped = (): Column[] => app.get(DataSource).entityMetadatas.flatMap(({ tableName, columns: own }) => own.map(({ databaseName, type, isNullable, isArray }) => {
    const name = typeof type === 'string' ? type : (type as { name: string }).name;
    return { table: tableName, name: databaseName, type: `${TYPES[name] ?? name}${isArray ? '[]' : ''}`, nullable: isNullable };
  }));
  const sorted = (list: Column[]): string[] => list.map(({ table, name, type, nullable }) => `${table}.${name} ${type}${nullable ? ' null' : ''}`).sort();

  it('say the same: every column with its type and whether it may be empty, and none is missing', () => {
    const classes = new Set(mapped().map(({ table }) => table));
    expect(sorted(mapped())).toEqual(sorted(columns.filter(({ table }) => classes.has(table))));
  });

  it('are all there: a table without class is one of the list', () => {
    const classes = new Set(mapped().map(({ table }) => table));
    expect([...new Set(columns.map(({ table }) => table))].filter((table) => !classes.has(table)).sort()).toEqual(WITHOUT_CLASS);
  });

  it('keep the stage of an enrolment out of reach: no statement of the mapper writes it', () => {
    const stage = app.get(DataSource).entityMetadatas.find(({ tableName }) => tableName === 'enrolment')!.columns.find(({ databaseName }) => databaseName === 'stage')!;
    expect([stage.isInsert, stage.isUpdate]).toEqual([false, false]);
  });

  it('know no relation and no cascade', () => {
    expect(app.get(DataSource).entityMetadatas.flatMap(({ relations, name }) => relations.map(({ propertyName }) => `${name}.${propertyName}`))).toEqual([]);
    expect(app.get(DataSource).options).toMatchObject({ synchronize: false, migrationsRun: false });
  });
});
