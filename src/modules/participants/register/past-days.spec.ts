import { Problem } from '../../../platform/problem';
import type { Birth } from './birth';
import { EARLIEST_RIGHT, hasBeen, notTooEarly } from './past-days';

const fault = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    const [first] = (error as Problem).fields;
    return first && [first.code, first.values.day];
  }
  return null;
};
const born = (bornOn: string | null, bornPrecision: Birth['bornPrecision'] = 'day'): Birth => ({ bornOn, bornPrecision });

describe('a day that has been', () => {
  it.each([
    ['2026-06-16', born('1990-05-04'), null],
    ['2026-06-17', born('1990-05-04'), ['in-the-future', undefined]],
    ['2000-01-01', born('1990-05-04'), null],
    ['1999-12-31', born('1990-05-04'), ['not-before', '2000-01-01']],
    ['1900-01-01', born('1990-05-04'), ['not-before', '2000-01-01']],
    ['2009-05-04', born('2009-05-04'), null],
    ['2009-05-03', born('2009-05-04'), ['not-before-birth', '2009-05-04']],
    ['1900-01-01', born('2009-05-04'), ['not-before-birth', '2009-05-04']],
    ['2009-05-01', born('2009-05-15', 'month'), null],
    ['2009-04-30', born('2009-05-15', 'month'), ['not-before-birth', '2009-05-01']],
    ['2009-01-01', born('2009-07-01', 'year'), null],
    ['2008-12-31', born('2009-07-01', 'year'), ['not-before-birth', '2009-01-01']],
    ['2005-01-01', born('2009-07-01', 'estimated'), null],
    ['2005-01-01', born(null, 'unknown'), null],
  ])('%s, of somebody born %j: %j', (day, person, expected) => {
    expect(fault(() => hasBeen('givenOn', day, person, '2026-06-16'))).toEqual(expected);
  });

  it('what a person brings along may be older, and lie ahead', () => {
    const right = (day: string | null, person = born('1940-05-04')): unknown => fault(() => notTooEarly('validFrom', day, person, EARLIEST_RIGHT));
    expect([right('1950-01-01'), right('1975-06-01'), right('2040-01-01'), right(null)]).toEqual([null, null, null, null]);
    expect(right('1949-12-31')).toEqual(['not-before', '1950-01-01']);
    expect(right('1975-06-01', born('1980-01-01'))).toEqual(['not-before-birth', '1980-01-01']);
  });
});
