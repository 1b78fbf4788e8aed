import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Response } from 'supertest';
import { startApp, type TestApp } from '../support/app';
import { Description, type Described, type DescribedOperation } from '../support/description';

const ROOT = join(__dirname, '../..');

/** Every place of a document that points at another. */
function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => (name === '$ref' ? [String(one)] : refsOf(one)));
}

describe('the description of the API', () => {
  let app: TestApp;
  let document: Described;
  let operations: { method: string; path: string; operation: DescribedOperation }[];
  beforeAll(async () => {
    app = await startApp();
    document = (await app.stranger().get('/api/v1/openapi.json').expect(200)).body as Described;
    operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  });
  afterAll(() => app.close());
  const without = (right: (one: (typeof operations)[number]) => boolean): string[] => operations.filter((one) => !right(one)).map(({ method, path }) => `${method} ${path}`);

  it('is what the code says', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'answers.mjs'), '--check'], { cwd: ROOT, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('tells of every call what it does, under a name of its own', () => {
    expect(operations.length).toBeGreaterThan(90);
    expect(without(({ path }) => path.startsWith('/api/v1/'))).toEqual([]);
    expect(without(({ operation }) => /^[A-Z][^.]{7,120}$/.test(operation.summary ?? ''))).toEqual([]);
    expect(without(({ operation }) => /^[a-z][A-Za-z]+$/.test(operation.operationId))).toEqual([]);
    expect(without(({ operation }) => /Needs the right `[a-z-]+\.[a-z-]+`\.$/.test(operation.description ?? ''))).toEqual([]);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('tells what every call takes, what it answers and how it is refused', () => {
    const success = (operation: DescribedOperation): string[] => Object.keys(operation.responses).filter((status) => status.startsWith('2'));
    expect(without(({ operation }) => success(operation).length === 1)).toEqual([]);
    expect(without(({ operation }) => success(operation)[0] === '204' || Object.keys((operation.responses[success(operation)[0]!]!.content?.['application/json'] ?? operation.responses[success(operation)[0]!]!.content?.['*/*'])?.schema ?? {}).length > 0)).toEqual([]);
    expect(without(({ operation }) => ['401', '403', '503', 'default'].every((status) => status in operation.responses))).toEqual([]);
    expect(without(({ path, operation }) => !path.includes('{') || '404' in operation.responses)).toEqual([]);
    expect(without(({ operation }) => !operation.requestBody || ['400', '409', '415', '422'].every((status) => status in operation.responses))).toEqual([]);
    const refusals = operations.flatMap(({ operation }) => Object.entries(operation.responses).filter(([status]) => /^[45]/.test(status)).map(([, one]) => one));
    expect(refusals.filter((one) => !one['x-codes']?.length || !one.content?.['application/problem+json'])).toEqual([]);
    // These end something by their address alone.
    const bare = without(({ method, operation }) => method === 'get' || operation.requestBody !== undefined);
    expect(bare.filter((one) => one.startsWith('put ') || one.startsWith('patch '))).toEqual([]);
    expect(bare.length).toBeLessThan(operations.length / 4);
  });

  it('finds the refusals where they are thrown, however deep', () => {
    const codes = (path: string, method: string, status: string): string[] => document.paths[path]![method]!.responses[status]!['x-codes']!;
    expect(codes('/api/v1/participants', 'post', '409')).toEqual(expect.arrayContaining(['likely-duplicates', 'still-running']));
    expect(codes('/api/v1/enrolments/{id}/steps', 'post', '422')).toEqual(expect.arrayContaining(['invalid', 'step-refused']));
    expect(codes('/api/v1/enrolments/{id}/steps', 'post', '409')).toEqual(expect.arrayContaining(['edited-meanwhile', 'step-closed', 'step-not-from-here']));
    expect(codes('/api/v1/tokens', 'post', '403')).toContain('session-needed');
    expect(document.paths['/api/v1/today']!.get!.responses).not.toHaveProperty('409');
  });

  it('points at nothing that is not there, and tells every part of an address', () => {
    const { schemas } = document.components;
    expect(refsOf(document).filter((ref) => !/^#\/components\/schemas\/[\w-]+$/.test(ref) || !(ref.split('/').at(-1)! in schemas))).toEqual([]);
    expect(refsOf(schemas)).toEqual(expect.arrayContaining(['Phone', 'EntryAnswerGiven', 'HandedPerson', 'ConditionView', 'Said'].map((name) => `#/components/schemas/${name}`)));
    const told = operations.map(({ method, path, operation }) => {
      const inPath = operation.parameters.filter((one) => one.in === 'path');
      expect(inPath.filter((one) => !one.required || !one.schema)).toEqual([]);
      return [`${method} ${path}`, inPath.map(({ name }) => name).sort()] as const;
    });
    expect(told).toEqual(told.map(([call]) => [call, [...call.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]));
  });

  it('says of commands and of answers what their declarations say', () => {
    const { schemas } = document.components;
    expect(schemas).toMatchObject({
      Phone: { properties: { number: { type: 'string', maxLength: 40 }, safeHours: { maxLength: 200 } } },
      ActivityView: {
        required: expect.arrayContaining(['note', 'withdrawn']) as string[],
        properties: {
          happenedOn: { type: 'string', format: 'date' }, recordedAt: { type: 'string', format: 'date-time' }, minutes: { type: 'integer' }, note: { type: ['string', 'null'] },
          participantIds: { type: 'array', items: { type: 'string', format: 'uuid' }, description: 'Those among the people it served whom the reader may see.' },
        },
      },
      CaseloadRow: { properties: { enrolment: { anyOf: [{ $ref: '#/components/schemas/SummaryView' }, { type: 'null' }] } } },
      Problem: { required: expect.arrayContaining(['code']) as string[] },
    });
    // One name, one thing: an answer never takes the name of a command.
    const answers = JSON.parse(readFileSync(join(ROOT, 'src', 'answers.json'), 'utf8')) as { schemas: Record<string, object> };
    const taken = operations.flatMap(({ operation }) => refsOf(operation.requestBody)).map((ref) => ref.split('/').at(-1)!);
    expect(taken.filter((name) => name in answers.schemas)).toEqual([]);
  });

  it('is held against whatever the API answers in any test', () => {
    const held = new Description(document);
    const answer = (status: number, body: unknown): Response => ({ status, body, headers: { 'content-type': 'application/json' }, request: { get: () => undefined } }) as unknown as Response;
    const view = { id: app.clock.now().toISOString(), name: 'x', query: '' };
    const id = '0192a6b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
    expect(held.differs('GET', `/api/v1/caseload/views/${id}`, answer(200, { ...view, id }))).toBeNull();
    for (const body of [view, { ...view, id, more: 1 }, { id, name: 'x' }, { ...view, id, query: null }]) expect(held.differs('GET', `/api/v1/caseload/views/${id}`, answer(200, body))).toContain('is not what is described');
    expect(held.differs('GET', `/api/v1/caseload/views/${id}`, answer(201, {}))).toContain('201 is not described');
    const problem = { type: '/problems/x', title: 'x', status: 409, detail: 'x', instance: null, code: 'x' };
    expect(held.differs('DELETE', `/api/v1/caseload/views/${id}`, answer(409, problem))).toContain('not described with the code x');
    expect(held.differs('GET', '/api/v1/today', answer(409, problem))).toContain('409 x is not described');
    expect(held.differs('DELETE', `/api/v1/caseload/views/${id}`, answer(204, {}))).toContain('has no body');
  });

  it('is read and nothing else', async () => {
    await app.stranger().head('/api/v1/openapi.json').expect(200);
    for (const verb of ['post', 'put', 'patch', 'delete', 'options'] as const) {
      const answer = await app.stranger()[verb]('/api/v1/openapi.json').expect(405).expect('allow', 'GET, HEAD').expect('content-type', /application\/problem\+json/);
      expect(answer.body).toMatchObject({ code: 'method-not-allowed' });
    }
    await app.stranger().get('/api/v1/openapi.json/more').expect(404);
  });
});
