import { Browser, groundWithPlace, PASSWORD } from './ground';
import { Actor } from '../../src/platform/access/actor';
import { UsersService } from '../../src/modules/identity';
import { wordsOf } from '../support/html';

const { ground, place, aCoach } = groundWithPlace();

const asSystem = <T>(work: (system: Actor) => Promise<T>) => ground.database.write(Actor.system('world'), () => work(Actor.system('world')));

describe('a session', () => {
  it('ends when nobody has used it for half an hour', async () => {
    const browser = await ground.signedIn(await aCoach());
    ground.clock.advance({ minutes: 29 });
    expect((await browser.get('/sessions')).status).toBe(200);
    ground.clock.advance({ minutes: 29 });
    expect((await browser.get('/sessions')).status).toBe(200);
    ground.clock.advance({ minutes: 31 });
    const response = await browser.get('/sessions');
    expect(response.status).toBe(303);
    expect(response.headers.location).toBe('/sign-in?to=%2Fsessions');
    expect((await browser.get('/sign-in')).text).toContain('Votre session a pris fin');
  });

  it('is shown with its hours, and by whose clock they are', async () => {
    const user = await aCoach();
    const page = wordsOf((await (await ground.signedIn(user)).get('/sessions')).text);
    expect(page).toContain('Fuseau horaire : heure normale du Pérou');
    expect(page).toContain('2 mars 2026, 4 h 00');
    const administrator = await ground.signedIn(await ground.user([{ role: 'administrator' }]));
    for (const path of ['/sessions', '/audit']) expect(wordsOf((await administrator.get(path)).text)).toContain('Fuseau horaire : UTC');
    expect(wordsOf((await administrator.get(`/users/${user.id}`)).text)).toContain('2 mars 2026, 9 h 00 (UTC)');
  });

  it('ends after nine hours even when it is used', async () => {
    const browser = await ground.signedIn(await aCoach());
    for (let n = 0; n < 26; n += 1) {
      ground.clock.advance({ minutes: 20 });
      expect((await browser.get('/sessions')).status).toBe(200);
    }
    ground.clock.advance({ minutes: 21 });
    expect((await browser.get('/sessions')).status).toBe(303);
  });

  it('writes when it was seen at most once a minute', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const seen = async () => (await ground.rows<{ last_seen_at: Date }>('select last_seen_at from session where user_id = $1', [user.id]))[0]!.last_seen_at.toISOString();
    ground.clock.advance({ seconds: 59 });
    await browser.get('/sessions');
    expect(await seen()).toBe('2026-03-02T09:00:00.000Z');
    ground.clock.advance({ seconds: 1 });
    await browser.get('/sessions');
    expect(await seen()).toBe('2026-03-02T09:01:00.000Z');
  });

  it('is worth nothing once its user is disabled, in requests that run at that moment as well', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    await asSystem((system) => ground.nest.get(UsersService).disable(system, user.id));
    const secret = browser.cookies.get('sid')!;
    const answers = await Promise.all(Array.from({ length: 5 }, () => {
      const same = ground.browser();
      same.cookies.set('sid', secret);
      return same.get('/sessions');
    }));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(303));
  });

  it('is worth nothing once its membership has ended', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }, { role: 'manager', serviceId: place.service }]);
    const asCoach = await ground.signedIn(user, user.memberships.find(({ role }) => role === 'coach')!.id);
    const asManager = await ground.signedIn(user, user.memberships.find(({ role }) => role === 'manager')!.id);
    await asSystem((system) => ground.nest.get(UsersService).endMembership(system, user.id, user.memberships.find(({ role }) => role === 'coach')!.id));
    expect((await asCoach.get('/sessions')).status).toBe(303);
    expect((await asManager.get('/sessions')).status).toBe(200);
  });

  it('ends with its membership on the day that the service reaches it, not on the server’s', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service, endsOn: '2026-03-03' }]);
    ground.clock.set('2026-03-03T04:30:00Z'); // 2 March, 23:30 in Lima
    const browser = await ground.signedIn(user);
    expect((await browser.get('/sessions')).status).toBe(200);
    ground.clock.advance({ minutes: 29 });
    expect((await browser.get('/sessions')).status).toBe(200);
    ground.clock.advance({ minutes: 2 });
    expect((await browser.get('/sessions')).status).toBe(303);
  });

  it('is listed for its user alone, and each can be ended', async () => {
    const user = await aCoach();
    const mine = await ground.signedIn(user);
    const other = await ground.signedIn(user);
    const stranger = await ground.signedIn(await aCoach());
    const [first] = await ground.rows<{ id: string }>('select id from session where user_id = $1 order by created_at, id', [user.id]);
    expect((await stranger.post(`/sessions/${first!.id}/end`, {}, '/sessions')).status).toBe(404);
    const page = await mine.get('/sessions');
    const [, id] = /\/sessions\/([0-9a-f-]{36})\/end/.exec(page.text)!;
    expect((await mine.post(`/sessions/${id}/end`, {}, '/sessions')).status).toBe(303);
    expect((await other.get('/sessions')).status).toBe(303);
    expect((await mine.get('/sessions')).status).toBe(200);
  });

  it('ends all the others at once', async () => {
    const user = await aCoach();
    const browsers = await Promise.all(Array.from({ length: 4 }, () => ground.signedIn(user)));
    expect((await browsers[0]!.post('/sessions/end-others', {}, '/sessions')).status).toBe(303);
    const statuses = await Promise.all(browsers.map(async (one) => (await one.get('/sessions')).status));
    expect(statuses).toEqual([200, 303, 303, 303]);
  });

  it('is one of five at most: the oldest ends, those of others and those that are idle do not count', async () => {
    const user = await aCoach();
    const colleague = await ground.signedIn(await aCoach());
    const idle = await ground.signedIn(user);
    ground.clock.advance({ minutes: 31 });
    const browsers: Browser[] = [];
    for (let n = 0; n < 6; n += 1) {
      browsers.push(await ground.signedIn(user));
      ground.clock.advance({ seconds: 1 });
    }
    const statuses = await Promise.all(browsers.map(async (one) => (await one.get('/sessions')).status));
    expect(statuses).toEqual([303, 200, 200, 200, 200, 200]);
    expect((await idle.get('/sessions')).status).toBe(303);
    expect((await ground.events('session.oldest-ended')).filter(({ subject_id }) => subject_id === user.id)).toMatchObject([{ changes: { count: 1 } }]);
    expect(wordsOf((await browsers[5]!.get('/sessions')).text)).toContain('5 sessions ouvertes au plus : une de plus ferme la plus ancienne.');
    ground.clock.set('2026-03-02T09:00:00Z');
    expect((await colleague.get('/sessions')).status).toBe(200);
  });

  it('is never the one to go when it has just begun, in the same instant as others', async () => {
    const user = await aCoach();
    for (let n = 0; n < 30; n += 1) expect((await (await ground.signedIn(user)).get('/sessions')).status).toBe(200);
  });

  it('is one of five at most when many open at once', async () => {
    const user = await aCoach();
    await Promise.all(Array.from({ length: 12 }, () => ground.signedIn(user)));
    const [open] = await ground.rows<{ n: number }>('select count(*)::int n from session where user_id = $1 and ended_at is null', [user.id]);
    expect(open!.n).toBe(5);
  });

  it('signs out: the cookie is worth nothing, and the browser empties what it kept', async () => {
    const browser = await ground.signedIn(await aCoach());
    const secret = browser.cookies.get('sid')!;
    const response = await browser.post('/sign-out', {}, '/sessions');
    expect(response.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(browser.cookies.has('sid')).toBe(false);
    browser.cookies.set('sid', secret);
    expect((await browser.get('/sessions')).status).toBe(303);
  });
});

describe('a password', () => {
  it('is changed knowing the present one; every other session ends and this one gets a new id', async () => {
    const user = await aCoach();
    const mine = await ground.signedIn(user);
    const other = await ground.signedIn(user);
    const before = mine.cookies.get('sid');
    const wrong = await mine.post('/password', { currentPassword: 'not this one at all', newPassword: 'autre chose de tout nouveau' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('est inexact');
    expect(wrong.text).not.toContain('autre chose de tout nouveau');
    const done = await mine.post('/password', { currentPassword: PASSWORD, newPassword: 'autre chose de tout nouveau' });
    expect(done.status).toBe(303);
    expect(mine.cookies.get('sid')).not.toBe(before);
    expect((await mine.get('/sessions')).status).toBe(200);
    expect((await other.get('/sessions')).status).toBe(303);
    expect((await ground.browser('198.51.100.9').signIn(user.email, PASSWORD)).status).toBe(401);
    expect((await ground.browser('198.51.100.9').signIn(user.email, 'autre chose de tout nouveau')).status).toBe(303);
  });

  it('is changed once by two changes at once: the other is told that its present one is wrong', async () => {
    const user = await aCoach();
    const mine = await ground.signedIn(user);
    const next = ['autre chose de tout nouveau', 'encore autre chose de nouveau'];
    const token = /name="_token" value="([^"]+)"/.exec((await mine.get('/password')).text)![1]!;
    const answers = await Promise.all(next.map((newPassword) => mine.send('/password', { _token: token, currentPassword: PASSWORD, newPassword })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const kept = answers.findIndex(({ status }) => status === 303);
    expect(answers[1 - kept]!.text).toContain('est inexact');
    const opened = await Promise.all(next.map((password, n) => ground.browser(`198.51.100.${40 + n}`).signIn(user.email, password)));
    expect(opened.map(({ status }) => status)).toEqual(kept === 0 ? [303, 401] : [401, 303]);
  });

  it.each([
    ['quatorze signe', 'signes au moins'],
    ['motdepasse123456', 'se devine trop vite'],
    ['Quispe Ana quispe', 'contient surtout votre nom'],
    ['Servicio Horizonte 2026', 'contient surtout votre nom'],
  ])('is refused when it is %s', async (newPassword, message) => {
    const browser = await ground.signedIn(await aCoach());
    const response = await browser.post('/password', { currentPassword: PASSWORD, newPassword });
    expect(response.status).toBe(422);
    expect(response.text).toContain(message);
  });
});

describe('a membership', () => {
  it('is changed by a new session; nobody takes one that is not theirs', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }, { role: 'administrator' }]);
    const stranger = await aCoach();
    const asCoach = user.memberships.find(({ role }) => role === 'coach')!;
    const asAdministrator = user.memberships.find(({ role }) => role === 'administrator')!;
    const browser = await ground.signedIn(user, asCoach.id);
    expect((await browser.get('/users')).status).toBe(403);
    expect((await browser.post(`/memberships/${stranger.memberships[0]!.id}/use`, {}, '/memberships')).status).toBe(404);
    const before = browser.cookies.get('sid')!;
    expect((await browser.post(`/memberships/${asAdministrator.id}/use`, {}, '/memberships')).status).toBe(303);
    expect((await browser.get('/users')).status).toBe(200);
    const old = ground.browser();
    old.cookies.set('sid', before);
    expect((await old.get('/sessions')).status).toBe(303);
  });
});
