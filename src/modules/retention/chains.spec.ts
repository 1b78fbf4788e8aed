import { addDays } from '../../platform/days';
import { chainsOf, joinedOf, type Spell } from './chains';

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
const some = (next: (below: number) => number): Spell[] => Array.from({ length: 1 + next(6) }, (_, n) => {
  const from = addDays('2024-01-01', next(700));
  return { id: String(n), from, to: next(4) === 0 ? null : addDays(from, next(200)) };
});

describe('chains of jobs', () => {
  it('merge what lies no more than 30 days apart, and say the gap', () => {
    const spells = [{ id: 'a', from: '2026-01-05', to: '2026-02-28' }, { id: 'b', from: '2026-03-31', to: null }];
    expect(chainsOf(spells)).toEqual([{ from: '2026-01-05', to: null, spells: ['a', 'b'], gaps: [{ after: '2026-02-28', days: 30 }] }]);
    expect(chainsOf(spells, 29)).toHaveLength(2);
    expect(chainsOf([])).toEqual([]);
  });

  it('are the same in whatever order the jobs come, and merged again they stay', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = numbers(seed);
      const spells = some(next);
      const chains = chainsOf(spells);
      expect(chainsOf([...spells].reverse())).toEqual(chains);
      expect(chains.flatMap((one) => one.spells).sort()).toEqual(spells.map((one) => one.id).sort());
      const again = chainsOf(chains.map((one, n) => ({ id: String(n), from: one.from, to: one.to })));
      expect(again.map(({ from, to }) => ({ from, to }))).toEqual(chains.map(({ from, to }) => ({ from, to })));
    }
  });

  it('are never more where a longer gap is let pass', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const spells = some(numbers(seed));
      const counts = [0, 7, 30, 90, 1000].map((gap) => chainsOf(spells, gap).length);
      expect([...counts].sort((a, b) => b - a)).toEqual(counts);
    }
  });

  it('say of each job but the first since when its period runs, and what lay before it', () => {
    const spells = [{ id: 'a', from: '2026-01-05', to: '2026-02-28' }, { id: 'b', from: '2026-02-01', to: '2026-02-10' }, { id: 'c', from: '2026-03-31', to: '2026-04-01' }, { id: 'd', from: '2026-05-03', to: null }, { id: 'e', from: '2026-06-01', to: null }];
    expect([...joinedOf(spells)]).toEqual([
      ['b', { since: '2026-01-05', gapDays: 0, continues: true }], ['c', { since: '2026-01-05', gapDays: 30, continues: true }],
      ['d', { since: '2026-05-03', gapDays: 31, continues: false }], ['e', { since: '2026-05-03', gapDays: 0, continues: true }],
    ]);
  });
});
