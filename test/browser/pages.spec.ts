import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { LANGUAGES, type MembershipRole } from '../../src/platform/access/actor';
import { Matrix, type Cell } from '../access/matrix';
import { OPEN } from '../access/expected';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';

const WIDTHS = [360, 1280];
const SHOTS = join(__dirname, 'screenshots');
const BY: MembershipRole[] = ['manager', 'coach', 'administrator', 'editor'];
/** Answers that are no page. */
const NO_PAGE = ['GET /', 'GET /healthz', 'GET /readyz', 'GET /caseload/export', 'GET /audit/export'];

describeInChromium('every page', () => {
  let app: TestApp;
  let chromium: Chromium;
  let pages: { name: string; path: string; user?: TestUser }[];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    app = await startApp();
    chromium = await launch();
    const matrix = await Matrix.of(app);
    pages = OPEN.filter((name) => name.startsWith('GET ') && !name.includes(':') && !NO_PAGE.includes(name)).map((name) => ({ name, path: name.slice(4) }));
    pages.push({ name: 'GET /welcome/:token', path: '/welcome/used-before' }, { name: 'not there', path: '/nowhere' });
    const mayOpen = (cell: Cell): boolean => cell.route.method === 'GET' && !cell.route.path.startsWith('/api/') && cell.relation === 'own' && !NO_PAGE.includes(cell.route.name) && matrix.expected(cell).includes(200);
    const cells = matrix.cells().filter(mayOpen);
    for (const name of new Set(cells.map(({ route }) => route.name))) {
      // A coach's pages hold the most; where a coach may not, whoever may.
      const role = [...BY].reverse().concat('manager').find((one) => cells.some((cell) => cell.route.name === name && cell.role === one))!;
      const cell = cells.find((one) => one.route.name === name && one.role === role)!;
      pages.push({ name, path: (await matrix.address(cell, false)).path, user: matrix.users.get(role)! });
    }
    expect(pages.length).toBeGreaterThan(60);
  }, 120_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });

  const file = (name: string): string => name.replace(/^GET \//, '').replace(/[^\w-]+/g, '-') || 'home';

  for (const language of LANGUAGES) {
    for (const width of WIDTHS) {
      it(`in ${language} at ${width} px: axe finds nothing, nothing is cut off sideways, the console is quiet`, async () => {
        const faults: string[] = [];
        const windows = new Map<string, Window>();
        for (const { name, path, user } of pages) {
          const key = user?.id ?? '';
          const window = windows.get(key) ?? await Window.open(chromium, app, { user, width, language });
          windows.set(key, window);
          const answer = await window.page.goto(path);
          if (!answer || answer.status() >= 500) faults.push(`${name}: ${answer?.status()}`);
          if (new URL(window.page.url()).pathname !== path.split('?')[0]) faults.push(`${name}: led to ${window.page.url()}`);
          faults.push(...(await window.axe()).map((one) => `${name}: ${one}`));
          const wider = await window.overflow();
          if (wider > 0) faults.push(`${name}: ${wider} px wider than the window`);
          if ((await window.page.getAttribute('html', 'lang')) !== language) faults.push(`${name}: in another language`);
          if (!(await window.page.title())) faults.push(`${name}: no title`);
          faults.push(...window.console.splice(0).map((one) => `${name}: console: ${one}`));
          if (language === 'fr') await window.page.screenshot({ path: join(SHOTS, `${file(name)}-${width}.png`), fullPage: true });
        }
        for (const window of windows.values()) await window.close();
        expect(faults).toEqual([]);
      });
    }
  }

  it('at 400 % zoom, which leaves 320 px: nothing is cut off sideways', async () => {
    const faults: string[] = [];
    for (const { name, path, user } of pages) {
      const window = await Window.open(chromium, app, { user, width: 320 });
      await window.page.goto(path);
      const wider = await window.overflow();
      if (wider > 0) faults.push(`${name}: ${wider} px wider than the window`);
      await window.close();
    }
    expect(faults).toEqual([]);
  });

  it('weighs at most 100 KB at first and 15 KB later, and asks no other host', async () => {
    const faults: string[] = [];
    const hosts = new Set<string>();
    for (const { name, path, user } of pages) {
      const window = await Window.open(chromium, app, { user });
      window.page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
      const first = await window.weigh(() => window.page.goto(path));
      const later = await window.weigh(() => window.page.goto(path));
      if (first > 100_000) faults.push(`${name}: ${first} bytes at first`);
      if (later > 15_000) faults.push(`${name}: ${later} bytes later`);
      await window.close();
    }
    expect(faults).toEqual([]);
    expect([...hosts]).toEqual(['127.0.0.1']);
  });
});
