type Cell = string | number | boolean | null | undefined;

const FORMULA = /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]/u;

/**
 * A table as CSV (RFC 4180) in UTF-8 with its mark. A text that a spreadsheet would run as a formula gets an apostrophe before it;
 * every text is quoted, whatever a spreadsheet takes for a separator.
 */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[], separator = ','): string {
  const line = (cells: readonly Cell[]): string => cells.map(quoted).join(separator);
  return `\uFEFF${[columns, ...rows].map(line).join('\r\n')}\r\n`;
}

function quoted(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
