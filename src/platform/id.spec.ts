import { isId, newId } from './id';

describe('ids', () => {
  it('are UUIDs of version 7, sorted by their millisecond, never twice', () => {
    const instants = [0, 1, 1_700_000_000_000, 2 ** 47];
    expect(instants.map((at) => newId(at)).every(isId)).toBe(true);
    const ids = instants.map((at) => newId(at));
    expect([...ids].sort()).toEqual(ids);
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(newId(1_700_000_000_123).replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_123);
    expect(new Set(Array.from({ length: 10_000 }, () => newId(7))).size).toBe(10_000);
  });

  it.each(['', 'x', newId().toUpperCase(), `${newId()} `, ` ${newId()}`, `${newId()}\n`, newId().replaceAll('-', ''), `{${newId()}}`, '00000000-0000-0000-0000-000000000000', `${newId()}'`, 4, null, undefined, [newId()], {}])(
    '%j is no id', (value) => expect(isId(value)).toBe(false));
});
