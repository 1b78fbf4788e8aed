import { counted, networkOf, type Attempts } from './attempts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds));
const none: Attempts = { failures: 0, windowStartsAt: at(0), blockedUntil: null };

function afterFailures(n: number): Attempts {
  let state = none;
  for (let i = 0; i < n; i += 1) state = counted(state, at(i), 10).after;
  return state;
}

describe('attempts', () => {
  it('are free up to the limit, then wait one second', () => {
    expect(afterFailures(9).blockedUntil).toBeNull();
    expect(afterFailures(10).blockedUntil).toEqual(at(10));
  });

  it('wait twice as long each time, a quarter of an hour at most', () => {
    let state = afterFailures(10);
    const waits: number[] = [];
    for (let i = 0; i < 13; i += 1) {
      const { wait } = counted(state, new Date(state.blockedUntil!.getTime() - 1), 10);
      expect(wait).toBe(1);
      const now = state.blockedUntil!;
      state = counted(state, now, 10).after;
      waits.push((state.blockedUntil!.getTime() - now.getTime()) / 1000);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
  });

  it('that are refused are not counted', () => {
    const state = afterFailures(10);
    expect(counted(state, at(9), 10).after).toBe(state);
  });

  it('are forgotten after a quiet quarter of an hour, counted from the end of the wait', () => {
    const state = afterFailures(11);
    const end = state.blockedUntil!.getTime();
    expect(counted(state, new Date(end + 15 * 60_000 - 1), 10).after.failures).toBe(12);
    expect(counted(state, new Date(end + 15 * 60_000), 10).after).toMatchObject({ failures: 1, blockedUntil: null });
  });
});

describe('a network', () => {
  it.each([
    ['203.0.113.7', '203.0.113'], ['::ffff:203.0.113.200', '203.0.113'],
    ['2001:db8:1:22aa::1', '2001:db8:1:22'], ['2001:db8:1:22bb:5:6:7:8', '2001:db8:1:22'], ['2001:db8::1', '2001:db8:0:00'], ['::1', '0:0:0:00'],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
