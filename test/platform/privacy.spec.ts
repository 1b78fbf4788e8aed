import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_BROWSER, SESSION } from '../../src/modules/identity/limits';
import { startApp, type TestApp } from '../support/app';
import { wordsOf } from '../support/html';

const SOURCE = join(__dirname, '../../src');
const code = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => readFileSync(join(SOURCE, file), 'utf8')).join('\n');

describe('the page about data', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startApp(); });
  afterAll(() => app.close());

  it.each(['fr', 'es', 'en'])('names every cookie that is set, what it is for and how long it lives, in %s', async (language) => {
    const set = new Set([...code.matchAll(/setCookie\(response, (?:boundName\(this\.secure, )?'(\w+)'/g)].map(([, name]) => name!));
    expect(code.match(/setCookie\(response, /g)!.length).toBe([...code.matchAll(/setCookie\(response, (?:boundName\(this\.secure, )?'\w+'/g)].length);
    const { text } = await app.stranger().get('/privacy').set('Cookie', `lang=${language}`).expect(200);
    const named = [...text.matchAll(/<code>(\w+)<\/code>/g)].map(([, name]) => name!);
    expect([...named].sort()).toEqual([...set].sort());
    const rows = Object.fromEntries([...text.matchAll(/<dt><code>(\w+)<\/code>[\s\S]*?<\/div>/g)].map(([row, name]) => [name!, wordsOf(row)]));
    expect(rows.browser).toContain(String(KNOWN_BROWSER / 86_400_000));
    for (const limit of [SESSION.idle / 60_000, SESSION.absolute / 3_600_000]) expect(rows.sid).toContain(String(limit));
    for (const name of ['notice', 'once']) expect(rows[name]).toContain('60');
  });
});
