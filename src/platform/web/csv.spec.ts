import { csv } from './csv';

describe('a table as CSV', () => {
  it('has its mark, its head and a line each', () => expect(csv(['a', 'b'], [[1, 'x'], [null, true]])).toBe('\uFEFFa,b\r\n1,x\r\n,true\r\n'));
  it('quotes what would break it', () => expect(csv(['a'], [['x, "y"\nz']])).toBe('\uFEFFa\r\n"x, ""y""\nz"\r\n'));
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])('disarms %s', (text) => expect(csv(['a'], [[text]])).toContain(`"'${text}"`));
  it('leaves numbers alone, negative ones too', () => expect(csv(['a'], [[-5]])).toContain('\r\n-5\r\n'));
});
