import fc from 'fast-check';
import { LANGUAGES } from './access/actor';
import { CURRENCIES, digitsOf, minorUnits, writtenAmount } from './money';

describe('an amount of money', () => {
  it.each<[string, string, number | null]>([
    ['1200', 'EUR', 120_000], ['1 200', 'EUR', 120_000], ['1\u202F200,50', 'EUR', 120_050], ['1200,5', 'EUR', 120_050], ['1,200.50', 'PEN', 120_050], ['1.200,50', 'PEN', 120_050],
    ['1.200', 'EUR', 120_000], ['1,200', 'EUR', 120_000], ['1.200.000', 'XOF', 1_200_000], ['40 000', 'XOF', 40_000], ['1.234', 'TND', 1_234], ['0', 'EUR', 0], ['0,05', 'EUR', 5],
    ['40000,5', 'XOF', null], ['12,345,6', 'EUR', null], ['12,', 'EUR', null], ['1200 €', 'EUR', null], ['-3', 'EUR', null], ['a lot', 'EUR', null], ['', 'EUR', null],
  ])('%s of %s is %p', (written, currency, minor) => expect(minorUnits(written, currency)).toBe(minor));

  it('is read as it was written, in every language and currency', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.constantFrom(...CURRENCIES), fc.constantFrom(...LANGUAGES), (amount, currency, language) => {
      const written = writtenAmount(amount, currency, language);
      // Three minor digits after one sign are minor digits of such a currency alone.
      expect(minorUnits(written, currency)).toBe(amount);
    }));
  });

  it('knows currencies that people are paid in, and no others', () => {
    for (const code of ['EUR', 'PEN', 'XOF']) expect(CURRENCIES).toContain(code);
    for (const code of ['XXX', 'XTS', 'XAU', 'ABC']) expect(CURRENCIES).not.toContain(code);
    expect([digitsOf('EUR'), digitsOf('XOF'), digitsOf('ABC')]).toEqual([2, 0, 2]);
  });
});
