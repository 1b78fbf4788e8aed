import fc from 'fast-check';
import { evidenceOf, orderOf, readDay, type DayRule } from './days';

const RULE: DayRule = { order: 'day-first', lastYear: 2030 };
const read = (cell: string, rule: Partial<DayRule> = {}): string => {
  const got = readDay(cell, { ...RULE, ...rule });
  return got.ok ? [got.day, got.precision === 'day' ? '' : got.precision, ...got.repairs].filter(Boolean).join(' ') : got.why;
};

describe('a cell read as a day', () => {
  it.each([
    ['04/03/1997', '1997-03-04'], ['4-3-97', '1997-03-04 short-year'], ['04.03.1997', '1997-03-04'], ['1997-03-04', '1997-03-04'], ['19970304', '1997-03-04'], ['1997/3/4', '1997-03-04'],
    ['43355', '2018-09-12 serial'], ['43355,5', '2018-09-12 serial'], ['2018-09-12 00:00:00', '2018-09-12'], ['12/09/2018 14:30', '2018-09-12 hour-dropped'], ['2018-09-12T08:00:00Z', '2018-09-12 hour-dropped'],
    ['1998', '1998-01-01 year year-only'], ['03/1998', '1998-03-01 month month-only'], ['mars 1998', '1998-03-01 month month-only'], ['4 de marzo de 1998', '1998-03-04 month-named'], ['1er août 2019', '2019-08-01 month-named'],
    ['12-sept.-19', '2019-09-12 short-year month-named'], ['02/13/2019', '2019-02-13 other-order'], ['31/12/30', '2030-12-31 short-year'], ['31/12/31', '1931-12-31 short-year'],
    ['31/02/2018', 'no-such-day'], ['00/00/0000', 'no-such-day'], ['29/02/2019', 'no-such-day'], ['hace 3 años', 'no-date'], ['12/2018/03', 'no-date'], ['1/2/345', 'no-date'], ['99999', 'no-date'], ['x', 'no-date'],
  ])('%s is %s', (cell, expected) => {
    expect(read(cell)).toBe(expected);
  });

  it('goes by the order of the column', () => {
    expect(read('04/03/1997', { order: 'month-first' })).toBe('1997-04-03');
    expect(read('25/03/1997', { order: 'month-first' })).toBe('1997-03-25 other-order');
  });

  it('reads what it writes, in every notation', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1931-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }), fc.constantFrom('/', '-', '.', ' '), (date, sign) => {
      const [y, m, d] = date.toISOString().slice(0, 10).split('-') as [string, string, string];
      const serial = String(Math.round(Date.parse(`${y}-${m}-${d}`) / 86_400_000) + 25_569);
      for (const cell of [`${y}-${m}-${d}`, `${d}${sign}${m}${sign}${y}`, `${Number(d)}${sign}${Number(m)}${sign}${y.slice(2)}`, ...(serial.length === 5 ? [serial] : [])]) {
        const got = readDay(cell, RULE);
        expect(got.ok && got.day).toBe(`${y}-${m}-${d}`);
      }
    }));
  });

  it('never throws, and answers a day of the calendar or why there is none', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d/.\- ]{0,12}$/)), (cell) => {
      const got = readDay(cell, RULE);
      if (got.ok) expect(got.day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }));
  });
});

describe('the order of a column', () => {
  it('is what its unmistakable cells show, and that of its language where they show none', () => {
    const of = (cells: string[]): string => orderOf(cells.map(evidenceOf).reduce((sum, one) => ({ dayFirst: sum.dayFirst + one.dayFirst, monthFirst: sum.monthFirst + one.monthFirst }), { dayFirst: 0, monthFirst: 0 }), 'day-first');
    expect(of(['01/02/2019', '13/02/2019'])).toBe('day-first');
    expect(of(['01/02/2019', '02/13/2019'])).toBe('month-first');
    expect(of(['01/02/2019', '2019-12-31', '44000'])).toBe('day-first');
  });
});
