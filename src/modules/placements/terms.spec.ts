import fc from 'fast-check';
import { addDays } from '../../platform/days';
import { differing, inForce, partOf, termsOn, type Terms, type TermsChange } from './terms';

const FIRST: Terms = {
  siteId: null, title: 'Baker', occupationCode: null, plannedStartOn: null, contractOn: null, setting: 'ordinary', reserved: false, contract: 'fixed', plannedEndOn: null, trialEndOn: null,
  weeklyMinutes: 1200, wage: 120_000, wagePeriod: 'month', currency: 'EUR', subsidised: false, tutor: null, foundBy: 'coach',
};
let made = 0;
const change = (effectiveOn: string, after: Partial<Terms>): TermsChange => ({ id: String((made += 1)).padStart(6, '0'), effectiveOn, recordedAt: new Date(made), after });

describe('the terms of a job', () => {
  it('hold from their day on, and those before them until then', () => {
    const changes = [change('2026-03-01', { weeklyMinutes: 1800 }), change('2026-06-01', { weeklyMinutes: 2100, contract: 'permanent' })];
    expect([...['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((day) => termsOn(FIRST, changes, day).weeklyMinutes), termsOn(FIRST, changes).contract]).toEqual([1200, 1800, 1800, 2100, 'permanent']);
  });

  it('told late take their place among those that are known', () => {
    const changes = [change('2026-06-01', { weeklyMinutes: 2100 }), change('2026-03-01', { weeklyMinutes: 1800, tutor: 'Ms Petit' })];
    expect(termsOn(FIRST, changes)).toMatchObject({ weeklyMinutes: 2100, tutor: 'Ms Petit' });
    expect(termsOn(FIRST, changes, '2026-05-31')).toMatchObject({ weeklyMinutes: 1800 });
  });

  it('of one day are as they were written down last', () => {
    expect(termsOn(FIRST, [change('2026-03-01', { title: 'Miller' }), change('2026-03-01', { title: 'Pastry cook' })]).title).toBe('Pastry cook');
  });

  it('differ by what is another one, and are what both their parts make', () => {
    const after = { ...FIRST, tutor: 'Ms Petit', wage: null, wagePeriod: null, currency: null };
    const names = differing(FIRST, after);
    expect(names).toEqual({ tutor: 'Ms Petit', wage: null, wagePeriod: null, currency: null });
    expect({ ...after, ...partOf(FIRST, Object.keys(names)) }).toEqual(FIRST);
  });

  it('come to the same, in whatever order they were read', () => {
    const days = fc.nat(400).map((n) => addDays('2026-01-01', n));
    fc.assert(fc.property(fc.array(fc.record({ day: days, weeklyMinutes: fc.integer({ min: 1, max: 6000 }) }), { maxLength: 12 }), days, (told, day) => {
      const changes = told.map((one) => change(one.day, { weeklyMinutes: one.weeklyMinutes }));
      expect(termsOn(FIRST, [...changes].reverse(), day)).toEqual(termsOn(FIRST, changes, day));
      const last = inForce(changes).filter(({ effectiveOn }) => effectiveOn <= day).at(-1);
      expect(termsOn(FIRST, changes, day).weeklyMinutes).toBe(last?.after.weeklyMinutes ?? FIRST.weeklyMinutes);
    }));
  });
});
