import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import type { Response } from 'supertest';
import { isDay } from '../../src/platform/days';
import { isId, newId } from '../../src/platform/id';
import { describeApi } from '../../src/platform/web/openapi';
import { testServer } from './postgres';

export interface DescribedOperation {
  operationId: string;
  summary?: string;
  description?: string;
  parameters: { in: string; name: string; required?: boolean; schema?: unknown }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema: object }>; 'x-codes'?: string[] }>;
}
export interface Described {
  openapi: string;
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, object> };
}

/** What any call may meet before it reaches its handler: signs, sizes and verbs that nobody takes. */
const BEFORE = new Set(['bad-request', 'bad-input', 'method-not-allowed', 'not-acceptable', 'too-large', 'too-slow', 'too-many-requests', 'unsupported-content']);

/** The document of the API, to hold answers against: whatever a call answers in any test must be what is written there. */
export class Description {
  private readonly ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true });
  private readonly judges = new Map<string, ValidateFunction>();
  private readonly operations: { method: string; path: string; pattern: RegExp; operation: DescribedOperation }[];

  constructor(readonly document: Described) {
    this.ajv.addFormat('date', isDay).addFormat('uuid', isId).addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/).addFormat('password', true).addFormat('email', true);
    this.ajv.addSchema({ ...closed(document) as object, $id: 'api' });
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(), path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), operation,
    })));
  }

  /** The same for the whole run: made once, for it takes half a second. */
  static of(nest: NestExpressApplication): Description {
    const file = join(dirname(testServer().state), 'openapi.json');
    if (!existsSync(file)) {
      const making = `${file}.${newId()}`;
      writeFileSync(making, JSON.stringify(describeApi(nest)));
      renameSync(making, file);
    }
    return new Description(JSON.parse(readFileSync(file, 'utf8')) as Described);
  }

  /** What differs between an answer and what is written about it; null where nothing does, or where there is no such call. */
  differs(method: string, address: string, { status, body, headers, request }: Response): string | null {
    const path = address.split('?')[0]!;
    const fits = this.operations.filter((one) => one.method === method && one.pattern.test(path));
    const found = fits.find((one) => one.path === path) ?? fits[0];
    if (!found) return null;
    const where = `${method} ${found.path} ${status}`;
    const described = found.operation.responses[status];
    if (status >= 400) {
      const { code } = body as { code: string };
      if (!described && !BEFORE.has(code) && status < 500) return `${where} ${code} is not described`;
      if (described && !described['x-codes']?.includes(code) && !BEFORE.has(code)) return `${where} is not described with the code ${code}`;
      return this.fault(where, `${pointer(['components', 'schemas', 'Problem'])}`, body);
    }
    if (!described) return `${where} is not described`;
    // A repeat answers the id alone.
    if ((request as unknown as { get(name: string): string | undefined }).get('Idempotency-Key')) return null;
    if (!described.content) return headers['content-type'] ? `${where} has no body in the description, and one in truth` : null;
    // A file is what it is.
    if (described.content['*/*']) return headers['content-disposition'] ? null : `${where} is a file in the description, and none in truth`;
    return this.fault(where, pointer(['paths', found.path, method.toLowerCase(), 'responses', String(status), 'content', 'application/json', 'schema']), body);
  }

  private fault(where: string, at: string, body: unknown): string | null {
    const judge = this.judges.get(at) ?? this.ajv.compile({ $ref: `api#${at}` });
    this.judges.set(at, judge);
    return judge(body) ? null : `${where} is not what is described: ${this.ajv.errorsText(judge.errors)}`;
  }
}

const pointer = (parts: string[]): string => parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Every object of the answers without keys that are not written; a refusal may carry more. */
function closed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => closed(one));
  if (typeof value !== 'object' || value === null || name === 'Problem') return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one, key)]));
  return inner.type === 'object' && inner.properties && inner.additionalProperties === undefined ? { ...inner, additionalProperties: false } : inner;
}
