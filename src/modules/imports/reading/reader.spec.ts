import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ENCODINGS, type Encoding } from './encoding';
import { formatOf, LIMITS, recordsOf, Unreadable } from './reader';
import { SEPARATORS } from './separator';

const folder = mkdtempSync(join(tmpdir(), 'jalon-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'register.csv');

const encoders: Record<Encoding, (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text, 'utf8'),
  'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'windows-1252': (text) => Buffer.from(text, 'latin1'),
};
const read = async (bytes: Buffer | string): Promise<{ line: number; cells: string[] }[]> => {
  writeFileSync(path, bytes);
  const all = [];
  for await (const one of recordsOf(path, await formatOf(path))) all.push(one);
  return all;
};
const refusal = async (bytes: Buffer | string): Promise<string> => {
  try {
    await read(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return `${error.code} ${error.line ?? ''}`.trim();
    throw error;
  }
  return 'read';
};

describe('a register read from its file', () => {
  const cell = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('Núñez', 'Le Goff', '04/03/1997', 'sí', '', 'a;b', 'x,y', 'c|d', 'né "à la maison"', 'deux\nlignes', 'deux\r\nlignes', '=cmd', "'+33", '0') }, { weight: 1, arbitrary: fc.stringMatching(/^[ -~]{0,20}$/) });
  const quoted = (text: string, always: boolean, separator: string): string => (always || /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text);

  it('is what was written, in every encoding, with every separator and line end', async () => {
    await fc.assert(fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 }), fc.constantFrom(...SEPARATORS), fc.constantFrom(...ENCODINGS), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), fc.boolean(),
      async (rows, separator, encoding, end, always, mark) => {
        const lines = [['Nom', 'Prénom', 'Né le'], ...rows].map((cells) => cells.map((one) => quoted(one, always, separator)).join(separator));
        const text = (mark && encoding === 'utf-8' ? '\uFEFF' : '') + lines.join(end) + end;
        // What separates is told by how often it does: a file of one line may be read otherwise.
        writeFileSync(path, encoders[encoding](text));
        const format = await formatOf(path);
        expect(format.encoding).toBe(encoding);
        const got = [];
        for await (const one of recordsOf(path, { ...format, separator })) got.push(one.cells);
        expect(got).toEqual([['Nom', 'Prénom', 'Né le'], ...rows]);
      }), { numRuns: 200 });
  });

  it('never fails otherwise than by saying what is too much, and where', async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), fc.array(fc.constantFrom('"', ';', ',', '\n', '\r', 'a', ' ', '""', '\t'), { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')))), async (bytes) => {
      expect(await refusal(bytes)).toMatch(/^(read|not-text|quote-not-closed( \d+)?)$/);
    }), { numRuns: 400 });
  });

  it('says on which line each record begins', async () => {
    expect((await read('a;b\r\n"1\n2";x\n\n3;y\r4;z')).map(({ line }) => line)).toEqual([1, 2, 4, 5, 6]);
  });

  it('stops at what no register measures', async () => {
    const rows = (n: number, text: string): string => `${text}\n`.repeat(n);
    expect(await refusal(rows(LIMITS.rows + 2, 'a;b'))).toBe(`too-many-rows ${LIMITS.rows + 1}`);
    expect(await refusal(Array.from({ length: 10_000 }, (_, index) => index).join(';'))).toBe('too-many-columns 1');
    expect(await refusal(`a;b\nc;${'x'.repeat(5_000_000)}\n`)).toBe('cell-too-long 2');
    expect(await refusal(`a;b\nc;d\ne;"${rows(60_000, 'never closed')}`)).toBe('quote-not-closed 3');
    expect(await refusal('a;b\nc;"d\n')).toBe('quote-not-closed 2');
    expect(await refusal(Buffer.alloc(LIMITS.bytes + 1, 'a'))).toBe('file-too-large');
    expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]))).toBe('not-text');
    expect(await refusal('')).toBe('read');
  });
});
