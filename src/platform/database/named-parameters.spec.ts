import { positional } from './named-parameters';

describe('named parameters', () => {
  it('become positions, each name once', () => {
    expect(positional('select :b, :a, :b', { a: 1, b: 2 })).toEqual(['select $1, $2, $1', [2, 1]]);
  });

  it('leave casts, quoted text and slices alone', () => {
    expect(positional("select :id::uuid, ':no', 'it''s :no', array[1,2][1:2], x::text[]", { id: 'i' })).toEqual(["select $1::uuid, ':no', 'it''s :no', array[1,2][1:2], x::text[]", ['i']]);
  });

  it('keep a value apart from the text, whatever it holds', () => {
    expect(positional('select :a', { a: "'; drop table x; --" })).toEqual(['select $1', ["'; drop table x; --"]]);
    expect(positional('select :a', { a: null })).toEqual(['select $1', [null]]);
  });

  it('tell a longer name from a shorter one', () => {
    expect(positional(':wall, :wallService', { wall: 1, wallService: 2 })).toEqual(['$1, $2', [1, 2]]);
  });

  it('refuse a name without value', () => {
    expect(() => positional('select :a', {})).toThrow('the statement has no parameter a');
    expect(() => positional('select :toString', {})).toThrow('the statement has no parameter toString');
  });
});
