import supertest from 'supertest';
import { LinksService } from '../../src/modules/identity';
import { Actor } from '../../src/platform/access/actor';
import { wordsOf } from '../support/html';
import { Browser, groundWithPlace, PASSWORD } from './ground';

const { ground, aCoach } = groundWithPlace();

const link = async (userId: string): Promise<string> => {
  const system = Actor.system('operator');
  const { url } = await ground.database.write(system, () => ground.nest.get(LinksService).make(system, userId));
  return new URL(url).pathname;
};
const api = (token: string) => (method: 'get' | 'post' | 'delete', path: string, body?: object) => {
  const call = supertest(ground.nest.getHttpServer())[method](path).set('Authorization', `Bearer ${token}`);
  return body ? call.send(body) : call;
};

describe('a one-time link', () => {
  it('changes nothing by being looked at, sets a password once, and is gone', async () => {
    const user = await aCoach();
    const path = await link(user.id);
    const browser = ground.browser();
    for (let n = 0; n < 5; n += 1) expect((await browser.get(path)).status).toBe(200);
    const weak = await browser.post(path, { newPassword: 'aaaaaaaaaaaaaaaaaaaa' });
    expect(weak.status).toBe(422);
    expect((await browser.post(path, { newPassword: 'une phrase que personne ne dit' })).status).toBe(303);
    expect((await browser.get(path)).status).toBe(410);
    expect((await browser.signIn(user.email, PASSWORD)).status).toBe(401);
    expect((await browser.signIn(user.email, 'une phrase que personne ne dit')).status).toBe(303);
  });

  it('is used by one of twenty at once', async () => {
    const user = await aCoach();
    const path = await link(user.id);
    const browser = ground.browser();
    const token = /name="_token" value="([^"]+)"/.exec((await browser.get(path)).text)![1]!;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => browser.send(path, { _token: token, newPassword: `une phrase de la personne ${n}` })));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  it('ends every session, does not sign in, and expires: half an hour where a password was, three days where none was', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const path = await link(user.id);
    const other = ground.browser();
    await other.post(path, { newPassword: 'une phrase que personne ne dit' });
    expect(other.cookies.has('sid')).toBe(false);
    expect((await browser.get('/sessions')).status).toBe(303);
    const later = await link(user.id);
    ground.clock.advance({ minutes: 31 });
    expect((await other.get(later)).status).toBe(410);
  });

  it('is replaced by the next one, and its address stands nowhere in the database or the log', async () => {
    const user = await aCoach();
    const first = await link(user.id);
    const second = await link(user.id);
    expect((await ground.browser().get(first)).status).toBe(410);
    expect((await ground.browser().get(second)).status).toBe(200);
    await ground.browser().send(second, { newPassword: 'x' }); // refused for want of a token: leaves a trace
    const secret = second.split('/').at(-1)!;
    const [found] = await ground.rows<{ n: string }>("select count(*) n from audit_event where audit_event::text like '%' || $1 || '%'", [secret]);
    expect(Number(found!.n)).toBe(0);
  });

  it('is shown once to the administrator who makes it', async () => {
    const user = await aCoach();
    const administrator = await ground.signedIn(await ground.user([{ role: 'administrator' }]));
    const made = await administrator.post(`/users/${user.id}/link`, {}, `/users/${user.id}`);
    expect(made.headers.location).toBe(`/users/${user.id}/link`);
    expect((await administrator.get(`/users/${user.id}/link`)).text).toMatch(/\/welcome\/[\w-]{43}/);
    expect((await administrator.get(`/users/${user.id}/link`)).text).not.toContain('/welcome/');
  });

  it('is shown on the page of its own user, never on another that is open at the same time', async () => {
    const [ana, bea] = [await aCoach(), await aCoach()];
    const administrator = await ground.signedIn(await ground.user([{ role: 'administrator' }]));
    await administrator.post(`/users/${ana.id}/link`, {}, `/users/${ana.id}`);
    for (const other of [`/users/${bea.id}/link`, '/tokens']) expect((await administrator.get(other)).text).not.toContain('/welcome/');
    const page = wordsOf((await administrator.get(`/users/${ana.id}/link`)).text);
    expect(page).toMatch(/\/welcome\/[\w-]{43} Il sert une seule fois, pendant 30 minutes\./);
  });
});

describe('a token', () => {
  const make = async (browser: Browser, scopes: string[], expires = ['2', '4', '2026']): Promise<string> => {
    const [day, month, year] = expires as [string, string, string];
    const made = await browser.post('/tokens', { name: 'report', scopes, 'expiresOn-day': day, 'expiresOn-month': month, 'expiresOn-year': year });
    expect(made.status).toBe(303);
    return /jalon_[\w-]{43}/.exec((await browser.get('/tokens')).text)![0];
  };

  it('is shown once, acts under its membership, and ends when it is revoked', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const call = api(await make(browser, ['read', 'write']));
    expect((await browser.get('/tokens')).text).not.toMatch(/jalon_[\w-]{43}/);
    const me = await call('get', '/api/v1/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({ id: user.id, role: 'coach', place: 'Servicio Horizonte', scopes: ['read', 'write'] });
    const [, id] = /\/tokens\/([0-9a-f-]{36})\/revoke/.exec((await browser.get('/tokens')).text)!;
    await browser.post(`/tokens/${id}/revoke`, {}, '/tokens');
    const refused = await call('get', '/api/v1/me');
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ code: 'token-refused' });
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });

  it('that reads does not write', async () => {
    const call = api(await make(await ground.signedIn(await aCoach()), ['read']));
    expect((await call('get', '/api/v1/me')).status).toBe(200);
    expect((await call('post', '/api/v1/sessions/end-others')).status).toBe(403);
  });

  it('expires on its day, and lives a year at most', async () => {
    const browser = await ground.signedIn(await aCoach());
    const call = api(await make(browser, ['read'], ['3', '3', '2026']));
    expect((await call('get', '/api/v1/me')).status).toBe(200);
    const tooLong = await browser.post('/tokens', { name: 'report', scopes: 'read', 'expiresOn-day': '3', 'expiresOn-month': '3', 'expiresOn-year': '2027' });
    expect(tooLong.status).toBe(422);
    ground.clock.set('2026-03-03T06:00:00Z'); // 3 March, 01:00 in Lima
    expect((await call('get', '/api/v1/me')).status).toBe(401);
  });

  it('makes no other token, opens no page, and is nobody’s without its prefix', async () => {
    const browser = await ground.signedIn(await aCoach());
    const token = await make(browser, ['read', 'write']);
    const more = await api(token)('post', '/api/v1/tokens', { name: 'more', scopes: ['read'], expiresOn: '2026-12-31' });
    expect(more.status).toBe(403);
    expect(more.body).toMatchObject({ code: 'session-needed' });
    const page = await supertest(ground.nest.getHttpServer()).get('/sessions').set('Authorization', `Bearer ${token}`);
    expect(page.status).toBe(303);
    expect((await api(token.replace('jalon_', ''))('get', '/api/v1/me')).status).toBe(401);
  });

  it('is refused once its user is disabled', async () => {
    const user = await aCoach();
    const call = api(await make(await ground.signedIn(user), ['read']));
    await ground.rows('update app_user set disabled_at = now() where id = $1', [user.id]);
    expect((await call('get', '/api/v1/me')).status).toBe(401);
  });
});
