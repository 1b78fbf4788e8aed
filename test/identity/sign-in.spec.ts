import { Passwords } from '../../src/modules/identity/passwords';
import { Semaphore } from '../../src/modules/identity/semaphore';
import { groundWithPlace, PASSWORD } from './ground';

const { ground, place, aCoach } = groundWithPlace();

describe('signing in', () => {
  it('leads where one wanted to go, with cookies that scripts and other sites do not get', async () => {
    const user = await aCoach();
    const browser = ground.browser();
    const response = await browser.post('/sign-in', { email: user.email.toUpperCase(), password: PASSWORD, to: '/sessions?x=1' });
    expect(response.status).toBe(303);
    expect(response.headers.location).toBe('/sessions?x=1');
    const cookie = (response.headers['set-cookie'] as unknown as string[]).find((one) => one.startsWith('sid='))!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await browser.get('/sessions')).text).toContain('Mes sessions');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\tb'])('never leads elsewhere: %s', async (to) => {
    const user = await aCoach();
    const response = await ground.browser().post('/sign-in', { email: user.email, password: PASSWORD, to });
    expect([303, 422]).toContain(response.status);
    if (response.status === 303) expect(response.headers.location).toBe('/');
  });

  it('answers the same to an unknown address, a disabled account and a wrong password, and leaves one event each', async () => {
    const user = await aCoach();
    const disabled = await aCoach();
    await ground.rows('update app_user set disabled_at = now() where id = $1', [disabled.id]);
    const before = (await ground.events('sign-in.refused')).length;
    const wrong = await ground.browser('198.51.100.1').signIn(user.email, 'not the password at all');
    const unknown = await ground.browser('198.51.100.2').signIn('nobody@example.org', 'not the password at all');
    const off = await ground.browser('198.51.100.3').signIn(disabled.email, PASSWORD);
    expect([wrong.status, unknown.status, off.status]).toEqual([401, 401, 401]);
    const bare = (text: string): string => text.replace(/value="[^"]*"/g, '');
    expect(bare(unknown.text)).toBe(bare(wrong.text));
    expect(bare(off.text)).toBe(bare(wrong.text));
    expect(wrong.text).toContain('Adresse ou mot de passe inexact');
    const events = (await ground.events('sign-in.refused')).slice(before);
    expect(events.map(({ code, outcome }) => [code, outcome])).toEqual([['wrong-password', 'refused'], ['unknown-address', 'refused'], ['disabled', 'refused']]);
  });

  it('does the same work for an unknown address as for a known one: one comparison, at today\'s costs', async () => {
    const user = await aCoach();
    await ground.browser('192.0.1.1').signIn('nobody@example.org', 'not the password at all'); // makes the hash that nobody has
    const compared = jest.spyOn(Passwords.prototype, 'matches');
    const worked = jest.spyOn(Semaphore.prototype, 'run');
    try {
      for (const [n, email] of [user.email, 'nobody-else@example.org', user.email, 'nor-me@example.org'].entries()) {
        worked.mockClear();
        await ground.browser(`192.0.2.${n}`).signIn(email, 'not the password at all');
        expect(worked).toHaveBeenCalledTimes(1);
      }
      expect(compared.mock.calls.map(([kept]) => kept === null)).toEqual([false, true, false, true]);
      const passwords = compared.mock.contexts[0] as unknown as { dummy: Promise<string> };
      const costOf = (hash: string): string => hash.split('$').slice(0, 4).join('$');
      expect(costOf(await passwords.dummy)).toBe(costOf(compared.mock.calls[0]![0]!));
    } finally {
      compared.mockRestore();
      worked.mockRestore();
    }
  });

  it('gives a new session id, so that one planted beforehand is worth nothing', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const planted = browser.cookies.get('sid')!;
    await browser.get('/password'); // the form's token of the old session
    const other = ground.browser();
    await other.get('/sign-in');
    other.cookies.set('form', other.cookies.get('form')!);
    other.cookies.set('sid', 'x'.repeat(43));
    await other.signIn(user.email, PASSWORD);
    expect(other.cookies.get('sid')).not.toBe('x'.repeat(43));
    expect(other.cookies.get('sid')).not.toBe(planted);
  });

  it('keeps only hashes of session ids', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const secret = browser.cookies.get('sid')!;
    const [found] = await ground.rows<{ n: string }>("select count(*) n from session where encode(id_hash, 'escape') like '%' || $1 || '%' or encode(id_hash, 'hex') = encode($2::bytea, 'hex')", [secret, Buffer.from(secret)]);
    expect(Number(found!.n)).toBe(0);
  });

  it('says so when the password is right and no membership counts today', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service, startsOn: '2026-01-01', endsOn: '2026-03-02' }]);
    const response = await ground.browser('198.51.101.1').signIn(user.email, PASSWORD);
    expect(response.status).toBe(401);
    expect(response.text).toContain('aucun accès aujourd’hui');
  });

  it('hashes no password of 129 signs', async () => {
    const response = await ground.browser().signIn('someone@example.org', 'x'.repeat(129));
    expect(response.status).toBe(422);
    expect(response.text).not.toContain('xxxx');
  });

  it('needs the token of its own form', async () => {
    const user = await aCoach();
    const browser = ground.browser();
    await browser.get('/sign-in');
    expect((await browser.send('/sign-in', { email: user.email, password: PASSWORD })).status).toBe(403);
  });
});

describe('guessing', () => {
  it('is slowed after ten failures, while the browser that is known signs in at once', async () => {
    const user = await aCoach();
    const known = ground.browser('198.51.102.1');
    expect((await known.signIn(user.email, PASSWORD)).status).toBe(303);
    await known.post('/sign-out', {}, '/sessions');

    const attacker = ground.browser('198.51.102.2');
    const statuses: number[] = [];
    let last = await attacker.get('/sign-in');
    for (let n = 0; n < 14; n += 1) {
      last = await attacker.signIn(user.email, `guess number ${n} of many`);
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual(Array(4).fill(429));
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect(last.text).toContain('Trop d’essais');
    // The right password does not help the attacker's browser while it waits, and the victim is not locked out.
    expect((await attacker.signIn(user.email, PASSWORD)).status).toBe(429);
    expect((await known.signIn(user.email, PASSWORD)).status).toBe(303);
  });

  it('waits longer each time', async () => {
    const user = await aCoach();
    const attacker = ground.browser('198.51.103.1');
    for (let n = 0; n < 10; n += 1) await attacker.signIn(user.email, `guess number ${n} of many`);
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const refused = await attacker.signIn(user.email, 'another guess of many');
      const seconds = Number(refused.headers['retry-after']);
      waits.push(seconds);
      ground.clock.advance({ seconds });
      await attacker.signIn(user.email, 'another guess of many');
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('cannot be done in parallel', async () => {
    const user = await aCoach();
    const browser = ground.browser('198.51.104.1');
    const token = /name="_token" value="([^"]+)"/.exec((await browser.get('/sign-in')).text)![1]!;
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => browser.send('/sign-in', { _token: token, email: user.email, password: `guess number ${n} of many` })));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  it('from one network is slowed whatever the account', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 32; n += 1) statuses.push((await ground.browser(`198.51.105.${n + 1}`).signIn(`nobody-${n}@example.net`, 'a guess of many')).status);
    expect(statuses.filter((one) => one === 401)).toHaveLength(30);
  });
});
