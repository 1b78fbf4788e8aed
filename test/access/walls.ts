import { ROLES, type MembershipRole } from '../../src/platform/access/actor';
import type { TestApp } from '../support/app';
import { bare, digest, Matrix, sweep, type Cell } from './matrix';

/** Every route × role × relation answers what expected.ts says, and what is refused changes nothing. @param roles all, unless the run is about less */
export function walls(name: string, start: () => Promise<TestApp>, roles: readonly MembershipRole[] = ROLES): void {
  describe(name, () => {
    let matrix: Matrix;
    let cells: Cell[];
    beforeAll(async () => {
      matrix = await Matrix.of(await start());
      cells = matrix.cells().filter(({ role }) => roles.includes(role));
    }, 60_000);
    afterAll(() => matrix.app.close());

    const isRefused = (cell: Cell): boolean => matrix.expected(cell).every((status) => status === 403 || status === 404) && (!cell.expectation.may[cell.role] || cell.relation !== 'own' || !cell.expectation.ok);
    const line = ({ route, role, relation }: Cell): string => `${route.name} · ${role} · ${relation}`;

    it('know every route, and no other', () => {
      expect(matrix.unlisted()).toEqual({ unknown: [], gone: [] });
    });

    it('refuse whoever has no right, and hide what is out of reach, byte for byte as if it were not there, without any effect', async () => {
      const refused = cells.filter(isRefused);
      expect(refused.length).toBeGreaterThan(200 * roles.length);
      for (const cell of refused) if (cell.relation !== 'missing' && cell.relation !== 'malformed') await matrix.prepare(cell);
      const before = await digest(matrix.app, () => 'true');
      const faults: string[] = [];
      const hidden = new Map<string, string>();
      await sweep(refused, async (cell) => {
        const answer = await matrix.send(cell, false);
        const [wanted] = matrix.expected(cell);
        if (answer.status !== wanted) faults.push(`${line(cell)}: ${answer.status} instead of ${wanted}`);
        if (wanted !== 404) return;
        const key = `${cell.route.name} ${cell.role}`;
        const first = hidden.get(key) ?? bare(answer);
        hidden.set(key, first);
        if (bare(answer) !== first) faults.push(`${line(cell)}: another 404 than the other relations`);
      });
      expect(faults).toEqual([]);
      expect(await digest(matrix.app, () => 'true')).toEqual(before);
    }, 180_000);

    it.each(roles)('let a %s do what the role is for', async (role) => {
      const faults: string[] = [];
      for (const cell of cells.filter((one) => one.role === role && !isRefused(one))) {
        const answer = await matrix.send(cell, cell.route.method !== 'GET');
        if (!matrix.expected(cell).includes(answer.status)) faults.push(`${line(cell)}: ${answer.status} instead of ${matrix.expected(cell).join(' or ')}${answer.status >= 400 && answer.type.includes('json') ? ` ${answer.text}` : ''}`);
      }
      expect(faults).toEqual([]);
    }, 120_000);
  });
}
