import { orderOf, evidenceOf, type Order } from './days';
import { formatOf, recordsOf, type FileFormat } from './reader';
import { bare, headerLineOf } from './targets';

/** Lines above the header: a title, a date, blanks. */
const ABOVE = 30;
/** Different words that a column may hold and still be a list. */
const MOST_WORDS = 60;
const LONGEST_HEADER = 100;
const SAMPLES = 3;

/** What a column holds, as far as somebody who says what it is wants to see. */
export interface ColumnSeen {
  filled: number;
  samples: string[];
  /** The different words, each as it first stands, and how often; null where they are too many to be a list. */
  words: { word: string; cell: string; rows: number }[] | null;
  dayFirst: number;
  monthFirst: number;
}

/** A register, looked through once without keeping it. */
export interface Inspection extends FileFormat {
  headerLine: number;
  headers: string[];
  columns: ColumnSeen[];
  rows: number;
}

/** Every record below the header, with the line that it begins on. */
export async function* rowsOf(path: string, { headerLine, ...format }: FileFormat & { headerLine: number }): AsyncGenerator<{ line: number; cells: string[] }> {
  for await (const record of recordsOf(path, format)) if (record.line > headerLine) yield record;
}

/** Looks a file through: its format, its header, what its columns hold. @throws Unreadable where it is no register */
export async function inspect(path: string): Promise<Inspection> {
  const format = await formatOf(path);
  const { headerLine, headers } = await headerOf(path, format);
  const columns = headers.map((): ColumnSeen & { counts: Map<string, { word: string; cell: string; rows: number }> | null } => ({ filled: 0, samples: [], words: null, dayFirst: 0, monthFirst: 0, counts: new Map() }));
  let rows = 0;
  for await (const { cells } of rowsOf(path, { ...format, headerLine })) {
    rows += 1;
    for (const [index, column] of columns.entries()) {
      const cell = cells[index]?.trim() ?? '';
      if (cell === '') continue;
      column.filled += 1;
      const short = cell.slice(0, LONGEST_HEADER);
      if (column.samples.length < SAMPLES && !column.samples.includes(short)) column.samples.push(short);
      const evidence = evidenceOf(short);
      column.dayFirst += evidence.dayFirst;
      column.monthFirst += evidence.monthFirst;
      const word = bare(short);
      const known = column.counts?.get(word);
      if (known) known.rows += 1;
      else if (column.counts) column.counts = column.counts.size < MOST_WORDS ? column.counts.set(word, { word, cell: short, rows: 1 }) : null;
    }
  }
  return { ...format, headerLine, headers, rows, columns: columns.map(({ counts, ...column }) => ({ ...column, words: counts ? [...counts.values()] : null })) };
}

/** The order of the days of a file: what its columns of days show together. */
export function orderShown(columns: readonly Pick<ColumnSeen, 'dayFirst' | 'monthFirst'>[]): { order: Order; dayFirst: number; monthFirst: number } {
  const dayFirst = columns.reduce((sum, one) => sum + one.dayFirst, 0);
  const monthFirst = columns.reduce((sum, one) => sum + one.monthFirst, 0);
  return { order: orderOf({ dayFirst, monthFirst }, 'day-first'), dayFirst, monthFirst };
}

async function headerOf(path: string, format: FileFormat): Promise<{ headerLine: number; headers: string[] }> {
  const first: { line: number; cells: string[] }[] = [];
  for await (const record of recordsOf(path, format)) {
    first.push(record);
    if (first.length >= ABOVE) break;
  }
  // Where no header is known, the first line of several cells is taken for one: whoever sent the file says what its columns are.
  const found = first[headerLineOf(first.map(({ cells }) => cells)) ?? -1] ?? first.find(({ cells }) => cells.filter((cell) => cell.trim() !== '').length > 1) ?? first[0];
  const cells = found?.cells ?? [];
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return { headerLine: found?.line ?? 1, headers: cells.slice(0, last + 1).map((cell) => cell.replace(/\s+/g, ' ').trim().slice(0, LONGEST_HEADER)) };
}
