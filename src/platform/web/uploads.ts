import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { applyDecorators, createParamDecorator, Injectable, SetMetadata, type CanActivate, type ExecutionContext, type OnApplicationBootstrap } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Clock } from '../clock';
import { Config } from '../config';
import { newId } from '../id';
import { Problem, wrongField } from '../problem';

const UPLOAD = 'jalon:upload';
const LONGEST_NAME = 200;
/** What a form holds beside its file. */
const LIMITS = { fieldNameSize: 100, fieldSize: 100_000, fields: 300, files: 1, parts: 301, headerPairs: 20 };
/** A body this many times as long as its file may be is not read to its end. */
const FAR_TOO_LONG = 8;
/** Bytes of a body that are read for its words alone, of somebody who is not signed in. */
const LARGEST_UNASKED = 20_971_520;
/** Milliseconds after which a file that nobody took away is left over from a process that died. */
const LEFT_OVER = 3_600_000;
// eslint-disable-next-line no-control-regex -- control characters are what this looks for
const UNFIT = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF<>"]/gu;

/** A file that came with a form: it lies at `path`, readable for this process alone, until the answer has left. */
export interface UploadedFile {
  /** As the sender calls it, without folders: words to show, never a path. */
  name: string;
  bytes: number;
  path: string;
  /** Of what it holds, in hexadecimal. */
  sha256: string;
}
interface Mark {
  field: string;
  max: number;
}
/** A file on its way onto the disk. */
interface Kept {
  name: string;
  stream: BusboyFileStream;
  target: WriteStream;
  hash: Hash;
  written: Promise<void>;
}
interface Received {
  fields: Record<string, unknown>;
  file: UploadedFile | null;
  fault: Problem | null;
}

declare module 'express-serve-static-core' {
  interface Request {
    upload?: Pick<Received, 'file' | 'fault'>;
  }
}

/** This handler takes one file beside the fields of its command, as `multipart/form-data`. @param max bytes; @param command whose fields come with it */
export function Upload(field: string, { max, command }: { max: number; command?: new () => object }): MethodDecorator {
  const file = { type: 'object', properties: { [field]: { type: 'string', format: 'binary' } } } as const;
  return applyDecorators(
    SetMetadata(UPLOAD, { field, max } satisfies Mark), ApiConsumes('multipart/form-data'),
    ...(command ? [ApiExtraModels(command)] : []), ApiBody({ schema: command ? { allOf: [{ $ref: getSchemaPath(command) }, file] } : file }),
  );
}

/** The file; null where none was chosen. Its own fault (too large) is told here, so that a form is shown again with what was typed. */
export const Uploaded = createParamDecorator((_: unknown, context: ExecutionContext): UploadedFile | null => {
  const { upload } = context.switchToHttp().getRequest<Request>();
  if (upload?.fault) throw upload.fault;
  return upload?.file ?? null;
});

/** Receives what is sent as `multipart/form-data`, once the sender may do this kind of thing and before the token of the form is looked at. */
@Injectable()
export class UploadGuard implements CanActivate, OnApplicationBootstrap {
  private readonly folder: string;

  constructor(
    private readonly reflector: Reflector,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.folder = join(config.state, 'uploads');
  }

  async onApplicationBootstrap(): Promise<void> {
    const before = this.clock.now().getTime() - LEFT_OVER;
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => null);
      if (found && found.mtimeMs < before) await rm(path, { force: true });
    }
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    if (!request.is('multipart/form-data')) return true;
    const mark = this.reflector.get<Mark | undefined>(UPLOAD, context.getHandler());
    if (!mark) throw new Problem(415, 'unsupported-content');
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, newId());
    http.getResponse<Response>().once('close', () => void rm(path, { force: true }));
    const { fields, file, fault } = await received(request, mark, path);
    request.body = fields;
    request.upload = { file, fault };
    return true;
  }
}

/** A file that lies here already, as if it had come with a form. */
export async function fileAt(path: string, name = basename(path)): Promise<UploadedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name, bytes, path, sha256: hash.digest('hex') };
}

/** Reads it all, so that what was typed can be shown again whatever the file is; of a file that is too large nothing more is kept. @throws Problem 413, 422 */
async function received(request: Request, { field, max }: Mark, path: string): Promise<Received> {
  const fields = Object.create(null) as Record<string, unknown>;
  let kept: Kept | null = null;
  let fault: Problem | null = null;
  const parser = parserOf(request, max);
  parser.on('field', (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) fault = new Problem(413, 'too-large');
    else put(fields, name, value);
  });
  parser.on('file', (name, stream, given) => {
    // An input without a choice comes as a file without a name.
    if (name !== field || !given) {
      stream.resume();
      return;
    }
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    const hash = createHash('sha256');
    const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    };
    kept = { name: nameOf(given), stream, target, hash, written: pipeline(stream, hashed, target) };
    kept.written.catch(() => parser.destroy(new Error('the file is not whole, or cannot be kept')));
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(limit, () => { fault = new Problem(413, 'too-large'); });
  await parsed(request, parser, max * FAR_TOO_LONG);
  const taken = kept as Kept | null;
  if (!taken) return { fields, file: null, fault };
  await taken.written;
  if (taken.stream.truncated) return { fields, file: null, fault: fault ?? wrongField(field, 'file-too-large', { megabytes: Math.floor(max / 1_048_576) }) };
  const bytes = taken.target.bytesWritten;
  return { fields, file: bytes > 0 ? { name: taken.name, bytes, path, sha256: taken.hash.digest('hex') } : null, fault: fault ?? (bytes > 0 ? null : wrongField(field, 'file-empty')) };
}

/** What was typed in a form that came with a file, of which nothing is kept: for whoever is asked to sign in again first. Nothing where it cannot be read. */
export async function typedIn(request: Request): Promise<Record<string, unknown>> {
  const fields = Object.create(null) as Record<string, unknown>;
  try {
    const parser = parserOf(request, 1);
    let length = 0;
    parser.on('field', (name, value, nameCut, valueCut) => {
      length += name.length + value.length;
      // Nobody who is not signed in makes this process hold more than one form is long.
      if (!nameCut && !valueCut && length <= LIMITS.fieldSize) put(fields, name, value);
    });
    parser.on('file', (_, stream) => stream.resume());
    await parsed(request, parser, LARGEST_UNASKED);
    return length <= LIMITS.fieldSize ? fields : {};
  } catch {
    return {};
  }
}

/** A name that comes more than once holds all that came. */
function put(fields: Record<string, unknown>, name: string, value: unknown): void {
  fields[name] = name in fields ? [fields[name], value].flat() : value;
}

function parserOf(request: Request, max: number): BusboyInstance {
  try {
    return new Busboy({ headers: request.headers as { 'content-type': string }, limits: { ...LIMITS, fileSize: max } });
  } catch {
    throw new Problem(422, 'bad-input');
  }
}

/** @param most bytes of a body that is read on */
function parsed(request: Request, parser: BusboyInstance, most: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    const end = (problem?: Problem): void => {
      request.off('data', count).off('close', cut);
      request.unpipe(parser);
      request.resume();
      if (problem) reject(problem);
      else resolve();
    };
    const count = (chunk: Buffer): void => {
      seen += chunk.length;
      if (seen > most) end(new Problem(413, 'too-large'));
    };
    const cut = (): void => { if (!request.readableEnded) end(new Problem(422, 'bad-input')); };
    // One fault may be told twice: by the parser, and by the file that it cut short.
    parser.once('finish', () => end()).on('error', () => end(new Problem(422, 'bad-input')));
    request.on('data', count).once('close', cut);
    request.pipe(parser);
  });
}

/** Without folders and without signs that hide or break something. */
function nameOf(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1)!.replace(UNFIT, '').trim();
  const ending = /\.[^.]{1,10}$/.exec(last)?.[0] ?? '';
  const short = last.length > LONGEST_NAME ? last.slice(0, LONGEST_NAME - ending.length) + ending : last;
  return short.isWellFormed() && short !== '' ? short : 'file';
}
