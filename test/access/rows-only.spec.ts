import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type MembershipRole } from '../../src/platform/access/actor';
import { Rights } from '../../src/platform/access/sources';
import type { TestApp } from '../support/app';
import type { Matrix as MatrixType } from './matrix';

const MODULES = join(__dirname, '../../src/modules');
const opened: string[] = [];

/** Whatever says which rows may be seen says "all of them". */
function open(file: string): Record<string, unknown> {
  const actual = { ...jest.requireActual<Record<string, unknown>>(file) };
  const everything = (name: string, visible: (...args: never[]) => unknown) => function all(this: unknown, ...args: never[]): unknown {
    const condition = visible.apply(this, args);
    if (typeof condition !== 'object' || condition === null || !('sql' in condition)) return condition;
    opened.push(name);
    return { sql: 'true', params: {} };
  };
  for (const [name, value] of Object.entries(actual)) {
    if (typeof value !== 'function') continue;
    const prototype = value.prototype as Record<string, (...args: never[]) => unknown> | undefined;
    const methods = prototype ? Object.getOwnPropertyNames(prototype).filter((method) => method !== 'constructor') : [];
    if (/^class\b/.test(Function.prototype.toString.call(value))) for (const method of methods) prototype![method] = everything(`${name}.${method}`, prototype![method]!);
    else actual[name] = everything(name, value as (...args: never[]) => unknown);
  }
  return actual;
}

function* accessFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* accessFiles(path);
    else if (entry.name.endsWith('.access.ts')) yield path;
  }
}

/** The guard lets everybody do everything, and every query asks for all rows: what is kept apart here is kept apart by PostgreSQL alone. */
describe('row-level security, without the guard and without the visibility of the application', () => {
  let app: TestApp;
  let matrix: MatrixType;
  let tools: typeof import('./matrix');

  beforeAll(async () => {
    for (const file of accessFiles(MODULES)) jest.doMock(file, () => open(file));
    const { startApp } = jest.requireActual<typeof import('../support/app')>('../support/app');
    tools = jest.requireActual<typeof import('./matrix')>('./matrix');
    app = await startApp({ override: (builder) => builder.overrideProvider(Rights).useValue({ allows: () => true }) });
    matrix = await tools.Matrix.of(app);
  }, 60_000);
  afterAll(async () => {
    app.log.takeFaults(); // what PostgreSQL refuses is a fault of the application, which this test has broken
    await app.close();
  });

  const CASES = /^(activity|activity_participant|agenda_act|agenda_entry|assignment|consent|enrolment|enrolment_act|entry_answer|family_member|functional_profile|happening|information_given|participant|participant_phone|participation|protection_measure|recognition|referral|step|washington_group)$/;
  const REFERENCE = /^(federation|programme|operation|service|programme_service|app_user|membership|credential|known_browser|one_time_link)$/;

  /** Rows of others, as a condition on a table; null where the role may write there. */
  const others = (role: MembershipRole, bens: string[]) => (table: string, columns: string[]): string | null => {
    if (REFERENCE.test(table)) return role === 'administrator' ? null : 'true';
    if (/^protocol_/.test(table)) return role === 'editor' || role === 'administrator' ? null : 'true';
    if (!CASES.test(table)) return null;
    const elsewhere = `service_id = '${matrix.there.service}'`;
    if (role === 'manager') return elsewhere;
    if (role !== 'coach') return 'true';
    const person = table === 'participant' ? 'id' : columns.includes('participant_id') ? 'participant_id' : null;
    return person && table !== 'assignment' ? `${elsewhere} or ${person} = any ('{${bens.join(',')}}')` : elsewhere;
  };

  it.each(ROLES)('shows a %s nothing of others, and lets them change nothing of others', async (role) => {
    const user = matrix.users.get(role)!;
    // Who sees no case sees none of the own service; another service's are further still.
    const relations = role === 'coach' || role === 'manager' ? (['colleague', 'foreign'] as const) : (['colleague'] as const);
    const mine = matrix.cells().filter((cell) => cell.role === role).flatMap((cell) => (cell.expectation.on ? relations.map((relation) => ({ ...cell, relation })) : [cell]));
    const cells = [...new Map(mine.map((cell) => [`${cell.route.name} ${cell.relation}`, cell])).values()];
    for (const cell of cells) await matrix.prepare(cell);
    for (const owner of [matrix.here.ana, matrix.here.ben, matrix.there.ana]) await matrix.things(owner, false).id('activity', user);
    const [bens, theirs] = [matrix.here.ben, matrix.there.ana].map((owner) => matrix.things(owner, false).known('participant')!);
    const canaries = await app.rows<{ family_names: string; service_id: string; id: string }>("select family_names, service_id, id from participant where family_names like 'Canary%'");
    const foreign = canaries.filter(({ service_id, id }) => (role === 'manager' ? service_id === matrix.there.service : role === 'coach' ? service_id === matrix.there.service || id === bens : true)).map(({ family_names }) => family_names);
    expect(foreign.length).toBeGreaterThan(0);
    const condition = others(role, [bens!, theirs!]);
    const before = await tools.digest(app, condition);
    const faults: string[] = [];
    await tools.sweep(cells, async (cell) => {
      const answer = await matrix.send(cell, false);
      const name = `${cell.route.name} · ${cell.relation}`;
      if (!cell.expectation.namesOfService && foreign.some((word) => answer.text.includes(word))) faults.push(`${name} shows a stranger's name`);
    });
    expect(faults).toEqual([]);
    expect(await tools.digest(app, condition)).toEqual(before);
  }, 180_000);

  it('was tried with the application wide open: no guard says 403, and every rule of visibility was asked', async () => {
    const statuses: number[] = [];
    for (const cell of matrix.cells().filter(({ role, route, relation }) => role === 'officer' && route.method === 'GET' && relation === 'own')) statuses.push((await matrix.send(cell, false)).status);
    expect(statuses.filter((status) => status === 403)).toEqual([]);
    expect([...new Set(opened)].length).toBeGreaterThan(4);
  });

  it('would be found out if it were not there: the same tour as the owner of the tables sees strangers by the dozen', async () => {
    const { startApp } = jest.requireActual<typeof import('../support/app')>('../support/app');
    const bare = await startApp({ connectAs: 'owner', override: (builder) => builder.overrideProvider(Rights).useValue({ allows: () => true }) });
    try {
      const tour = await tools.Matrix.of(bare);
      const cells = tour.cells().filter(({ role, route, relation, expectation }) => role === 'coach' && route.method === 'GET' && relation === 'foreign' && expectation.on === 'participant');
      let strangers = 0;
      for (const cell of cells) if (/Canary/.test((await tour.send(cell, false)).text)) strangers += 1;
      expect(strangers).toBeGreaterThan(12);
    } finally {
      bare.log.takeFaults();
      await bare.close();
    }
  }, 60_000);
});
