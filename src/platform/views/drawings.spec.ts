import { stones } from './drawings';

describe('conditions as stones', () => {
  it('draw nothing where there is none', () => expect(stones(0, 0)).toBe(''));

  it.each([[0, 3], [2, 4], [3, 5], [9, 10]])('%i of %i: one stone each, inside the picture', (met, total) => {
    const drawn = stones(met, total);
    expect(drawn.match(/jalon-art__full/g) ?? []).toHaveLength(met);
    expect(drawn.match(/jalon-art__hollow/g) ?? []).toHaveLength(total - met);
    const right = Math.max(...[...drawn.matchAll(/translate\(([\d.]+) [\d.]+\) scale\(([\d.]+)\)/g)].map(([, x, scale]) => Number(x) + 18 * Number(scale)));
    expect(right).toBeLessThanOrEqual(112);
  });
});
