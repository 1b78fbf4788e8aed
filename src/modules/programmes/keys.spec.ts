import { firstFree, isKey, keyOf } from './keys';

describe('keys', () => {
  it.each([['Un emploi qui dure', 'un-emploi-qui-dure'], ["Œuvre d'été, Bamako", 'oeuvre-d-ete-bamako'], ['  CJEI  ', 'cjei'], ['Ñusta', 'nusta'], ['中心', 'x'], ['a'.repeat(200), 'a'.repeat(55)]])('of %s: %s', (name, key) => {
    expect(keyOf(name)).toBe(key);
    expect(isKey(keyOf(name))).toBe(true);
  });

  it.each(['', '-a', 'a-', 'a--b', 'A', 'é', 'a b', 'a'.repeat(61)])('%j is none', (key) => expect(isKey(key)).toBe(false));

  it('take the first number that is free', () => {
    expect(firstFree('a', new Set())).toBe('a');
    expect(firstFree('a', new Set(['a', 'a-2', 'a-4']))).toBe('a-3');
  });
});
