import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fileAt, type UploadedFile } from '../../src/platform/web/uploads';

/** Bytes of files that are what they say, as small as they may be. */
export const aPdf = (text = 'contract'): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
export const aPng = (): Buffer => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
export const aJpeg = (): Buffer => Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from('ffd9', 'hex')]);

/** A ZIP whose parts are stored as they are. */
export function aZip(parts: Record<string, string>): Buffer {
  const entries: { name: Buffer; content: Buffer; at: number }[] = [];
  const pieces: Buffer[] = [];
  let at = 0;
  for (const [part, text] of Object.entries(parts)) {
    const [name, content] = [Buffer.from(part), Buffer.from(text)];
    entries.push({ name, content, at });
    const piece = Buffer.concat([header(0x04034b50, name, content), name, content]);
    pieces.push(piece);
    at += piece.length;
  }
  const directory = Buffer.concat(entries.map((one) => Buffer.concat([header(0x02014b50, one.name, one.content, one.at), one.name])));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...pieces, directory, end]);
}

function header(signature: number, name: Buffer, content: Buffer, at?: number): Buffer {
  const fields = at === undefined ? Buffer.alloc(30) : Buffer.alloc(46);
  const shift = at === undefined ? 0 : 2;
  fields.writeUInt32LE(signature, 0);
  fields.writeUInt16LE(20, 4 + shift);
  fields.writeUInt32LE(crc32(content), 14 + shift);
  fields.writeUInt32LE(content.length, 18 + shift);
  fields.writeUInt32LE(content.length, 22 + shift);
  fields.writeUInt16LE(name.length, 26 + shift);
  if (at !== undefined) fields.writeUInt32LE(at, 42);
  return fields;
}

export const anOdt = (): Buffer => aZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' });
export const aDocx = (main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml', more: Record<string, string> = {}): Buffer =>
  aZip({ '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`, 'word/document.xml': '<x/>', ...more });

/** A file as the platform hands it to a service, for the length of `work`. */
export async function sent<T>(name: string, content: Buffer, work: (file: UploadedFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'jalon-test-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    return await work(await fileAt(path, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}
