import fc from 'fast-check';
import { Clock } from './clock';
import { addDays, addMonths, ageOn, daysBetween, isDay } from './days';

const anyDay = fc.date({ min: new Date('1920-01-01'), max: new Date('2180-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));

describe('days', () => {
  it.each(['2026-03-02', '2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])('%s is a day', (day) => expect(isDay(day)).toBe(true));
  it.each([
    '2026-02-29', '1900-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-04-31', '26-03-02', '2026-3-2', '2026-03-02 ', '2026-03-02T00:00', '+002026-03-02', '1899-12-31', '2200-01-01', '', '2026-W10', '２０２６-03-02',
    20260302, null, undefined, ['2026-03-02'], new Date('2026-03-02'),
  ])('%p is none', (value) => expect(isDay(value)).toBe(false));

  it.each([
    ['2026-01-31', 1, '2026-02-28'], ['2024-01-31', 1, '2024-02-29'], ['2024-02-29', 12, '2025-02-28'], ['2024-02-29', 48, '2028-02-29'], ['2025-12-31', 2, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'], ['2026-08-31', 6, '2027-02-28'], ['2026-05-31', 1, '2026-06-30'], ['2026-01-30', 1, '2026-02-28'], ['2026-01-01', 36, '2029-01-01'],
  ])('%s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected));

  it('counts days over the ends of months, years and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366);
    expect(daysBetween('2026-03-02', '2026-03-01')).toBe(-1);
  });

  it('goes there and back', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -3_000, max: 3_000 }), (day, n) => {
      const other = addDays(day, n);
      expect(daysBetween(day, other)).toBe(n);
      expect(addDays(other, -n)).toBe(day);
      expect(other > day).toBe(n > 0); // days compare as strings
    }));
  });

  it('stays in the month that was meant', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -60, max: 60 }), (day, n) => {
      const [year = 0, month = 0] = day.split('-').map(Number);
      const [otherYear = 0, otherMonth = 0] = addMonths(day, n).split('-').map(Number);
      expect(otherYear * 12 + otherMonth).toBe(year * 12 + month + n);
      expect(isDay(addMonths(day, n))).toBe(true);
    }));
  });

  it('gives an age only when the birthday has come', () => {
    expect(ageOn('1990-03-02', '2026-03-01')).toBe(35);
    expect(ageOn('1990-03-02', '2026-03-02')).toBe(36);
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
  });
});

describe('today', () => {
  class At extends Clock {
    constructor(private readonly at: string) { super(); }
    override now(): Date { return new Date(this.at); }
  }

  it.each([
    ['2026-03-02T04:59:59Z', { 'America/Lima': '2026-03-01', 'Europe/Paris': '2026-03-02', 'Africa/Bamako': '2026-03-02', 'Pacific/Auckland': '2026-03-02' }],
    ['2026-03-02T05:00:00Z', { 'America/Lima': '2026-03-02', 'Europe/Paris': '2026-03-02', 'Africa/Bamako': '2026-03-02', 'Pacific/Auckland': '2026-03-02' }],
    ['2026-03-28T23:30:00Z', { 'America/Lima': '2026-03-28', 'Europe/Paris': '2026-03-29', 'Africa/Bamako': '2026-03-28', 'Pacific/Auckland': '2026-03-29' }], // the night that Paris loses an hour
    ['2026-10-24T22:30:00Z', { 'America/Lima': '2026-10-24', 'Europe/Paris': '2026-10-25', 'Africa/Bamako': '2026-10-24', 'Pacific/Auckland': '2026-10-25' }], // and the one that it gains one
    ['2027-12-31T23:00:00Z', { 'America/Lima': '2027-12-31', 'Europe/Paris': '2028-01-01', 'Africa/Bamako': '2027-12-31', 'Pacific/Auckland': '2028-01-01' }],
  ])('at %s', (instant, days) => {
    for (const [zone, day] of Object.entries(days)) expect(new At(instant).today(zone)).toBe(day);
    expect(new At(instant).today()).toBe(instant.slice(0, 10));
  });
});
