import { canBeMet, factOf } from './contact-facts';

const done = [
  { id: 'a', happened_on: '2026-01-05', minutes: 40, mode: 'in-person' },
  { id: 'b', happened_on: '2026-01-12', minutes: 30, mode: 'call' },
  { id: 'c', happened_on: '2026-01-20', minutes: 60, mode: 'call' },
];

describe('what contacts say of a requirement', () => {
  it('counts them, and is met on the day of the last one needed', () => {
    expect(factOf(done, { count: 2, minutes: null }, '/x')).toMatchObject({ have: 3, need: 2, metOn: '2026-01-12' });
  });

  it('adds up minutes where minutes are asked for', () => {
    expect(factOf(done, { count: null, minutes: 100 }, '/x')).toMatchObject({ have: 130, need: 100, metOn: '2026-01-20' });
  });

  it('says how much there is while it is not met', () => {
    expect(factOf(done.slice(0, 1), { count: 2, minutes: null }, '/x')).toMatchObject({ have: 1, need: 2, metOn: null });
    expect(factOf([], { count: null, minutes: null }, '/x')).toMatchObject({ have: 0, need: 1, metOn: null, evidence: [] });
  });

  it('wants attempts spread over channels and months where that is asked, and tells what is short', () => {
    const late = [...done, { id: 'd', happened_on: '2026-04-05', minutes: 5, mode: 'call' }];
    const asked = { count: 3, minutes: null, channels: 2, overMonths: 3 };
    expect(factOf(done.slice(0, 2), asked, '/x')).toMatchObject({ have: 2, need: 3, metOn: null });
    expect(factOf(done.slice(1).concat(done.slice(1)), { ...asked, channels: 2 }, '/x')).toMatchObject({ have: 1, need: 2, metOn: null });
    expect(factOf(done, asked, '/x')).toMatchObject({ have: 0, need: 3, metOn: null });
    expect(factOf(late, asked, '/x')).toMatchObject({ have: 4, need: 3, metOn: '2026-04-05' });
  });

  it('refuses what it cannot judge', () => {
    expect(canBeMet({ kinds: ['interview'], count: 2, since: 'stage' })).toBe(true);
    expect(canBeMet({ kinds: ['phone', 'visit'], attempts: true, count: 6, channels: 2, overMonths: 3 })).toBe(true);
    for (const wrong of [{ kinds: [] }, { kinds: ['dancing'] }, { count: 0 }, { since: 'birth' }, { channels: 9 }, { mood: 'good' }, { count: 1001 }, { minutes: 60_001 }, { overMonths: 121 }, { overMonths: 1_000_000_000 }, { since: ['stage'] },
      { constructor: 1 }, { toString: 'x' }, { valueOf: true }]) expect([wrong, canBeMet(wrong)]).toEqual([wrong, false]);
  });
});
