type Cell = string | number | boolean | null | undefined;

const FORMULA = /^[\t\r ]*[=+\-@]/;

/** A table as CSV (RFC 4180) in UTF-8 with its mark. A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[], separator = ','): string {
  const line = (cells: readonly Cell[]): string => cells.map((cell) => quoted(cell, separator)).join(separator);
  return `\uFEFF${[columns, ...rows].map(line).join('\r\n')}\r\n`;
}

function quoted(cell: Cell, separator: string): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /["\r\n']/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
