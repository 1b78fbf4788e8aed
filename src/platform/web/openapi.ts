import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { Words } from '../views/words';

/** What `scripts/answers.mjs` read from the code: of each handler what it does and answers, and how it may be refused. */
interface Answers {
  operations: Record<string, Answer>;
  schemas: Record<string, object>;
}
interface Answer {
  summary: string;
  description?: string;
  right: string | null;
  /** It makes something, and says where. */
  isCreated?: true;
  /** A file, of whatever kind it is. */
  isFile?: true;
  /** With a key it does its work once. */
  isRepeatable?: true;
  /** Status → codes of its own problems. */
  problems: Record<string, string[]>;
  schema: object | null;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; schema?: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, object>;
}

const JSON_SCHEMAS = '#/components/schemas/';

/** The description of the API, made once from the declarations of commands and of answers, and served as a document, which is read and nothing else. */
export function openApi(app: NestExpressApplication): void {
  let made: OpenAPIObject | null = null;
  app.use('/api/v1/openapi.json', (request: Request, response: Response, next: NextFunction) => {
    if (request.path !== '/') return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Allow', 'GET, HEAD');
      return next(Object.assign(new Error('a document is read only'), { status: 405 }));
    }
    made ??= describeApi(app);
    response.json(made);
  });
}

/** The whole document. @throws Error where a handler is not in answers.json */
export function describeApi(app: NestExpressApplication): OpenAPIObject {
  const base = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle('Jalon').setVersion('1')
    .setDescription('Case management for job coaching. A body is JSON in UTF-8. Days are `YYYY-MM-DD`, instants ISO 8601 in UTC. Every key of an answer is present, null when empty. '
      + 'What is changed carries the `version` at which it was read; where it has changed since, the answer is 409 `edited-meanwhile` with both values. '
      + 'Refusals are problem documents (RFC 9457): `code` is for programs, `title` and `detail` are in the language of the user.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A personal access token. With the scope `read` alone it only reads: GET, and the POSTs that say so.' }).build();
  const answers = JSON.parse(readFileSync(join(__dirname, '..', '..', 'answers.json'), 'utf8')) as Answers;
  const whole = SwaggerModule.createDocument(app, base, { deepScanRoutes: true, operationIdFactory: (controller, method) => `${controller}.${method}` });
  const paths = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => path.startsWith('/api/v1/')));
  const codes: Codes = new Map();
  for (const methods of Object.values(paths)) {
    for (const [method, operation] of Object.entries(methods) as [string, Operation][]) {
      const answer = answers.operations[operation.operationId];
      if (!answer) throw new Error(`${operation.operationId} is not in answers.json: npm run answers`);
      Object.assign(operation, described(method, operation, answer, codes));
    }
  }
  const schemas = { ...whole.components?.schemas, ...answers.schemas, Problem: problemSchema(app.get(Words), codes) };
  return { ...whole, paths, components: { ...whole.components, schemas: schemas } };
}

/** Code → the statuses that it comes with. */
type Codes = Map<string, Set<string>>;

function described(method: string, operation: Operation, answer: Answer, codes: Codes): object {
  const success = Object.keys(operation.responses).find((status) => status.startsWith('2'))!;
  const { summary, right, schema, isRepeatable } = answer;
  const parameters = operation.parameters ?? [];
  const refusals = Object.entries(refusalsOf(method, operation, answer)).map(([status, own]) => {
    for (const code of own) codes.set(code, new Set([...(codes.get(code) ?? []), status]));
    const content = { 'application/problem+json': { schema: { $ref: `${JSON_SCHEMAS}Problem` } } };
    return [status, { description: `${REFUSED[status] ?? 'Refused'}: ${own.map((code) => `\`${code}\``).join(', ')}`, content, 'x-codes': own }];
  });
  return {
    operationId: idOf(operation.operationId), summary,
    description: [answer.description, right && `Needs the right \`${right}\`.`].filter(Boolean).join(' '),
    parameters: isRepeatable ? [...parameters, REPEAT_KEY] : parameters,
    responses: {
      [success]: {
        description: answer.isCreated ? 'Made' : answer.isFile ? 'The file' : schema ? 'The answer' : 'Done',
        ...(answer.isCreated ? { headers: { Location: { description: 'Where it can be read', schema: { type: 'string' } } } } : {}),
        ...(schema ? { content: { 'application/json': { schema } } } : {}),
        ...(answer.isFile ? { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } : {}),
      },
      ...Object.fromEntries(refusals) as object,
      default: { description: 'Any other refusal: a limit of the protocol, or a fault of ours', content: { 'application/problem+json': { schema: { $ref: `${JSON_SCHEMAS}Problem` } } } },
    },
    security: [{ bearer: [] }],
  };
}

const REFUSED: Record<string, string> = {
  400: 'No JSON, or signs that are no UTF-8', 401: 'Not signed in', 403: 'Not for this role, or not with this token', 404: 'Not there, or not for this user',
  409: 'The state does not allow it, or somebody changed it meanwhile', 415: 'No JSON', 422: 'The input makes no sense', 503: 'Again in a moment, as `Retry-After` says',
};

const REPEAT_KEY = {
  name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', pattern: '^[\\w-]{8,100}$' },
  description: 'Sent twice with the same key within a day, the call does its work once. The repeat gets the same status and Location, and of the answer the id alone.',
};

/** The operation's own problems, and those of the ground that every call, every body, every write may meet. */
function refusalsOf(method: string, { parameters = [], requestBody }: Operation, { problems, isRepeatable }: Answer): Record<string, string[]> {
  const takes = requestBody !== undefined || parameters.some((one) => one.in === 'query');
  const ground: [string, string[], boolean][] = [
    ['400', ['bad-request'], takes],
    ['401', ['sign-in-needed', 'token-refused'], true],
    ['403', ['forbidden'], true],
    ['404', ['not-found'], parameters.some((one) => one.in === 'path')],
    ['409', ['already-there', 'still-used'], method !== 'get'],
    ['409', ['still-running'], isRepeatable === true],
    ['415', ['unsupported-content'], requestBody !== undefined],
    ['422', ['bad-input', 'invalid'], takes],
    ['422', ['bad-key', 'key-used-otherwise'], isRepeatable === true],
    ['503', ['busy', 'unavailable'], true],
  ];
  const met: Record<string, string[]> = {};
  for (const [status, own] of [...Object.entries(problems), ...ground.filter(([, , applies]) => applies)]) met[status] = [...new Set([...(met[status] ?? []), ...own])].sort();
  return met;
}

/** `ParticipantsApi.register` → `participantsRegister`. */
function idOf(handler: string): string {
  const [controller = '', method = ''] = handler.split('.');
  const noun = controller.replace(/Api$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

function problemSchema(words: Words, codes: Codes): object {
  const known = [...codes].sort(([a], [b]) => (a < b ? -1 : 1));
  const titled = known.map(([code, statuses]) => `- \`${code}\` (${[...statuses].join(', ')}): ${words.say('en', `problem.${code}.title`, { count: 1 })}`);
  const error = {
    type: 'object', required: ['field', 'code', 'message'],
    properties: { field: { type: 'string', description: 'Its path in the command, `phones.0.number`' }, code: { type: 'string' }, message: { type: 'string' } },
  };
  return {
    type: 'object', required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
    description: 'RFC 9457. Some codes carry more keys: `edited-meanwhile` has `now`, `sent` and the `version` that is there now.',
    properties: {
      type: { type: 'string', description: '`/problems/<code>`' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
      instance: { type: ['string', 'null'], description: 'Id of the request, as in the header X-Request-Id' },
      code: { type: 'string', description: `What was refused, for programs. Others may come.\n${titled.join('\n')}`, examples: known.map(([code]) => code) },
      errors: { type: 'array', description: 'What is wrong, field by field', items: error },
    },
  };
}
