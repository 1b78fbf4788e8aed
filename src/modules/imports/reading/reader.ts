import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Transform, type TransformCallback } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { encodingOf, type Encoding } from './encoding';
import { separatorOf, type Separator } from './separator';

/** What a register may measure. A caseload is far below; what is far above is no register. */
export const LIMITS = { bytes: 10 * 1024 * 1024, rows: 50_000, columns: 200, cell: 10_000, record: 200_000 } as const;
const HEAD = 64 * 1024;

export type TooMuch = 'file-too-large' | 'too-many-rows' | 'too-many-columns' | 'cell-too-long' | 'quote-not-closed' | 'not-text';
/** A file that is not read, with the line at which that was seen. */
export class Unreadable extends Error {
  constructor(
    readonly code: TooMuch,
    readonly line: number | null,
  ) {
    super(code);
  }
}

export interface FileFormat {
  encoding: Encoding;
  separator: Separator;
}

/** Looks at the beginning of a file. */
export async function formatOf(path: string): Promise<FileFormat> {
  if ((await stat(path)).size > LIMITS.bytes) throw new Unreadable('file-too-large', null);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const head = buffer.subarray(0, bytesRead);
    const encoding = encodingOf(head);
    const text = new TextDecoder(encoding).decode(head, { stream: true });
    // Pictures and programs hold zeros, whatever they are read as.
    if (text.includes('\0')) throw new Unreadable('not-text', null);
    return { encoding, separator: separatorOf(text) };
  } finally {
    await file.close();
  }
}

/**
 * The records of a file, one after the other, each as it stands with the line that it begins on: never more than a little of the file is in memory.
 * @throws Unreadable where the file is larger than a register may be, or a quote is never closed
 */
export async function* recordsOf(path: string, { encoding, separator }: FileFormat): AsyncGenerator<{ line: number; cells: string[] }> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: false });
  const decode = new Transform({
    decodeStrings: true,
    readableObjectMode: false,
    transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done: TransformCallback) {
      done(null, decoder.decode());
    },
  });
  const parser = parse({
    delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true, max_record_size: LIMITS.record, info: true,
  });
  pipeline(createReadStream(path), decode, parser, () => undefined);
  let rows = 0;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      rows += 1;
      if (rows > LIMITS.rows) throw new Unreadable('too-many-rows', line);
      if (record.length > LIMITS.columns) throw new Unreadable('too-many-columns', line);
      if (record.some((cell) => cell.length > LIMITS.cell)) throw new Unreadable('cell-too-long', line);
      yield { line, cells: record };
      line = info.lines + 1;
    }
  } catch (error) {
    // A quote that is never closed swallows the rest of the file, until that is more than a record may hold.
    const isOpen = (parser as unknown as { state: { quoting: boolean } }).state.quoting;
    if (error instanceof CsvError) throw new Unreadable(isOpen || error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'cell-too-long', line);
    throw error;
  } finally {
    parser.destroy();
  }
}
