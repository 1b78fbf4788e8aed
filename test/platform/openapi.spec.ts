import { startApp, type TestApp } from '../support/app';

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: unknown }[];
}

/** Every place of a document that points at another. */
function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => (name === '$ref' ? [String(one)] : refsOf(one)));
}

describe('the description of the API', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startApp(); });
  afterAll(() => app.close());

  it('tells what every call takes, and how it is refused', async () => {
    const { body } = await app.stranger().get('/api/v1/openapi.json').expect(200) as { body: { paths: Record<string, Record<string, { requestBody?: unknown; responses: Record<string, unknown> }>>; components: { schemas: Record<string, unknown> } } };
    const operations = Object.entries(body.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
    expect(operations.length).toBeGreaterThan(50);
    expect(operations.every(({ path }) => path.startsWith('/api/v1/'))).toBe(true);
    expect(operations.filter(({ operation }) => !['401', '403', '404', '409', '422'].every((status) => status in operation.responses))).toEqual([]);
    // These end something by their address alone.
    const without = operations.filter(({ method, operation }) => method !== 'get' && !operation.requestBody).map(({ method, path }) => `${method} ${path}`);
    expect(without.filter((one) => one.startsWith('put ') || one.startsWith('patch '))).toEqual([]);
    expect(body.components.schemas).toHaveProperty('RegisterParticipant');
    expect(body.components.schemas).toHaveProperty('Problem');
    expect(without.length).toBeLessThan(operations.length / 4);
  });

  it('points at nothing that is not there, and tells every part of an address', async () => {
    const { body } = await app.stranger().get('/api/v1/openapi.json').expect(200) as { body: { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } } };
    const lost = refsOf(body).filter((ref) => !/^#\/components\/schemas\/[\w-]+$/.test(ref) || !(ref.split('/').at(-1)! in body.components.schemas));
    expect(lost).toEqual([]);
    expect(refsOf(body.components.schemas)).toEqual(expect.arrayContaining(['Phone', 'EntryAnswerGiven', 'HandedPerson'].map((name) => `#/components/schemas/${name}`)));
    const told = Object.entries(body.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [] }]) => {
      const inPath = parameters.filter((one) => one.in === 'path');
      expect(inPath.filter((one) => !one.required || !one.schema)).toEqual([]);
      return [`${method} ${path}`, inPath.map(({ name }) => name).sort()] as const;
    }));
    expect(told).toEqual(told.map(([call]) => [call, [...call.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]));
    expect(body.components.schemas).toMatchObject({ Phone: { properties: { number: { type: 'string', minLength: 3, maxLength: 40 } } } });
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
