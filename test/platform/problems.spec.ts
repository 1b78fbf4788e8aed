import { gzipSync } from 'node:zlib';
import { newId } from '../../src/platform/id';
import { SOON } from '../../src/platform/web/dress';
import { Lab, type LabPerson } from '../support/lab';
import { sendRaw } from '../support/raw';

/** security.md §7.1: what an answer must be, in the API and on a page. Never 5xx: each would be a person's page lost. */
describe('bad input', () => {
  let lab: Lab;
  let machine: LabPerson;
  let ana: LabPerson;
  let token: string;
  const service = newId();

  beforeAll(async () => {
    lab = await Lab.start();
    machine = lab.caller('coach', service);
    ana = lab.person('coach', service);
    token = await ana.formToken();
  });
  afterAll(() => lab.close());

  const call = (body: string | Buffer, type = 'application/json') => machine.bare('post', '/api/v1/lab/everything').set('Content-Type', type).serialize((given: unknown) => given as string).send(body as string);
  const form = (body: string) => ana.bare('post', '/lab/everything').set('Origin', lab.config.url).set('Content-Type', 'application/x-www-form-urlencoded').send(`_token=${token}&${body}`);
  const deep = (n: number): string => `${'['.repeat(n)}${']'.repeat(n)}`;

  describe('in JSON', () => {
    it.each<[string, string, number]>([
      ['NUL in a text', '{"name":"a\\u0000b"}', 422],
      ['a control character', '{"name":"a\\u0007b"}', 422],
      ['half of a surrogate pair', '{"name":"\\ud800"}', 422],
      ['half of a pair in a name', '{"\\ud800":1,"name":"x"}', 422],
      ['an override of the direction of writing', '{"name":"a\\u202eb"}', 422],
      ['a whole number beyond the column', '{"name":"x","count":3000000000}', 422],
      ['a number beyond numbers', '{"name":"x","count":1e999}', 422],
      ['a fraction', '{"name":"x","count":1.5}', 422],
      ['a number in quotes', '{"name":"x","count":"5"}', 422],
      ['a list for a text', '{"name":["x"]}', 422],
      ['an object for a text', '{"name":{"length":1000000000}}', 422],
      ['an object without its method', '{"name":{"toString":null}}', 422],
      ['a promise that is none', '{"name":"x","part":{"then":{}}}', 422],
      ['"false" for a box', '{"name":"x","willing":"false"}', 422],
      ['a day that is none', '{"name":"x","on":"2026-02-30"}', 422],
      ['an instant for a day', '{"name":"x","on":"2026-02-28T00:00:00Z"}', 422],
      ['an id that is none', '{"name":"x","other":"1"}', 422],
      ['a choice outside the list', '{"name":"x","colour":"blue"}', 422],
      ['a text for a list', '{"name":"x","letters":"a"}', 422],
      ['a header in an address', '{"name":"x","mail":"v@x.org\\r\\nBcc: e@x.org"}', 422],
      ['a text that is too long', `{"name":"${'a'.repeat(41)}"}`, 422],
      ['nothing of what is needed', '{}', 422],
      ['a name that nobody knows', '{"name":"x","serviceId":"0192a6b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"}', 422],
      ['__proto__', '{"name":"x","__proto__":{"admin":true}}', 422],
      ['constructor', '{"name":"x","constructor":{"prototype":{}}}', 422],
      ['prototype deep inside', '{"name":"x","part":{"name":"y","prototype":1}}', 422],
      ['a list instead of a command', '[{"name":"x"}]', 422],
      ['lists 40,000 deep', `{"name":${deep(40_000)}}`, 422],
      ['objects 5,000 deep', `{"name":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, 422],
      ['6,000 values', `{"name":"x","letters":[${'1,'.repeat(5_999)}1]}`, 422],
      ['no JSON', '{"name":', 400],
      ['JSON with a comment', '{"name":"x"}//', 400],
      ['null', 'null', 400],
      ['a number', '4', 400],
      ['a text', '"x"', 400],
      ['a body of 101 kB', `{"name":"${'a'.repeat(101 * 1024)}"}`, 413],
    ])('%s', async (_, body, status) => {
      const answer = await call(body);
      expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining('application/problem+json')]);
      expect(answer.body).toMatchObject({ status, type: expect.stringMatching(/^\/problems\/[a-z-]+$/) as string, title: expect.stringMatching(/\S/) as string, detail: expect.stringMatching(/\S/) as string, instance: answer.headers['x-request-id'] });
      expect(answer.text).not.toMatch(/SyntaxError|Unexpected|JSON at position|node_modules|\.ts:|select |insert /);
    });

    it.each<[string, string, number]>([
      ['another character set', 'application/json; charset=utf-16', 415],
      ['an unknown character set', 'application/json; charset=klingon', 415],
      ['plain text', 'text/plain', 415],
      ['a form', 'application/x-www-form-urlencoded', 415],
      ['parts', 'multipart/form-data; boundary=x', 415],
      ['XML', 'application/xml', 415],
    ])('%s', async (_, type, status) => {
      const answer = await call('{"name":"x"}', type);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({ code: 'unsupported-content' });
    });

    it('bytes that are no UTF-8', async () => {
      expect((await call(Buffer.from([...Buffer.from('{"name":"a'), 0xff, 0xfe, ...Buffer.from('"}')]))).status).toBe(400);
    });

    it('an unknown compression, and one that swells to 50 MB', async () => {
      expect((await machine.bare('post', '/api/v1/lab/everything').set('Content-Type', 'application/json').set('Content-Encoding', 'snappy').send('{"name":"x"}')).status).toBe(415);
      const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x61));
      const request = machine.bare('post', '/api/v1/lab/everything').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip');
      request.serialize((given: unknown) => given as string);
      expect((await request.send(bomb as unknown as string)).status).toBe(413);
    });

    it('names every wrong field, in the reader’s language, and nothing of what was sent', async () => {
      const answer = await call('{"name":"CANARY-31c0 is much too long for a name of forty","count":-1}');
      expect(answer.body).toMatchObject({ code: 'invalid', errors: [{ field: 'name', code: 'too-long' }, { field: 'count', code: 'too-small' }] });
      expect(answer.text).not.toContain('CANARY');
      expect((answer.body as { errors: { message: string }[] }).errors.every(({ message }) => message.length > 5)).toBe(true);
    });
  });

  describe('in a form', () => {
    it.each<[string, string, number]>([
      ['NUL', 'name=a%00b', 422],
      ['a list for a text', 'name=a&name=b', 422],
      ['brackets', 'name=x&part[name]=y', 422],
      ['__proto__', 'name=x&__proto__=1', 422],
      ['a name that nobody knows', 'name=x&role=manager', 422],
      ['a number that is none', 'name=x&count=many', 422],
      ['a day that is none', 'name=x&on-day=31&on-month=2&on-year=2026', 422],
      ['1,001 fields', `name=x&${Array.from({ length: 1_001 }, (_, n) => `a${n}=1`).join('&')}`, 413],
      ['100 kB', `name=${'a'.repeat(101 * 1024)}`, 413],
    ])('%s', async (_, body, status) => {
      const answer = await form(body);
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('text/html');
    });

    it('bytes that are no UTF-8 behind their percent signs', async () => {
      expect((await form('name=%ff%fe')).status).toBe(400);
    });

    it('what is right, decoded', async () => {
      const answer = await form('name=+Ana+&count=5&willing=on&on-day=1&on-month=2&on-year=2026&letters=a&part.name=x');
      expect(answer.body).toEqual({ name: 'Ana', count: 5, willing: true, on: '2026-02-01', letters: ['a'], part: { name: 'x' } });
    });
  });

  describe('in the address', () => {
    it.each<[string, number]>([
      ['/lab/things?sort=zzz', 422],
      ['/lab/things?sort=name;select%20pg_sleep(5)', 422],
      ['/lab/things?name[x]=1', 422],
      ['/lab/things?name=a&name=b', 422],
      ['/lab/things?page=99999999999', 422],
      ['/lab/things?page=-1', 422],
      ['/lab/things?page=1.5', 422],
      ['/lab/things?__proto__[x]=1', 422],
      ['/lab/things?__proto__=1', 422],
      ['/lab/things?constructor=1', 422],
      ['/lab/things?name=%00', 422],
      ['/lab/things?unknown=1', 422],
      ['/lab/things?name=%ff', 400],
      ['/lab/things?name=%', 400],
      ['/lab/things/%ff', 400],
      ['/lab/things/not-a-uuid', 404],
      ['/lab/things/1', 404],
      ["/lab/things/'%20or%201=1--", 404],
      ['/lab/things/%00', 404],
      ['/lab/things/..%2f..%2fetc%2fpasswd', 404],
      ['/lab/things/00000000-0000-0000-0000-000000000000', 404],
      ['/lab/things/0192A6B0-1C2D-7E3F-8A4B-5C6D7E8F9A0B', 404],
      ['/lab/nowhere', 404],
      ['/.env', 404],
      ['/assets/..%2f..%2fpackage.json', 403],
      ['/assets/%2e%2e/%2e%2e/package.json', 403],
    ])('%s is %i, on a page and in the API', async (path, status) => {
      const page = await ana.get(path);
      expect([page.status, page.headers['content-type']]).toEqual([status, expect.stringContaining('text/html')]);
      if (!path.startsWith('/lab/things')) return;
      const answer = await machine.get(`/api/v1${path}`);
      expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining('application/problem+json')]);
    });

    it('an unseen row and a missing one answer byte for byte the same', async () => {
      const other = lab.person('coach', newId());
      const { id } = (await other.send('post', '/api/v1/lab/things', { name: 'theirs' })).body as { id: string };
      const [unseen, missing, malformed] = [await machine.get(`/api/v1/lab/things/${id}`), await machine.get(`/api/v1/lab/things/${newId()}`), await machine.get('/api/v1/lab/things/x')];
      const bare = ({ text, headers }: { text: string; headers: Record<string, string> }): string => text.replace(headers['x-request-id']!, '');
      expect(bare(unseen)).toBe(bare(missing));
      expect(bare(unseen)).toBe(bare(malformed));
      expect(unseen.status).toBe(404);
    });

    it('a language never sends to another site', async () => {
      for (const path of ['//evil.example', '/\\evil.example', '/%5Cevil.example', '//evil.example/%2f..', '/\t/evil.example', '/help', '/help?to=//evil.example']) {
        const { headers, status } = await sendRaw(lab.nest.getHttpServer(), `GET ${path}${path.includes('?') ? '&' : '?'}lang=es HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
        const location = /^location: (.*)$/im.exec(headers)?.[1] ?? '/';
        expect([path, status < 500, new URL(location, 'http://localhost:3000').host]).toEqual([path, true, 'localhost:3000']);
      }
    });
  });

  describe('below HTTP', () => {
    const raw = async (bytes: string): Promise<number> => (await sendRaw(lab.nest.getHttpServer(), bytes)).status;
    const line = (method: string, path: string, headers = ''): string => `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

    it.each<[string, string, number]>([
      ['a header of 20 kB', line('GET', '/help', `X-Long: ${'a'.repeat(20_000)}\r\n`), 431],
      ['an address of 20 kB', line('GET', `/help?name=${'a'.repeat(20_000)}`), 431],
      ['no host', 'GET /help HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
      ['NUL in the address', line('GET', '/he\0lp'), 400],
      ['two lengths', line('POST', '/lab/things', 'Content-Length: 1\r\nContent-Length: 2\r\n'), 400],
      ['a length and pieces', line('POST', '/lab/things', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'), 400],
      ['a header that breaks the line', line('GET', '/help', 'X-A: b\nX-C d\r\n'), 400],
      ['TRACE', line('TRACE', '/help'), 405],
      ['PROPFIND', line('PROPFIND', '/help'), 405],
      ['a method of nobody', line('BREW', '/help'), 400],
    ])('%s', async (_, bytes, status) => expect(await raw(bytes)).toBe(status));

    it('a verb that a route does not know', async () => {
      expect((await ana.send('put', '/lab/things', { name: 'x' })).status).toBe(405);
      const answer = await ana.send('delete', '/api/v1/lab/everything');
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
      expect(answer.body).toMatchObject({ code: 'method-not-allowed' });
    });

    it('the length of a body that never comes is no reason to wait for ever', async () => {
      const { requestTimeout, headersTimeout } = lab.nest.getHttpServer();
      // A file may take minutes; a body of words is given up after `SOON`.
      expect([requestTimeout, headersTimeout, SOON]).toEqual([300_000, 15_000, 30_000]);
    });
  });

  describe('and after all of it', () => {
    it('the process is clean: no prototype was touched', () => {
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
    });

    it('a fault of ours says nothing, and its log holds no value', async () => {
      lab.log.lines.length = 0;
      const page = await ana.get('/lab/forgotten');
      expect(page.status).toBe(500);
      expect(page.text).not.toMatch(/LabRoutes|names no right|node_modules/);
      expect(page.text).toContain(page.headers['x-request-id']!);
      await ana.get('/lab/fault').expect(422);
      expect(lab.log.lines.join('')).not.toContain('CANARY');
      expect(lab.log.takeFaults()).toHaveLength(2);
    });

    it('the log has one line a request, by its route and not its address', async () => {
      lab.log.lines.length = 0;
      await ana.get('/lab/things?name=CANARY-name');
      await ana.get(`/lab/things/${newId()}`);
      const lines = lab.log.lines.map((one) => JSON.parse(one) as { route: string; status: number; requestId: string; actor: string });
      expect(lines.map(({ route, status }) => `${route} ${status}`)).toEqual(['/lab/things 200', '/lab/things/:id 404']);
      expect(lab.log.lines.join('')).not.toMatch(/CANARY|a coach/);
    });
  });
});

describe('headers', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start();
  });
  afterAll(() => lab.close());

  it.each(['/help', '/healthz', '/lab/things', '/nowhere', '/api/v1/nowhere', '/assets/nowhere.css', '/help?lang=fr'])('stand on every answer: %s', async (path) => {
    const { headers } = await lab.stranger().get(path);
    expect(headers['content-security-policy']).toBe("default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none';object-src 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['permissions-policy']).toBe('geolocation=(), camera=(), microphone=()');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
    if (!path.startsWith('/assets')) expect(headers['cache-control']).toBe('no-store');
  });

  it('a stranger is sent to sign in, and comes back to where they wanted; the API says 401', async () => {
    const page = await lab.stranger().get('/lab/things?name=x').expect(303);
    expect(page.headers.location).toBe('/sign-in?to=%2Flab%2Fthings%3Fname%3Dx');
    const answer = await lab.stranger().get('/api/v1/lab/things').expect(401);
    expect(answer.body).toMatchObject({ code: 'sign-in-needed' });
  });
});
