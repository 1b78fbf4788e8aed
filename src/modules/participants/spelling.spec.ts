import { phoneTail } from './spelling';

describe('phoneTail', () => {
  it.each([['06 12 34 56 78', '+33 6 12 34 56 78'], ['70 12 34 56', '+223 70 12 34 56'], ['987 654 321', '0051 987654321'], ['01 42 34 56 78 poste 12', '+33 1 42 34 56 78']])('%s and %s are one number', (local, abroad) => {
    expect(phoneTail(local)).toBe(phoneTail(abroad));
    expect(phoneTail(local)).toHaveLength(8);
  });

  it('is empty when there are too few digits to tell anybody', () => {
    expect(phoneTail('12')).toBe('');
  });
});
