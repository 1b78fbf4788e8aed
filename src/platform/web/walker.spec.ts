import fc from 'fast-check';
import { Problem } from '../problem';
import { walk } from './walker';

const refused = (input: unknown): boolean => {
  try {
    walk(input);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ status: 422, code: 'bad-input' });
    return true;
  }
};

describe('the walker', () => {
  it.each<[string, unknown]>([
    ['NUL in a text', { name: 'a\0b' }], ['NUL in a name', { 'a\0': 1 }], ['half of a surrogate pair', ['\ud800']], ['the other half in a name', { '\udc00': 1 }],
    ['__proto__', JSON.parse('{"__proto__":{"admin":true}}')], ['constructor deep inside', { a: [{ constructor: {} }] }], ['prototype', { prototype: 1 }],
    ['an infinite number', { n: Infinity }], ['no number', [NaN]],
  ])('refuses %s', (_, input) => expect(refused(input)).toBe(true));

  it.each<[string, unknown]>([
    ['nothing', undefined], ['null', null], ['text with accents and signs', { name: 'N’Golo Traoré 👩🏾‍🦽', note: 'a\r\n\tb' }], ['lists of lists', [[[[[1]]]]]], ['names that only look alike', { proto: 1, __proto: 2, constructors: 3 }],
  ])('takes %s', (_, input) => expect(refused(input)).toBe(false));

  it('refuses what is 40,000 deep without running out of stack', () => {
    expect(refused(JSON.parse('['.repeat(40_000) + ']'.repeat(40_000)))).toBe(true);
  });

  it('refuses more than 5,000 values', () => {
    expect(refused(Array.from({ length: 4_990 }, () => 0))).toBe(false);
    expect(refused(Array.from({ length: 5_001 }, () => 0))).toBe(true);
  });

  it('refuses by a problem or takes, whatever the JSON', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 20 }), (input) => typeof refused(input) === 'boolean'));
  });
});
