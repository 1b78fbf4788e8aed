import fc from 'fast-check';
import { Stream } from './streams';

describe('a stream', () => {
  it('is its name and nothing else', () => {
    const draw = (name: string): number[] => {
      const stream = new Stream(name);
      return Array.from({ length: 40 }, () => stream.below(1_000));
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw('a').slice(0, 4)).toEqual([894, 76, 375, 176]);
  });

  it('stays within its bounds and deals every card once', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 50 }), (name, n) => {
      const stream = new Stream(name);
      for (let time = 0; time < 30; time += 1) expect(stream.below(n)).toBeLessThan(n);
      const dealt = stream.dealt([['x', n], ['y', 3]]);
      expect([dealt.filter((one) => one === 'x').length, dealt.filter((one) => one === 'y').length]).toEqual([n, 3]);
    }));
  });
});
