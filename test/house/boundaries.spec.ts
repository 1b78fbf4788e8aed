import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { MODULE_ORDER } from '../../src/platform/database/migrate';

const SRC = join(__dirname, '../../src');
const MODULES = join(SRC, 'modules');
const order: readonly string[] = MODULE_ORDER;

function* filesBelow(folder: string, ending = '.ts'): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, ending);
    else if (entry.name.endsWith(ending)) yield path;
  }
}
const read = (path: string): string => readFileSync(path, 'utf8');
const shown = (path: string): string => relative(SRC, path);
const importsOf = (text: string): string[] => [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g)].map(([, path = '']) => path);
const moduleOf = (path: string): string | undefined => (path.startsWith(`${MODULES}/`) ? relative(MODULES, path).split('/')[0] : undefined);
/** Tables by the module whose migration makes them. */
const owners = new Map([...filesBelow(join(SRC, '../migrations'), '.sql')].flatMap((file) => {
  const module = /\d+_([\w-]+)\.sql$/.exec(file)![1]!;
  return [...read(file).split('-- Down Migration')[0]!.matchAll(/create table (?:app_secret\.)?(\w+)/g)].map(([, table]): [string, string] => [table!, module]);
}));
owners.set('saved_view', 'desk'); // came with the activities' migration

/** Queries that gather from several modules' tables, each with its reason. They only read, and carry the conditions of visibility of the doors. */
const GATHERING: Record<string, string> = {
  'modules/desk/accompanied.repository.ts': 'a number beside a list is counted by the rule of that list',
  'modules/desk/caseload/caseload.repository.ts': 'a list of 100,000 that is filtered, sorted and paged by facts of four modules is one statement',
  'modules/desk/team/team.repository.ts': 'counts of a whole service by coach are made where the rows are',
  'modules/indicators/pathways.repository.ts': 'figures are counted over the rows of six modules, where the rows are',
  'modules/indicators/pathways.statement.ts': 'the statement of those figures',
  'modules/indicators/retention.statement.ts': 'the statement of retention',
  'modules/indicators/retention.repository.ts': 'retention of 100,000 jobs is one statement over jobs, their evidence and what was answered of them',
  'modules/desk/today/today.repository.ts': 'everybody is counted and a portion is shown: the groups of the desk are made where the rows are',
};
const sources = [...filesBelow(MODULES)].filter((file) => !file.endsWith('.spec.ts'));

describe('the boundaries of the modules', () => {
  it('stand in one order, which the table of contents keeps', () => {
    expect(readdirSync(MODULES).sort()).toEqual([...order].sort());
    const contents = read(join(SRC, 'app.module.ts'));
    expect([...contents.matchAll(/from '\.\/modules\/([\w-]+)'/g)].map(([, name]) => name)).toEqual(order);
    expect([...contents.matchAll(/^ {8}(\w+)Module,$/gm)].map(([, name]) => name!.toLowerCase())).toEqual(order.map((name) => name.replaceAll('-', '')));
  });

  it('are crossed by the door only, and only towards earlier modules', () => {
    const faults = sources.flatMap((file) => {
      const from = moduleOf(file)!;
      return importsOf(read(file)).flatMap((path) => {
        const target = resolve(dirname(file), path);
        const to = moduleOf(target);
        if (!to || to === from) return [];
        if (target !== join(MODULES, to) && target !== join(MODULES, to, 'index')) return [`${shown(file)} goes past the door of ${to}`];
        return order.indexOf(to) < order.indexOf(from) ? [] : [`${shown(file)} imports ${to}, which is later`];
      });
    });
    expect(faults).toEqual([]);
  });

  it('keep business words out of the platform', () => {
    const faults = [...filesBelow(join(SRC, 'platform'))].flatMap((file) => importsOf(read(file)).map((path) => resolve(dirname(file), path)).filter((target) => !target.startsWith(join(SRC, 'platform'))).map((target) => `${shown(file)} imports ${shown(target)}`));
    expect(faults).toEqual([]);
  });

  it('have doors that let out neither an entity nor a repository', () => {
    const entities = new Set(sources.flatMap((file) => [...read(file).matchAll(/@Entity\([^)]*\)\s*export class (\w+)/g)].map(([, name]) => name!)));
    expect(entities.size).toBeGreaterThan(20);
    const faults = order.flatMap((module) => {
      const door = join(MODULES, module, 'index.ts');
      const names = [...read(door).matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) => list!.split(',').map((one) => one.trim().replace(/^type /, '').split(' as ')[0]!));
      const stars = /export \*/.test(read(door)) ? [`${module}: export *`] : [];
      return [...stars, ...names.filter((name) => entities.has(name) || /Repository$/.test(name)).map((name) => `${module}: ${name}`)];
    });
    expect(faults).toEqual([]);
  });

  it('know no relation of the mapper, no knot, no second way to the database', () => {
    const banned = /@(OneToMany|ManyToOne|OneToOne|ManyToMany|JoinColumn|JoinTable|VersionColumn|DeleteDateColumn|EventSubscriber|Render|InjectRepository)\b|forwardRef|synchronize: true|BEGIN;/;
    expect([...filesBelow(SRC)].filter((file) => banned.test(read(file))).map(shown)).toEqual([]);
  });

  it('are not crossed by statements: a module writes its own tables, and reads those of others in its access files only', () => {
    const faults = sources.flatMap((file) => {
      const module = moduleOf(file)!;
      const strings = [...read(file).matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([text]) => text);
      return strings.flatMap((text) => [
        ...[...text.matchAll(/\b(?:insert into|update|delete from)\s+(\w+)/gi)].map(([, table]) => ['writes', table!]),
        ...(file.endsWith('.access.ts') || shown(file) in GATHERING ? [] : [...text.matchAll(/\b(?:from|join)\s+(\w+)/gi)].map(([, table]) => ['reads', table!])),
      ].filter(([, table]) => owners.has(table!) && owners.get(table!) !== module).map(([what, table]) => `${shown(file)} ${what} ${table}, of ${owners.get(table!)}`));
    });
    expect(faults).toEqual([]);
    expect(Object.keys(GATHERING).filter((file) => !existsSync(join(SRC, file)))).toEqual([]);
  });

  it('give every table its protection in the access file of its module', () => {
    const faults = [...owners].filter(([table]) => table !== 'ctx_key').flatMap(([table, module]) => {
      const file = module === 'ground' ? join(SRC, 'platform/database/access.sql') : join(MODULES, module, `${module}.access.sql`);
      return existsSync(file) && new RegExp(`\\b${table}\\b`).test(read(file)) ? [] : [`${table} has no line in ${shown(file)}`];
    });
    expect(faults).toEqual([]);
  });
});
