import { ageAtMost, minimumAge } from './minimum-age';

describe('the youngest age at work', () => {
  it.each<[string, 'permanent' | 'apprenticeship', number]>([
    ['FR', 'permanent', 16], ['FR', 'apprenticeship', 15], ['PE', 'permanent', 14], ['PE', 'apprenticeship', 14], ['ML', 'permanent', 15], ['BE', 'permanent', 15],
  ])('of %s, %s, is %i', (country, contract, years) => expect(minimumAge(country, contract)).toBe(years));

  it.each<[string | null, string, string, number | null]>([
    ['2010-03-03', 'day', '2026-03-02', 15], ['2010-03-03', 'day', '2026-03-03', 16], ['2010-03-15', 'month', '2026-03-01', 16], ['2010-07-01', 'year', '2026-01-01', 16], ['2010-07-01', 'estimated', '2026-01-01', null],
    [null, 'unknown', '2026-01-01', null], ['2027-01-01', 'day', '2026-01-01', 0],
  ])('somebody born %s (%s) is on %s at most %p', (bornOn, bornPrecision, day, years) => expect(ageAtMost({ bornOn, bornPrecision }, day)).toBe(years));
});
