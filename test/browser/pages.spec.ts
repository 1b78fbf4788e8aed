import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser as Chromium } from 'playwright-core';
import { LANGUAGES, type MembershipRole } from '../../src/platform/access/actor';
import { Matrix, type Cell } from '../access/matrix';
import { OPEN } from '../access/expected';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { formsOf, MANNERS, sendWrongly, type Refused } from '../support/wrong-forms';

const WIDTHS = [360, 1280];
/** Where forms are shown with their errors: narrow and wide, in two languages. */
const WRONG = [['fr', 360], ['es', 1280]] as const;
/** Lists that are narrowed by closed choices, or by a few words that are looked for. */
const NEVER_WRONG = ['GET /caseload ', 'GET /milestones ', 'GET /employers ', 'GET /employers/:id/merge '];
const SHOTS = join(__dirname, 'screenshots');
const BY: MembershipRole[] = ['manager', 'coach', 'administrator', 'editor'];
/** Answers that are no page. */
const NO_PAGE = [
  'GET /', 'GET /healthz', 'GET /readyz', 'GET /caseload/export', 'GET /audit/export', 'GET /imports/:id/export', 'GET /employers/export', 'GET /milestones/export', 'GET /participants/:id/applications/export',
  'GET /participants/:id/placements/:placement/documents/:payslip', 'GET /participants/:id/agreements/:agreement/documents/:paper', 'GET /participants/:id/milestones/:milestone/papers/:proof',
  // While its columns are asked for, an import leads on to them.
  'GET /imports/:id', 'GET /reports/pathways/export', 'GET /reports/retention/export', 'GET /reports/retention/chart.svg', 'GET /reports/retention/chart-narrow.svg',
];

/** A page, by its route, and who looks at it. */
interface Sought {
  name: string;
  path: string;
  user?: TestUser;
}

describeInChromium('every page', () => {
  let app: TestApp;
  let chromium: Chromium;
  let pages: Sought[];

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

  /** Looks at every page, two at a time; answers what was found. Windows stay open for the pages of one user, unless each needs its own. */
  const look = async (options: { width?: number; language?: string }, at: (window: Window, page: Sought, faults: string[]) => Promise<void>, { fresh = false } = {}): Promise<string[]> => {
    const faults: string[] = [];
    const left = [...pages];
    await Promise.all([0, 1].map(async () => {
      const windows = new Map<string, Window>();
      for (let one = left.shift(); one; one = left.shift()) {
        const window = windows.get(one.user?.id ?? '') ?? await Window.open(chromium, app, { ...options, user: one.user });
        const found: string[] = [];
        await at(window, one, found);
        faults.push(...[...found, ...window.console.splice(0).map((line) => `console: ${line}`)].map((line) => `${one.name}: ${line}`));
        if (fresh) await window.close();
        else windows.set(one.user?.id ?? '', window);
      }
      for (const window of windows.values()) await window.close();
    }));
    return faults;
  };
  const file = (name: string): string => name.replace(/^GET \//, '').replace(/[^\w-]+/g, '-') || 'home';

  for (const language of LANGUAGES) {
    for (const width of WIDTHS) {
      it(`in ${language} at ${width} px: axe finds nothing, nothing is cut off sideways, the console is quiet`, async () => {
        expect(await look({ width, language }, async (window, { name, path }, faults) => {
          const answer = await window.page.goto(path);
          if (!answer || answer.status() >= 500) faults.push(String(answer?.status()));
          if (new URL(window.page.url()).pathname !== path.split('?')[0]) faults.push(`led to ${window.page.url()}`);
          faults.push(...(await window.axe()));
          const wider = await window.overflow();
          if (wider > 0) faults.push(`${wider} px wider than the window`);
          if ((await window.page.getAttribute('html', 'lang')) !== language) faults.push('in another language');
          if (!(await window.page.title())) faults.push('no title');
          if (language === 'fr') await window.page.screenshot({ path: join(SHOTS, `${file(name)}-${width}.png`), fullPage: true });
        })).toEqual([]);
      });
    }
  }

  for (const [language, width] of WRONG) {
    it(`each form filled in wrongly, in ${language} at ${width} px: says what is wrong, takes the focus there, and keeps what was typed`, async () => {
      const seen = new Set<string>();
      expect(await look({ width, language }, async (window, { name, path }, faults) => {
        const { page } = window;
        await page.goto(path);
        for (const form of (await formsOf(page)).filter((one) => one !== '' && !NEVER_WRONG.some((never) => one.startsWith(never)))) {
          if (seen.has(form)) continue;
          seen.add(form);
          let refused: Refused = { status: 0, faults: [] };
          // Where any words will do, only too many of them are wrong.
          for (const manner of form.endsWith('(reason)') ? [...MANNERS].reverse() : MANNERS) {
            if (refused.status === 422) break;
            await page.goto(path);
            const place = (await formsOf(page)).indexOf(form);
            if (place < 0) {
              faults.push(`${form}: is gone once it was sent as ${manner}`);
              break;
            }
            refused = await sendWrongly(page, place, manner);
          }
          const found = [...refused.faults, ...(await window.axe())];
          if (refused.status !== 422) found.push(`answers ${refused.status} to what is wrong`);
          if ((await window.overflow()) > 0) found.push('wider than the window');
          faults.push(...found.map((one) => `${form}: ${one}`));
          if (language === 'fr') await page.screenshot({ path: join(SHOTS, `${file(name)}-wrong-${width}.png`), fullPage: true });
        }
      })).toEqual([]);
      expect(seen.size).toBeGreaterThan(40);
    });
  }

  it('at 400 % zoom, which leaves 320 px: nothing is cut off sideways', async () => {
    expect(await look({ width: 320 }, async (window, { path }, faults) => {
      await window.page.goto(path);
      const wider = await window.overflow();
      if (wider > 0) faults.push(`${wider} px wider than the window`);
    })).toEqual([]);
  });

  it('weighs at most 100 KB at first and 15 KB later, and asks no other host', async () => {
    const hosts = new Set<string>();
    expect(await look({}, async (window, { path }, faults) => {
      window.page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
      const first = await window.weigh(() => window.page.goto(path));
      const later = await window.weigh(() => window.page.goto(path));
      if (first > 100_000) faults.push(`${first} bytes at first`);
      if (later > 15_000) faults.push(`${later} bytes later`);
    }, { fresh: true })).toEqual([]);
    expect([...hosts]).toEqual(['127.0.0.1']);
  });
});
