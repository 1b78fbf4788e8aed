import { phoneTail, plain } from './spelling';

describe('plain', () => {
  it.each([
    ['Maëlle  TRÉGOR', 'maelle tregor'],
    ['Jean-Pierre O’Connor', 'jean pierre o connor'],
    ['Núñez', 'nunez'],
    ['Œuvray Strauß', 'oeuvray strauss'],
    ['Bakɔrɔba', 'bakoroba'],
    ['%_\\', ''],
  ])('%s is looked for as %s', (typed, kept) => {
    expect(plain(typed)).toBe(kept);
  });

  it('is the same for composed and decomposed letters', () => {
    expect(plain('Trégor'.normalize('NFC'))).toBe(plain('Trégor'.normalize('NFD')));
  });
});

describe('phoneTail', () => {
  it.each([['06 12 34 56 78', '+33 6 12 34 56 78'], ['70 12 34 56', '+223 70 12 34 56'], ['987 654 321', '0051 987654321']])('%s and %s are one number', (local, abroad) => {
    expect(phoneTail(local)).toBe(phoneTail(abroad));
    expect(phoneTail(local)).toHaveLength(8);
  });

  it('is empty when there are too few digits to tell anybody', () => {
    expect(phoneTail('12')).toBe('');
  });
});
