import 'reflect-metadata';
import fc from 'fast-check';
import { Day, Email, faultsOf, Flag, fromForm, fromJson, Id, Many, Nested, NestedMany, OneOf, Rule, Secret, Text, Whole } from './fields';
import { walk } from './walker';

const ID = '0192a6b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
const COLOURS = ['red', 'green', 'blue'] as const;

class Phone {
  @Text({ max: 20 }) number!: string;
  @OneOf(['self', 'family']) owner!: string;
}
class Place {
  @Text({ max: 30 }) town!: string;
  @Whole({ min: 1, max: 9, optional: true }) floor?: number;
}
class Everything {
  @Text({ max: 10, min: 2 }) name!: string;
  @Text({ max: 50, multiline: true, optional: true }) note?: string;
  @Whole({ min: 0, max: 120 }) age!: number;
  @Day() bornOn!: string;
  @Flag() willing!: boolean;
  @OneOf(COLOURS) colour!: string;
  @Id() coachId!: string;
  @Email({ optional: true }) mail?: string;
  @Secret({ max: 100, optional: true }) secret?: string;
  @Many(COLOURS, { max: 2, optional: true }) colours?: string[];
  @Nested(() => Place, { optional: true }) place?: Place;
  @NestedMany(() => Phone, { max: 2, optional: true }) phones?: Phone[];
}
const right = { name: 'Ana', age: 40, bornOn: '1984-02-29', willing: true, colour: 'red', coachId: ID };
const faults = (body: unknown): string[] => faultsOf(fromJson(Everything, body)).map(({ path, code }) => `${path} ${code}`);
const formFaults = (form: Record<string, unknown>): string[] => faultsOf(fromForm(Everything, form)).map(({ path, code }) => `${path} ${code}`);

describe('fields from JSON', () => {
  it('takes what is right', () => {
    expect(faults(right)).toEqual([]);
    expect(faults({ ...right, note: 'one\ntwo', mail: 'ana@example.org', colours: ['red', 'blue'], place: { town: 'Mopti' }, phones: [{ number: '1', owner: 'self' }] })).toEqual([]);
  });

  it.each([
    ['name', 4, 'wrong-type'], ['name', ['Ana'], 'wrong-type'], ['name', { length: 1e9 }, 'wrong-type'], ['name', { toString: null }, 'wrong-type'], ['name', '   ', 'required'], ['name', '', 'required'],
    ['name', null, 'required'], ['name', 'a'.repeat(11), 'too-long'], ['name', 'a', 'too-short'], ['name', 'a\nb', 'forbidden-character'], ['name', 'a\u202Eb', 'forbidden-character'], ['name', 'a\u200Bb', 'forbidden-character'],
    ['name', 'a\u0007b', 'forbidden-character'], ['name', '\u{E0041}a', 'forbidden-character'], ['name', 'a\ud800', 'forbidden-character'],
    ['age', '40', 'not-a-number'], ['age', true, 'not-a-number'], ['age', 1.5, 'not-a-number'], ['age', 3_000_000_000, 'too-big'], ['age', -1, 'too-small'], ['age', 1e300, 'not-a-number'], ['age', [40], 'not-a-number'],
    ['bornOn', '1984-02-30', 'not-a-day'], ['bornOn', '1984-2-9', 'not-a-day'], ['bornOn', 19840229, 'not-a-day'], ['bornOn', '0001-01-01', 'not-a-day'], ['bornOn', '1984-02-29T00:00:00Z', 'not-a-day'],
    ['willing', 'false', 'wrong-type'], ['willing', 'true', 'wrong-type'], ['willing', 1, 'wrong-type'], ['willing', 0, 'wrong-type'],
    ['colour', 'RED', 'not-in-list'], ['colour', 'toString', 'not-in-list'], ['colour', ['red'], 'not-in-list'],
    ['coachId', ID.toUpperCase(), 'not-an-id'], ['coachId', `{${ID}}`, 'not-an-id'], ['coachId', ID.replaceAll('-', ''), 'not-an-id'], ['coachId', 7, 'not-an-id'],
    ['mail', 'a@b@c.org', 'not-an-email'], ['mail', 'v@x.org\r\nBcc: e@x.org', 'not-an-email'], ['mail', 'Ana <ana@x.org>', 'not-an-email'], ['mail', 'a@x.org,b@x.org', 'not-an-email'], ['mail', 'mıke@x.org', 'not-an-email'],
    ['secret', 12345678, 'wrong-type'], ['secret', 'x'.repeat(101), 'too-long'],
    ['colours', 'red', 'wrong-type'], ['colours', ['red', 'red'], 'twice'], ['colours', ['red', 'green', 'blue'], 'too-many'], ['colours', ['red', 4], 'not-in-list'], ['colours', { 0: 'red' }, 'wrong-type'],
    ['place', 'Mopti', 'wrong-type'], ['place', [], 'wrong-type'], ['phones', {}, 'wrong-type'], ['phones', [null], 'wrong-type'], ['phones', ['1'], 'wrong-type'], ['phones', [{}, {}, {}], 'too-many'],
  ])('refuses %s: %j as %s, and changes nothing of it', (name, value, code) => {
    expect(faults({ ...right, [name]: value })).toEqual([`${name} ${code}`]);
  });

  it('refuses what it does not know, wherever it stands', () => {
    expect(faults({ ...right, serviceId: ID })).toEqual(['serviceId unknown-field']);
    expect(faults({ ...right, place: { town: 'Mopti', floor: '2', wing: 1 } }).sort()).toEqual(['place.floor not-a-number', 'place.wing unknown-field']);
    expect(faults({ ...right, phones: [{ number: '1', owner: 'self' }, { number: 2, owner: 'boss' }] })).toEqual(['phones.1.number wrong-type', 'phones.1.owner not-in-list']);
  });

  it('names every fault at once', () => {
    expect(faults({}).sort()).toEqual(['age required', 'bornOn required', 'coachId required', 'colour required', 'name required', 'willing required']);
    for (const nothing of [null, undefined, 4, 'x', [], [right]]) expect(faults(nothing)).toHaveLength(6);
  });

  it('asks what several fields say together once each of them is right by itself', () => {
    @Rule<Stay>(['from', 'until'], ({ from, until }) => (until < from ? { path: 'until', code: 'not-before', values: {} } : null))
    class Stay {
      @Whole({ min: 1, max: 9 }) from!: number;
      @Whole({ min: 1, max: 9 }) until!: number;
      @Text({ max: 9 }) place!: string;
    }
    class NamedStay extends Stay {
      @Text({ max: 9 }) name!: string;
    }
    const said = (body: object): string[] => faultsOf(fromJson(NamedStay, { name: 'x', place: 'x', ...body })).map(({ path, code }) => `${path} ${code}`);
    expect(said({ from: 1, until: 2 })).toEqual([]);
    expect(said({ from: 2, until: 1, place: '' })).toEqual(['place required', 'until not-before']);
    expect(said({ from: 20, until: 1 })).toEqual(['from too-big']);
  });

  it('trims and composes text, and nothing else', () => {
    expect(fromJson(Everything, { ...right, name: '  Ne\u0301 ', secret: ' a ' })).toMatchObject({ name: 'N\u00e9', secret: ' a ' });
    expect(fromJson(Everything, { ...right, note: null })).toMatchObject({ note: undefined });
  });

  it('never throws on any JSON, and takes nothing that a rule forbids', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>({ toString: null }, { then: {} }, { valueOf: 1 }, { hasOwnProperty: 1 }, { length: 1e9 }, [[[]]], { constructor: 1 }));
    const names = ['note', 'mail', 'secret', 'colours', 'place', 'phones', 'toString', 'hasOwnProperty', 'then', 'validate'];
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...Object.keys(right), ...names), odd));
    fc.assert(fc.property(body, (given) => {
      try {
        walk(given);
      } catch {
        return; // refused before anything reads it
      }
      const found = faultsOf(fromJson(Everything, given));
      expect(found.every(({ path, code }) => typeof path === 'string' && /^[a-z-]+$/.test(code))).toBe(true);
    }), { numRuns: 2_000 });
  });
});

/** A command as the browser sends it: strings, a day in three parts, boxes that are on or absent. */
function toForm(command: Record<string, unknown>): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(command)) {
    if (name === 'bornOn') {
      const [year, month, day] = (value as string).split('-');
      Object.assign(form, { 'bornOn-day': String(Number(day)), 'bornOn-month': String(Number(month)), 'bornOn-year': year });
    } else if (name === 'willing') Object.assign(form, value ? { willing: 'on' } : {});
    else if (name === 'colours') Object.assign(form, (value as string[]).length ? { colours: (value as string[]).length === 1 ? (value as string[])[0] : value } : {});
    else if (name === 'place') for (const [part, inner] of Object.entries(value as object)) form[`place.${part}`] = String(inner);
    else if (name === 'phones') (value as object[]).forEach((phone, index) => Object.entries(phone).forEach(([part, inner]) => { form[`phones.${index}.${part}`] = inner; }));
    else form[name] = String(value);
  }
  return form;
}

describe('fields from a form', () => {
  const form = toForm(right);

  it('becomes what JSON says plainly', () => {
    expect(fromForm(Everything, form)).toEqual({ ...right, colours: [], phones: [] });
    expect(formFaults(form)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['spaces around a text', { name: '  Ana ' }, { name: 'Ana' }],
    ['a blank text', { mail: '  ' }, {}],
    ['lines of a browser', { note: 'a\r\nb' }, { note: 'a\nb' }],
    ['a number with spaces of the language', { age: ' 4\u202f0 ' }, { age: 40 }],
    ['a box that is off', { willing: undefined }, { willing: false }],
    ['a box with another value', { willing: 'yes' }, { willing: 'yes' }],
    ['a single choice of several', { colours: 'red' }, { colours: ['red'] }],
    ['a choice that stands in two places', { colours: ['red', 'red'] }, { colours: ['red'] }],
    ['no choice of several', { colours: '' }, { colours: [] }],
    ['a day in one field', { 'bornOn-day': undefined, 'bornOn-month': undefined, 'bornOn-year': undefined, bornOn: '2026-03-02' }, { bornOn: '2026-03-02' }],
    ['a day without its zeros', { 'bornOn-day': ' 3', 'bornOn-month': '2 ', 'bornOn-year': '1990' }, { bornOn: '1990-02-03' }],
    ['a part left blank', { 'place.town': '', 'place.floor': '' }, {}],
    ['rows with a gap', { 'phones.0.number': '', 'phones.0.owner': '', 'phones.3.number': '7', 'phones.3.owner': 'self' }, { phones: [{ number: '7', owner: 'self' }] }],
    ['a password with spaces', { secret: ' a ' }, { secret: ' a ' }],
  ])('decodes %s', (_, sent, expected) => {
    expect(fromForm(Everything, { ...form, ...sent })).toEqual({ ...right, colours: [], phones: [], ...expected });
  });

  it.each([
    [{ age: 'forty' }, 'age not-a-number'], [{ age: '4.5' }, 'age not-a-number'], [{ age: '9'.repeat(400) }, 'age not-a-number'], [{ age: '0x10' }, 'age not-a-number'], [{ age: ['1', '2'] }, 'age not-a-number'],
    [{ 'bornOn-day': '31', 'bornOn-month': '4' }, 'bornOn not-a-day'], [{ 'bornOn-year': '' }, 'bornOn not-a-day'], [{ 'bornOn-day': ['1', '2'] }, 'bornOn not-a-day'],
    [{ 'bornOn-day': '', 'bornOn-month': '', 'bornOn-year': '' }, 'bornOn required'],
    [{ name: ['Ana', 'Ben'] }, 'name wrong-type'], [{ willing: 'maybe' }, 'willing wrong-type'], [{ role: 'manager' }, 'role unknown-field'], [{ 'place.town': 'Mopti', 'place.wing': '1' }, 'place.wing unknown-field'],
    [{ 'phones.0.number': '', 'phones.0.owner': 'self' }, 'phones.0.number required'],
  ])('refuses %j: %s', (sent, expected) => {
    expect(formFaults({ ...form, ...sent })).toEqual([expected]);
  });

  it('takes names that begin with a line below out before', () => {
    expect(formFaults({ ...form, _token: 'x', _key: 'y' })).toEqual([]);
  });

  it('goes round: any right command, sent as a form, comes back the same', () => {
    const word = (max: number): fc.Arbitrary<string> => fc.stringMatching(/^[a-zA-Zéñ0-9]+$/, { maxLength: max }).map((text) => text.normalize('NFC')).filter((text) => text.length > 0 && text.length <= max);
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    const command = fc.record({
      name: word(10).filter((text) => text.length > 1), note: word(50), age: fc.integer({ min: 0, max: 120 }), bornOn: day, willing: fc.boolean(), colour: fc.constantFrom(...COLOURS), coachId: fc.constant(ID),
      colours: fc.uniqueArray(fc.constantFrom(...COLOURS), { maxLength: 2 }), place: fc.record({ town: word(30), floor: fc.integer({ min: 1, max: 9 }) }),
      phones: fc.array(fc.record({ number: word(20), owner: fc.constantFrom('self', 'family') }), { maxLength: 2 }),
    });
    fc.assert(fc.property(command, (given) => {
      expect(formFaults(toForm(given))).toEqual([]);
      expect(JSON.parse(JSON.stringify(fromForm(Everything, toForm(given))))).toEqual(given);
    }), { numRuns: 500 });
  });

  it('never throws on any form', () => {
    const name = fc.oneof(fc.constantFrom('name', 'age', 'bornOn', 'bornOn-day', 'willing', 'colours', 'place', 'place.town', 'place.', 'phones', 'phones.0.number', 'phones.99.owner', 'phones.0.', 'toString', 'hasOwnProperty'), fc.string());
    const form = fc.dictionary(name, fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(fc.property(form, (given) => {
      try {
        walk(given);
      } catch {
        return;
      }
      expect(Array.isArray(formFaults(given))).toBe(true);
    }), { numRuns: 2_000 });
  });
});
