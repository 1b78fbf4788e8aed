import { csv } from './csv';

describe('a table as CSV', () => {
  it('has its mark, its head and a line each', () => expect(csv(['a', 'b'], [[1, 'x'], [null, true]])).toBe('\uFEFF"a","b"\r\n1,"x"\r\n,true\r\n'));
  it('quotes what would break it', () => expect(csv(['a'], [['x, "y"\nz']])).toBe('\uFEFF"a"\r\n"x, ""y""\nz"\r\n'));
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1+1', '|cmd', '\u0000=1'])('disarms %s', (text) => expect(csv(['a'], [[text]])).toContain(`"'${text}"`));
  it('quotes what another separator would cut', () => expect(csv(['a'], [['x;=1+1']])).toContain('"x;=1+1"'));
  it('leaves numbers alone, negative ones too', () => expect(csv(['a'], [[-5]])).toContain('\r\n-5\r\n'));
});
