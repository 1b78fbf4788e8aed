import { newId } from '../../src/platform/id';
import { Lab, type LabPerson } from '../support/lab';

describe('a change that another site sends', () => {
  let lab: Lab;
  let ana: LabPerson;
  let token: string;
  const service = newId();
  const ours = 'http://localhost:3000';

  beforeAll(async () => {
    lab = await Lab.start();
    ana = lab.person('coach', service);
    token = await ana.formToken();
  });
  afterAll(() => lab.close());

  const attempt = async (headers: Record<string, string>, form: Record<string, string> = { _token: token }): Promise<number> => {
    const request = ana.bare('post', '/lab/things').type('form');
    for (const [name, value] of Object.entries(headers)) request.set(name, value);
    return (await request.send({ name: newId(), ...form })).status;
  };
  const things = async (): Promise<number> => (await lab.rows<{ n: number }>('select count(*)::int as n from lab_thing'))[0]!.n;

  it('passes when all three layers agree', async () => {
    expect(await attempt({ 'Sec-Fetch-Site': 'same-origin', Origin: ours })).toBe(303);
    expect(await attempt({ Origin: ours })).toBe(303);
    expect(await attempt({ 'Sec-Fetch-Site': 'same-origin' })).toBe(303);
  });

  it.each<[string, Record<string, string>, Record<string, string> | undefined]>([
    ['without a token', { 'Sec-Fetch-Site': 'same-origin', Origin: ours }, {}],
    ['with an empty token', { 'Sec-Fetch-Site': 'same-origin', Origin: ours }, { _token: '' }],
    ['with a token of the right length', { 'Sec-Fetch-Site': 'same-origin', Origin: ours }, { _token: 'A'.repeat(43) }],
    ['from another site, with the right token', { 'Sec-Fetch-Site': 'cross-site', Origin: ours }, undefined],
    ['from a sister site', { 'Sec-Fetch-Site': 'same-site', Origin: ours }, undefined],
    ['typed into the address bar', { 'Sec-Fetch-Site': 'none', Origin: ours }, undefined],
    ['from another origin, in a browser without Fetch Metadata', { Origin: 'https://evil.example' }, undefined],
    ['from another port', { Origin: 'http://localhost:3001' }, undefined],
    ['from the other scheme', { Origin: 'https://localhost:3000' }, undefined],
    ['from an origin that hides itself', { Origin: 'null' }, undefined],
    ['from nowhere', {}, undefined],
  ])('is refused %s', async (_, headers, form) => {
    const before = await things();
    expect(await attempt(headers, form)).toBe(403);
    expect(await things()).toBe(before);
  });

  it("is refused with another's token", async () => {
    const other = await lab.person('coach', service).formToken();
    expect(other).not.toBe(token);
    expect(await attempt({ 'Sec-Fetch-Site': 'same-origin', Origin: ours }, { _token: other })).toBe(403);
  });

  it('is refused with the token of a browser that had not signed in yet', async () => {
    const page = await lab.stranger().get('/lab/token');
    const cookie = String(page.headers['set-cookie']);
    expect(cookie).toMatch(/^form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/i);
    expect(await attempt({ 'Sec-Fetch-Site': 'same-origin', Origin: ours, Cookie: cookie.split(';')[0]! }, { _token: page.text })).toBe(403);
  });

  it('cannot pass for a call: the API takes no form, and a person of the browser needs the token there too', async () => {
    expect((await ana.bare('post', '/api/v1/lab/things').set('Origin', ours).type('form').send({ name: 'x', _token: token })).status).toBe(415);
    expect((await ana.bare('post', '/api/v1/lab/things').set('Origin', ours).type('text/plain').send('{"name":"x"}')).status).toBe(415);
    expect((await ana.bare('post', '/api/v1/lab/things').set('Origin', ours).send({ name: 'x' })).status).toBe(403);
    expect((await ana.bare('delete', `/api/v1/lab/things/${newId()}`)).status).toBe(403);
  });

  it('is nothing to a caller with a token of the API, who has no cookie', async () => {
    const machine = lab.caller('coach', service);
    expect((await machine.bare('post', '/api/v1/lab/things').send({ name: 'by a machine' })).status).toBe(201);
    expect((await lab.caller('coach', service, ['read']).bare('post', '/api/v1/lab/things').send({ name: 'by a reader' })).status).toBe(403);
  });

  it('is told in words that do not blame, and leaves a trace', async () => {
    const answer = await ana.bare('post', '/api/v1/lab/things').set('Origin', 'https://evil.example').send({ name: 'x' });
    expect(answer.body).toMatchObject({ status: 403, code: 'cross-site', type: '/problems/cross-site' });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(lab.refusals.at(-1)).toMatchObject({ code: 'cross-site' });
  });
});

describe('over https', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.start({ JALON_URL: 'https://jalon.example.org' });
  });
  afterAll(() => lab.close());

  it('cookies are bound to the host, and the browser is told to stay', async () => {
    const page = await lab.stranger().get('/lab/token');
    expect(String(page.headers['set-cookie'])).toMatch(/^__Host-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/i);
    expect(page.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    expect((await lab.stranger().get('/help?lang=es')).headers['set-cookie']![0]).toMatch(/^lang=es; .*Secure/i);
  });
});
