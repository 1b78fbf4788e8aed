import { newId } from '../../src/platform/id';
import { asForm, COMMANDS } from '../access/commands';
import { Matrix, sweep, type Cell } from '../access/matrix';
import { startApp, type TestApp } from '../support/app';

/** What stands in a field instead of what is right. Some are taken where a field is free text; none is a fault of ours. */
const WRONG: unknown[] = [
  'a\u0000b', '\ud800', 'x'.repeat(9_000), '', '   ', 3_000_000_000, -1, 1.5, 1e300, true, null, [], ['a', 'a'], [[]], {}, { length: 1e9 }, { toString: null }, [{ constructor: 1 }],
  '2026-02-30', '0001-01-01', '9999-12-31', newId(), 'not-an-id', "'; drop table participant; --", '{{7*7}}', '../../etc/passwd', '\u202Eabc',
];
const QUERIES: string[] = [
  'zzz=1', 'page=99999999999', 'page=-1', 'page=a', 'sort=zzz', 'sort=name;select pg_sleep(5)', 'q=%00', 'q=%25%5f%27', 'before=x', `before=${newId()}`, 'from=2026-02-30', 'until=9999-12-31', 'name[x]=1', 'a=1&a=2', '__proto__=1',
  'participant=x', `participant=${newId()}`, 'kind=zzz', 'late=maybe', 'stage=zzz', 'pathway=zzz', 'to=//evil.example', 'purpose=zzz', 'programme=x',
];

/** Some of a list, others each time: over all routes each is tried often, and the run stays short. */
let turn = 0;
const some = <T>(list: readonly T[], n: number): T[] => Array.from({ length: n }, () => list[(turn += 1) % list.length]!);

describe('bad input on every route', () => {
  let app: TestApp;
  let matrix: Matrix;
  let mine: Cell[];
  beforeAll(async () => {
    app = await startApp();
    matrix = await Matrix.of(app);
    const best = ['coach', 'manager', 'administrator', 'editor'];
    const reachable = matrix.cells().filter((cell) => cell.relation === 'own' && cell.expectation.may[cell.role] && best.includes(cell.role));
    mine = [...new Map(reachable.sort((a, b) => best.indexOf(b.role) - best.indexOf(a.role)).map((cell) => [cell.route.name, cell])).values()];
    for (const cell of mine) await matrix.prepare(cell);
  }, 60_000);
  afterAll(() => app.close());

  const failing = async (cells: Cell[], tries: (cell: Cell) => { label: string; send: () => Promise<{ status: number }> }[]): Promise<string[]> => {
    const faults: string[] = [];
    await sweep(cells.flatMap((cell) => tries(cell).map((one) => ({ cell, ...one }))), async ({ cell, label, send }) => {
      const { status } = await send();
      if (status >= 500) faults.push(`${cell.route.name} ${label}: ${status}`);
    });
    return faults;
  };

  it('in JSON: each field of each command with wrong values is refused or taken, and never a fault', async () => {
    const calls = mine.filter(({ route, expectation }) => route.path.startsWith('/api/') && expectation.sends);
    expect(calls.length).toBeGreaterThan(30);
    const faults = await failing(calls, (cell) => {
      const right = matrix.commandOf(cell);
      return [...Object.keys(right), 'unknown'].flatMap((field) => some(WRONG, 8).map((value, index) => ({
        label: `${field} = ${JSON.stringify(value)?.slice(0, 40)}`, send: () => matrix.sendBody(cell, { ...right, [field]: index % 2 && value === null ? undefined : value }),
      })));
    });
    expect(faults).toEqual([]);
  }, 240_000);

  it('in forms: the page comes back', async () => {
    const forms = mine.filter(({ route, expectation }) => !route.path.startsWith('/api/') && expectation.sends && expectation.sends !== 'ChangePassword');
    const faults = await failing(forms, (cell) => {
      const right = asForm(matrix.commandOf(cell));
      return [...Object.keys(right), 'unknown'].flatMap((field) => ['a\u0000b', '3000000000', '2026-02-30', 'not-an-id', ['a', 'b'], newId(), '{{7*7}}<script>'].filter((_, index) => index % 3 === (turn += 1) % 3).map((value) => ({
        label: `${field} = ${JSON.stringify(value)}`, send: () => matrix.sendBody(cell, { ...right, [field]: value }),
      })));
    });
    expect(faults).toEqual([]);
  }, 240_000);

  it('in addresses: every page and call with odd queries', async () => {
    const faults = await failing(mine.filter(({ route }) => route.method === 'GET'), (cell) => some(QUERIES, 7).map((query) => ({
      label: `?${query}`, send: () => matrix.sendQuery(cell, query),
    })));
    expect(faults).toEqual([]);
  }, 240_000);

  it('leaves no word of the database and no prototype behind', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.keys(COMMANDS).length).toBeGreaterThan(40);
    expect(app.log.takeFaults()).toEqual([]);
  });
});
