import { factOf } from './contact-facts';

const done = [
  { id: 'a', happened_on: '2026-01-05', minutes: 40 },
  { id: 'b', happened_on: '2026-01-12', minutes: 30 },
  { id: 'c', happened_on: '2026-01-20', minutes: 60 },
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
});
