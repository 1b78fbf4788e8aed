import { dialled, digitsOf, isPhone } from './phone';

describe('a phone number', () => {
  it.each(['06 12 34 56 78', '+33 6.12.34.56.78', '(01) 42-34-56-78', '70 12 34 56', '+51 987 654 321', '0051987654321', '01 42 34 56 78 poste 12', '(511) 234-5678 anexo 104', '234567 x9', '+223 70123456 ext. 3', '123456', '123456789012345'])('may be %s', (number) => {
    expect(isPhone(number)).toBe(true);
  });

  it.each(['abc', '12', '12345', '1234567890123456', '06 12 34 56 7o', '++33612345678', '06+12345678', 'call me 0612345678', '0612345678 or 0612345679', '------', 'ext 123456', ''])('is not %s', (text) => {
    expect(isPhone(text)).toBe(false);
  });

  it('is told apart by its digits, without what is dialled after it', () => {
    expect(digitsOf('01 42 34 56 78 poste 12')).toBe('0142345678');
  });

  it('is dialled without its spaces, with the sign of a country', () => {
    expect(['06 12 34 56 78', '(+33) 6.12.34.56.78', '01 42 34 56 78 poste 12'].map(dialled)).toEqual(['0612345678', '+33612345678', '0142345678']);
  });
});
