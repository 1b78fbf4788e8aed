import { startApp, type TestApp } from '../support/app';

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

  it('is read and nothing else', async () => {
    await app.stranger().head('/api/v1/openapi.json').expect(200);
    for (const verb of ['post', 'put', 'patch', 'delete', 'options'] as const) {
      const answer = await app.stranger()[verb]('/api/v1/openapi.json').expect(405).expect('allow', 'GET, HEAD').expect('content-type', /application\/problem\+json/);
      expect(answer.body).toMatchObject({ code: 'method-not-allowed' });
    }
    await app.stranger().get('/api/v1/openapi.json/more').expect(404);
  });
});
