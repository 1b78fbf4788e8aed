import supertest from 'supertest';
import { LinksService, TokensService, UsersService, type UserView } from '../../src/modules/identity';
import { Passwords } from '../../src/modules/identity/passwords';
import { SignInService, type Proved } from '../../src/modules/identity/sign-in/sign-in.service';
import { Actor, type MembershipRole } from '../../src/platform/access/actor';
import { wordsOf } from '../support/html';
import { groundWithPlace, PASSWORD } from './ground';

const { ground, place, aCoach } = groundWithPlace();

const anAdministrator = () => ground.user([{ role: 'administrator' }]);
const days = { 'startsOn-day': '2', 'startsOn-month': '3', 'startsOn-year': '2026' };
const actorOf = (user: UserView, role: MembershipRole): Actor =>
  new Actor({ id: user.id, role, name: user.name, membership: user.memberships[0]!.id, ...(role === 'administrator' ? {} : { service: place.service, scope: place.service }) });
const tokenOf = async (user: UserView, role: MembershipRole): Promise<string> => {
  const actor = actorOf(user, role);
  return (await ground.database.write(actor, () => ground.nest.get(TokensService).make(actor, { name: 'test', scopes: ['read', 'write'], expiresOn: '2026-12-31' }))).secret;
};
const call = (token: string, method: 'get' | 'post' | 'delete', path: string, body?: object) =>
  supertest(ground.nest.getHttpServer())[method](path).set('Authorization', `Bearer ${token}`).send(body);

describe('an administrator who wants more', () => {
  it('gives no role to themselves, in the page or with a token', async () => {
    const own = await anAdministrator();
    const browser = await ground.signedIn(own);
    const refused = await browser.post(`/users/${own.id}/memberships`, { role: 'manager', serviceId: place.service, ...days }, '/users/new');
    expect(refused.status).toBe(409);
    expect(wordsOf(refused.text)).toContain('Demandez-le à une autre personne de l’administration.');
    const byToken = await call(await tokenOf(own, 'administrator'), 'post', `/api/v1/users/${own.id}/memberships`, { role: 'coach', serviceId: place.service, startsOn: '2026-03-01' });
    expect([byToken.status, (byToken.body as { code: string }).code]).toEqual([409, 'not-yourself']);
    expect(await ground.rows('select role from membership where user_id = $1', [own.id])).toEqual([{ role: 'administrator' }]);
    const page = (await browser.get(`/users/${own.id}`)).text;
    for (const act of ['memberships/new', '/link', '/disable']) expect(page).not.toContain(`/users/${own.id}/${act}`);
  });

  it('sets no password of their own by a link: a borrowed session or a stolen token would take the account over', async () => {
    const own = await anAdministrator();
    const browser = await ground.signedIn(own);
    expect((await browser.post(`/users/${own.id}/link`, {}, '/users/new')).status).toBe(409);
    expect((await call(await tokenOf(own, 'administrator'), 'post', `/api/v1/users/${own.id}/link`)).status).toBe(409);
    expect(await ground.rows('select from one_time_link where user_id = $1', [own.id])).toEqual([]);
  });

  it('gives a role from an earlier day than the one that was given by mistake and ended before it began', async () => {
    const token = await tokenOf(await anAdministrator(), 'administrator');
    const user = await ground.user([{ role: 'coach', serviceId: place.service }]);
    const give = async (startsOn: string) => call(token, 'post', `/api/v1/users/${user.id}/memberships`, { role: 'manager', serviceId: place.service, startsOn });
    expect((await give('2027-06-01')).status).toBe(201);
    const [mistaken] = await ground.rows<{ id: string }>("select id from membership where user_id = $1 and role = 'manager'", [user.id]);
    expect((await call(token, 'post', `/api/v1/users/${user.id}/memberships/${mistaken!.id}/end`, { version: 1 })).status).toBe(200);
    expect((await give('2026-03-01')).status).toBe(201);
    expect((await give('2027-06-01')).status).toBe(422);
  });

  it('gives the same role twice to nobody, not with two clicks at once either', async () => {
    const token = await tokenOf(await anAdministrator(), 'administrator');
    const user = await ground.user([{ role: 'coach', serviceId: place.service, endsOn: '2026-06-01' }]);
    const give = (startsOn: string, role = 'coach') => call(token, 'post', `/api/v1/users/${user.id}/memberships`, { role, serviceId: place.service, startsOn });
    const again = await give('2026-05-31');
    expect([again.status, again.body]).toMatchObject([422, { errors: [{ field: 'role', code: 'already-held' }] }]);
    expect((await give('2026-06-01')).status).toBe(201);
    // One that is not committed yet: whoever comes meanwhile waits for it, and finds it.
    const actor = Actor.system('world');
    const add = () => ground.nest.get(UsersService).addMembership(actor, user.id, { role: 'manager', serviceId: place.service, startsOn: '2026-03-01' });
    let begun!: () => void;
    const hasBegun = new Promise<void>((go) => { begun = go; });
    const first = ground.database.write(actor, async () => {
      await add();
      begun();
      await new Promise((go) => setTimeout(go, 200));
    });
    await hasBegun;
    await expect(ground.database.write(actor, add)).rejects.toMatchObject({ fields: [{ path: 'role', code: 'already-held' }] });
    await first;
  });
});

describe('an account that is disabled', () => {
  it('loses its sessions, its tokens and its links, and has none of the sessions and links back when it is enabled', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const token = await tokenOf(user, 'coach');
    const system = Actor.system('operator');
    const { url } = await ground.database.write(system, () => ground.nest.get(LinksService).make(system, user.id));
    await ground.database.write(system, () => ground.nest.get(UsersService).disable(system, user.id));
    const all = async () => [(await browser.get('/sessions')).status, (await call(token, 'get', '/api/v1/me')).status, (await ground.browser().get(new URL(url).pathname)).status];
    expect(await all()).toEqual([303, 401, 410]);
    await ground.database.write(system, () => ground.nest.get(UsersService).enable(system, user.id));
    expect(await all()).toEqual([303, 200, 410]);
  });
});

describe('a token of who has several roles', () => {
  it('does what its own role may, whatever the others may, and ends with it', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }, { role: 'administrator' }]);
    const coach = user.memberships.find(({ role }) => role === 'coach')!;
    const token = await tokenOf({ ...user, memberships: [coach] }, 'coach');
    expect((await call(token, 'get', '/api/v1/users')).status).toBe(403);
    expect((await call(token, 'get', '/api/v1/audit-events')).status).toBe(403);
    expect((await call(token, 'get', '/api/v1/me')).body).toMatchObject({ role: 'coach' });
    const system = Actor.system('operator');
    await ground.database.write(system, () => ground.nest.get(UsersService).endMembership(system, user.id, coach.id));
    expect((await call(token, 'get', '/api/v1/me')).status).toBe(401);
  });

  it('is made under no role but the one of the session, and by no token', async () => {
    const user = await aCoach();
    const actor = new Actor({ ...actorOf(user, 'coach'), scopes: ['read', 'write'] });
    await expect(ground.database.write(actor, () => ground.nest.get(TokensService).make(actor, { name: 'x', scopes: ['read'], expiresOn: '2026-12-31' }))).rejects.toMatchObject({ code: 'session-needed' });
  });
});

describe('a sign-in', () => {
  it('over the session of somebody else ends that one', async () => {
    const [ana, bea] = [await aCoach(), await aCoach()];
    const shared = await ground.signedIn(ana);
    const first = shared.cookies.get('sid')!;
    expect((await shared.post('/sign-in', { email: bea.email, password: PASSWORD }, '/password')).status).toBe(303);
    const old = ground.browser();
    old.cookies.set('sid', first);
    expect((await old.get('/sessions')).status).toBe(303);
    expect(await ground.rows('select from session where user_id = $1 and ended_at is null', [ana.id])).toEqual([]);
  });

  it('that began with a password changed meanwhile opens nothing', async () => {
    const user = await aCoach();
    const signIns = ground.nest.get(SignInService);
    const origin = { address: '198.51.130.1', agent: '', browser: null, session: null };
    const proved = await signIns.prove(user.email, PASSWORD, origin);
    expect(proved.kind).toBe('proved');
    const browser = await ground.signedIn(user);
    expect((await browser.post('/password', { currentPassword: PASSWORD, newPassword: 'autre chose de tout nouveau' })).status).toBe(303);
    expect(await signIns.open(proved as Proved, origin)).toMatchObject({ kind: 'wrong' });
    expect(await ground.rows('select from session where user_id = $1 and ended_at is null', [user.id])).toHaveLength(1);
  });

  it('that hashes the password anew, because costs have risen, does not bring back one that was changed meanwhile', async () => {
    const user = await aCoach();
    const [signIns, passwords] = [ground.nest.get(SignInService), ground.nest.get(Passwords)];
    const origin = { address: '198.51.130.2', agent: '', browser: null, session: null };
    const browser = await ground.signedIn(user);
    const hash = passwords.hash.bind(passwords);
    const outdated = jest.spyOn(passwords, 'isOutdated').mockReturnValueOnce(true);
    const hashing = jest.spyOn(passwords, 'hash').mockImplementationOnce(async (password) => {
      expect((await browser.post('/password', { currentPassword: PASSWORD, newPassword: 'autre chose de tout nouveau' })).status).toBe(303);
      return hash(password);
    });
    const proved = await signIns.prove(user.email, PASSWORD, origin);
    for (const spy of [outdated, hashing]) spy.mockRestore();
    expect(await signIns.open(proved as Proved, origin)).toMatchObject({ kind: 'wrong' });
    expect((await ground.browser('198.51.130.3').signIn(user.email, PASSWORD)).status).toBe(401);
    expect((await ground.browser('198.51.130.3').signIn(user.email, 'autre chose de tout nouveau')).status).toBe(303);
  });

  it('is possible whatever stands in the address, and leads home from what is too long or leads elsewhere', async () => {
    for (const query of ['to=' + encodeURIComponent(`/caseload?${'x'.repeat(3000)}`), 'to=a&to=b', 'utm=1', 'to=%00', 'to=//evil.example', 'to=/%5Cevil.example', '__proto__=1']) {
      const page = await ground.browser().get(`/sign-in?${query}`);
      expect([query.slice(0, 30), page.status]).toEqual([query.slice(0, 30), 200]);
      expect(page.text).toMatch(/name="to" value="\/(?:%5Cevil\.example)?"/);
    }
  });

  it.each([
    ['Host', 'evil.example'], ['X-Forwarded-Host', 'evil.example'], ['X-Forwarded-Proto', 'https'], ['Forwarded', 'host=evil.example'], ['X-Original-URL', '/users'], ['X-Rewrite-URL', '/users'], ['X-HTTP-Method-Override', 'DELETE'],
  ])('believes nothing of %s', async (header, value) => {
    const page = await supertest(ground.nest.getHttpServer()).get('/users').set(header, value);
    expect([page.status, page.headers.location]).toEqual([303, '/sign-in?to=%2Fusers']);
    const administrator = await ground.signedIn(await anAdministrator());
    const user = await aCoach();
    const token = /name="_token" value="([^"]+)"/.exec((await administrator.get('/users/new')).text)![1]!;
    const made = await supertest(ground.nest.getHttpServer()).post(`/users/${user.id}/link`).set('Cookie', `sid=${administrator.cookies.get('sid')}`).set('Origin', ground.url).set(header, value).type('form').send({ _token: token });
    expect([made.status, made.headers.location]).toEqual([303, `/users/${user.id}/link`]);
    expect(decodeURIComponent(String(made.headers['set-cookie']))).toContain(` ${ground.url}/welcome/`);
  });

  it('shows no words but a notice from the cookie of notices', async () => {
    for (const key of ['identity.refusal.throttled', 'problem.invalid.title', '__proto__', 'constructor']) {
      const browser = ground.browser();
      browser.cookies.set('notice', key);
      expect([key, (await browser.get('/sign-in')).status]).toEqual([key, 200]);
    }
  });
});

describe('what is typed', () => {
  it.each([
    ['a name that cannot be seen', { name: '\u2063\u2063' }], ['a name written backwards', { name: 'Ana \u202Eanauq' }], ['a name of two lines', { name: 'Ana\nQuispe' }], ['a name of 201 signs', { name: 'x'.repeat(201) }],
    ['an address with a line', { email: 'a@example.org\r\nBcc: b@example.org' }], ['a Turkish i', { email: 'mıke@example.org' }], ['a Kelvin sign', { email: 'mi\u212Ae@example.org' }], ['two addresses', { email: 'a@example.org,b@example.org' }],
    ['an address of 255 signs', { email: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example` }], ['a role of nobody', { role: 'system' }], ['a role by its inheritance', { role: 'constructor' }],
  ])('is refused on its field: %s', async (_, wrong) => {
    const token = await tokenOf(await anAdministrator(), 'administrator');
    const refused = await call(token, 'post', '/api/v1/users', { name: 'Luz', email: 'luz@example.org', language: 'es', role: 'coach', serviceId: place.service, startsOn: '2026-03-01', ...wrong });
    expect([refused.status, refused.body]).toMatchObject([422, { errors: [{ field: Object.keys(wrong)[0] }] }]);
  });
});
