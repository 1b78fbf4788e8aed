export const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/**
 * What separates the cells: the sign that divides most lines into the same number of cells, of more than one. Signs inside quotes do not count.
 * @param head the beginning of the text; a last line that is cut is not looked at
 */
export function separatorOf(head: string): Separator {
  let best: { separator: Separator; score: number } = { separator: ';', score: 0 };
  for (const separator of SEPARATORS) {
    const cells = cellsPerRecord(head, separator);
    const often = new Map<number, number>();
    for (const n of cells) if (n > 1) often.set(n, (often.get(n) ?? 0) + 1);
    for (const [n, records] of often) {
      // Many records alike weigh more than many cells: a comma inside names would else win over the true sign.
      const score = records * Math.log2(n);
      if (score > best.score) best = { separator, score };
    }
  }
  return best.separator;
}

function cellsPerRecord(text: string, separator: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let atStart = true;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted) {
      if (sign === '"') {
        if (text[at + 1] === '"') at += 1;
        else quoted = false;
      }
      continue;
    }
    if (sign === '"' && atStart) quoted = true;
    else if (sign === separator) cells += 1;
    else if (sign === '\n' || (sign === '\r' && text[at + 1] !== '\n')) {
      counts.push(cells);
      cells = 1;
    }
    atStart = sign === separator || sign === '\n' || sign === '\r';
  }
  return counts.length > 0 ? counts : [cells];
}
