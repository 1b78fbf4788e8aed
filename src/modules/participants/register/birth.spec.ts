import { Problem } from '../../../platform/problem';
import { ageOf, birthOf, partsOf } from './birth';

const today = '2026-06-16';
const fault = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    const [first] = (error as Problem).fields;
    return first && [first.path, first.code];
  }
  return null;
};

describe('a birth date known so far', () => {
  it.each([
    [{ bornPrecision: 'day', bornYear: 1999, bornMonth: 2, bornDay: 28 }, '1999-02-28'],
    [{ bornPrecision: 'month', bornYear: 1999, bornMonth: 2 }, '1999-02-15'],
    [{ bornPrecision: 'year', bornYear: 1999 }, '1999-07-01'],
    [{ bornPrecision: 'estimated', bornYear: 1960 }, '1960-07-01'],
    [{ bornPrecision: 'unknown' }, null],
  ] as const)('%j is kept as %s, and shown with no more than was known', (parts, bornOn) => {
    const birth = birthOf(parts, today);
    expect(birth.bornOn).toBe(bornOn);
    expect(partsOf(birth)).toEqual({ bornYear: null, bornMonth: null, bornDay: null, ...parts });
  });

  it.each([
    [{ bornPrecision: 'day', bornYear: 1999, bornMonth: 2 }, ['bornDay', 'required']],
    [{ bornPrecision: 'month', bornYear: 1999 }, ['bornMonth', 'required']],
    [{ bornPrecision: 'year' }, ['bornYear', 'required']],
    [{ bornPrecision: 'day', bornYear: 1999, bornMonth: 2, bornDay: 29 }, ['bornDay', 'not-a-day']],
    [{ bornPrecision: 'day', bornYear: 2026, bornMonth: 6, bornDay: 17 }, ['bornYear', 'in-the-future']],
    [{ bornPrecision: 'year', bornYear: 2027 }, ['bornYear', 'in-the-future']],
    [{ bornPrecision: 'unknown', bornYear: 1990 }, ['bornPrecision', 'does-not-fit']],
    [{ bornPrecision: 'day', bornYear: 1900, bornMonth: 1, bornDay: 1 }, ['bornYear', 'too-long-ago']],
  ] as const)('%j is refused: %j', (parts, expected) => {
    expect(fault(() => birthOf(parts, today))).toEqual(expected);
  });

  it('takes the present year although its middle is still to come', () => {
    expect(ageOf(birthOf({ bornPrecision: 'year', bornYear: 2026 }, today), today)).toBe(0);
  });
});
