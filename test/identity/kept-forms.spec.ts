import { wordsOf } from '../support/html';
import { type Browser, groundWithPlace, PASSWORD } from './ground';

const { ground, aCoach, anAdministrator } = groundWithPlace();

const WRITTEN = 'Ce que “Awa” <dit> & tait';
const written = { name: WRITTEN, scopes: ['read', 'write'], 'expiresOn-day': '1', 'expiresOn-month': '4', 'expiresOn-year': '2026' };
const tokenIn = (page: string): string => /name="_token" value="([^"]+)"/.exec(page)![1]!;
const keptIn = (page: string): string => /name="kept" value="([^"]+)"/.exec(page)![1]!;
const tokens = async (userId: string) => (await ground.rows<{ name: string }>('select name from access_token where user_id = $1', [userId])).map(({ name }) => name);
/** A form that was opened while the session lived and is sent after its end. */
async function sentTooLate(browser: Browser, path = '/tokens', form: Record<string, string | string[]> = written) {
  const token = tokenIn((await browser.get(path)).text);
  ground.clock.advance({ minutes: 31 });
  return { token, response: await browser.send(path, { _token: token, ...form }) };
}
const signIn = (browser: Browser, page: string, email: string, password = PASSWORD) => browser.send('/sign-in', { _token: tokenIn(page), to: '/', kept: keptIn(page), email, password });
/** The fields that a page gives back, as a browser would send them. */
const fieldsOf = (page: string): Record<string, string[]> => {
  const fields: Record<string, string[]> = {};
  for (const [, name, value] of page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) (fields[name!] ??= []).push(value!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
  return fields;
};

describe('a form sent when its session had ended', () => {
  it('comes back as it was typed to who signs in again, and nothing is done by itself', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const { response } = await sentTooLate(browser);
    expect(response.status).toBe(401);
    expect(wordsOf(response.text)).toContain('Rien n’a été envoyé. Ce que vous avez écrit est gardé dans cette page');
    expect(response.text).not.toContain('Awa');
    expect(JSON.stringify(response.headers)).not.toContain('Awa');

    const wrong = await signIn(browser, response.text, user.email, 'ceci n’est pas le mot de passe');
    expect(wrong.status).toBe(401);
    const back = await signIn(browser, wrong.text, user.email);
    expect(back.status).toBe(200);
    expect(wordsOf(back.text)).not.toContain('Connectez-vous');
    expect(back.text).toContain('action="/tokens"');
    const fields = fieldsOf(back.text);
    expect(fields).toMatchObject({ name: [WRITTEN], scopes: ['read', 'write'], 'expiresOn-day': ['1'], _again: ['on'] });

    const form = await browser.send('/tokens', fields);
    expect(form.status).toBe(200);
    expect(form.text).toContain('name="name" type="text" value="Ce que “Awa” &lt;dit&gt; &amp; tait"');
    expect(form.text).toContain('name="expiresOn-day" inputmode="numeric" value="1"');
    expect(form.text).not.toContain('govuk-error-summary');
    expect(await tokens(user.id)).toEqual([]);
    expect((await browser.send('/tokens', { _token: tokenIn(form.text), ...written })).status).toBe(303);
    expect(await tokens(user.id)).toEqual([WRITTEN]);
    expect(ground.log.lines.join('')).not.toContain('Awa');
  });

  it('is given to nobody else who signs in there', async () => {
    const browser = await ground.signedIn(await aCoach());
    const { response } = await sentTooLate(browser);
    const other = await aCoach();
    const refused = await signIn(browser, response.text, other.email);
    expect([refused.status, refused.headers.location]).toEqual([303, '/']);
    expect(wordsOf((await browser.get('/sessions')).text)).toContain('Seul le compte qui l’a écrit peut le reprendre');
  });

  it('is given back at once to who has signed in again meanwhile, on another page of the browser', async () => {
    const user = await aCoach();
    const browser = await ground.signedIn(user);
    const token = tokenIn((await browser.get('/tokens')).text);
    browser.cookies.set('sid', (await ground.signedIn(user)).cookies.get('sid')!);
    const late = await browser.send('/tokens', { _token: token, ...written });
    expect(late.status).toBe(403);
    expect((await browser.send('/tokens', fieldsOf(late.text))).text).toContain('Awa');
    expect(await tokens(user.id)).toEqual([]);
    browser.cookies.set('sid', (await ground.signedIn(await aCoach())).cookies.get('sid')!);
    const others = await browser.send('/tokens', { _token: token, ...written });
    expect([others.status, others.text.includes('Awa')]).toEqual([403, false]);
  });

  it('is not kept with a password in it, where there is no form to show again, from another site or without a token of ours', async () => {
    const passwords = await ground.signedIn(await aCoach());
    expect((await sentTooLate(passwords, '/password', { currentPassword: PASSWORD, newPassword: 'encore quatre mots à retenir' })).response.status).toBe(303);
    const act = await ground.signedIn(await aCoach());
    const { token } = await sentTooLate(act);
    expect((await act.send('/sessions/end-others', { _token: token, note: 'x' })).status).toBe(303);
    expect((await act.send('/tokens', written)).status).toBe(303);
    expect((await act.send('/tokens', { _token: token, name: ' ' })).status).toBe(303);
    expect((await act.send('/tokens', { _token: token, ...written, name: 'x'.repeat(80_000) })).status).toBe(303);
    const elsewhere = await act.send('/tokens', { _token: token, ...written }, 'https://evil.example');
    expect([elsewhere.status, elsewhere.headers.location]).toEqual([303, '/sign-in?to=%2F']);
  });

  it('is worth nothing a day later, changed, or with a token that no own session gave', async () => {
    const user = await aCoach();
    const late = await ground.signedIn(user);
    const { response } = await sentTooLate(late);
    const other = await ground.signedIn(await anAdministrator().then(() => user));
    const forged = await ground.browser().send('/tokens', { _token: 'x'.repeat(43), ...written });
    expect(forged.status).toBe(401);
    expect((await signIn(other, forged.text, user.email)).status).toBe(403); // the page of another browser
    const stranger = ground.browser();
    const page = await stranger.send('/tokens', { _token: 'x'.repeat(43), ...written });
    expect((await signIn(stranger, page.text, user.email)).headers.location).toBe('/');
    const kept = keptIn(response.text);
    const changed = `${kept.slice(0, -2)}${kept.endsWith('AA') ? 'BB' : 'AA'}`;
    expect((await late.send('/sign-in', { _token: tokenIn(response.text), kept: changed, email: user.email, password: PASSWORD })).headers.location).toBe('/');
    late.cookies.delete('sid');
    ground.clock.advance({ hours: 24 });
    expect((await signIn(late, (await late.get('/sign-in')).text + `<input type="hidden" name="kept" value="${kept}">`, user.email)).headers.location).toBe('/');
  });
});

describe('a form taken up', () => {
  it('shows what may be shown and does nothing', async () => {
    const browser = await anAdministrator();
    const user = await aCoach();
    const typed = { name: 'Rosa H.', email: user.email, language: 'fr', version: '1', _again: 'on' };
    const page = await browser.post(`/users/${user.id}`, typed, `/users/${user.id}/edit`);
    expect([page.status, page.text.includes('value="Rosa H."')]).toEqual([200, true]);
    expect((await ground.rows('select name from app_user where id = $1', [user.id]))).toEqual([{ name: 'Ana Quispe' }]);
    expect((await browser.send(`/users/${user.id}`, typed)).status).toBe(403);
    const coach = await ground.signedIn(user);
    expect((await coach.post(`/users/${user.id}`, typed, '/sessions')).status).toBe(403);
    expect((await browser.post('/users/01900000-0000-7000-8000-000000000001', typed, '/sessions')).status).toBe(404);
  });
});
