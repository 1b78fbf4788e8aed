import { RIGHTS } from '../../src/modules/identity';
import { startApp, type TestApp } from '../support/app';
import { PUBLIC, rightsOf, routesOf } from '../support/routes';

/** Open to everybody, by hand: what is added here is thought about twice. */
const OPEN = [
  'GET /', 'GET /accessibility', 'GET /healthz', 'GET /help', 'GET /menu', 'GET /privacy', 'GET /readyz', 'GET /sign-in', 'GET /welcome/:token', 'POST /sign-in', 'POST /welcome/:token',
];

describe('every route', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('names a right of the table, or says that it is public', () => {
    const rights = [...rightsOf(app.nest)];
    expect(rights.length).toBeGreaterThan(60);
    expect(rights.filter(([, right]) => right !== PUBLIC && !(right !== undefined && Object.hasOwn(RIGHTS, right)))).toEqual([]);
  });

  it('sends a stranger to sign in, in the API with 401, whatever the verb', async () => {
    const id = '0192a6b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
    const open: string[] = [];
    for (const { method, path, name } of routesOf(app.nest)) {
      const at = path.replace(/:\w+/g, id);
      const answer = await app.stranger()[method.toLowerCase() as 'get'](at);
      if (path.startsWith('/api/')) {
        if (answer.status !== 401) open.push(name);
        else expect([name, answer.headers['content-type']]).toEqual([name, expect.stringContaining('application/problem+json')]);
      } else if (answer.status !== 303 || !answer.headers.location?.startsWith('/sign-in?to=')) open.push(name);
    }
    expect(open.sort()).toEqual([...OPEN].sort());
  });

  it('has the same headers, a request id, and is kept by no cache', async () => {
    for (const { method, path, name } of routesOf(app.nest)) {
      const { headers } = await app.stranger()[method.toLowerCase() as 'get'](path.replace(/:\w+/g, 'x'));
      expect([name, headers['cache-control'], headers['x-content-type-options'], headers['x-request-id']?.length]).toEqual([name, 'no-store', 'nosniff', 36]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';script-src 'self';style-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    }
  });

  it('is described when it belongs to the API', async () => {
    const { body } = (await app.stranger().get('/api/v1/openapi.json').expect(200)) as { body: { paths: Record<string, Record<string, unknown>> } };
    const described = Object.entries(body.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`));
    expect(described.sort()).toEqual(routesOf(app.nest).map(({ name }) => name).filter((name) => name.includes(' /api/')).sort());
  });
});
