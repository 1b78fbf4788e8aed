import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Response } from 'playwright-core';
import { LANGUAGES, type MembershipRole } from '../../src/platform/access/actor';
import { Matrix, type Cell } from '../access/matrix';
import { COMMANDS, type About } from '../access/commands';
import { OPEN } from '../access/expected';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { routesOf } from '../support/routes';
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
  // Where a form was sent that only looks something up: they lead back to it.
  'GET /activities/find', 'GET /activities/further', 'GET /caseload/views', 'GET /participants/:id/placements/find',
  // While its columns are asked for, an import leads on to them.
  'GET /imports/:id', 'GET /reports/pathways/export', 'GET /reports/retention/export', 'GET /reports/retention/chart.svg', 'GET /reports/retention/chart-narrow.svg',
];

const PREVIEW = 'GET /imports/:id of a preview';

/** A register as it stands before it is taken over, with a row of each kind, and one that somebody has to decide. */
async function aPreview(matrix: Matrix): Promise<string> {
  const manager = await matrix.caller(matrix.users.get('manager')!);
  await manager.post('/api/v1/participants', { ...COMMANDS.RegisterParticipant({ coach: matrix.here.ana.id } as About), familyNames: 'Doubtful' }).expect(201);
  const register = Buffer.from('Family names;Given names;Born on\nDiallo;Mariam;03/02/1990\nKeïta;Awa;3/2/90\nDoubtful;Given;03/02/1991\nNobody;Given;99/99/1990\n');
  const { id, version } = (await manager.upload('/api/v1/imports', {}, { name: 'register.csv', content: register }).expect(201)).body as { id: string; version: number };
  const reading = { order: 'day-first', lastBirthYear: 2026, lastYear: 2046, coachId: matrix.here.ana.id, operationId: matrix.here.operation, source: 'other', words: [], version };
  await manager.put(`/api/v1/imports/${id}/reading`, reading).expect(200);
  return id;
}

/** A page, by its route, and who looks at it. */
interface Sought {
  name: string;
  path: string;
  user?: TestUser;
}

describeInChromium('every page', () => {
  let app: TestApp;
  let pages: Sought[];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    app = await startApp();
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
    pages.push({ name: PREVIEW, path: `/imports/${await aPreview(matrix)}`, user: matrix.users.get('manager')! });
    expect(pages.length).toBeGreaterThan(60);
  }, 120_000);
  afterAll(() => app.close());

  /** Looks at every page, two at a time, in windows that stay open for the pages of one user; answers what was found. Each time in a Chromium of its own, which gives back what hundreds of pages have taken. */
  const look = async (options: { width?: number; language?: string }, at: (window: Window, page: Sought, faults: string[]) => Promise<void>): Promise<string[]> => {
    const faults: string[] = [];
    const left = [...pages];
    const chromium = await launch();
    try {
      await Promise.all([0, 1].map(async () => {
        const windows = new Map<string, Window>();
        for (let one = left.shift(); one; one = left.shift()) {
          const window = windows.get(one.user?.id ?? '') ?? await Window.open(chromium, app, { ...options, user: one.user });
          windows.set(one.user?.id ?? '', window);
          const found: string[] = [];
          await at(window, one, found);
          faults.push(...[...found, ...window.console.splice(0).map((line) => `console: ${line}`)].map((line) => `${one.name}: ${line}`));
        }
      }));
    } finally {
      await chromium.close();
    }
    return faults;
  };
  it('is in the list, or is said to be none', () => {
    const reads = routesOf(app.nest).filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/')).map(({ name }) => name);
    const listed = [...pages.map(({ name }) => name), ...NO_PAGE];
    expect(reads.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name) => name.startsWith('GET ') && name !== PREVIEW && !reads.includes(name))).toEqual([]);
  });

  const tooWide = async (window: Window): Promise<string[]> => {
    const wider = await window.overflow();
    return wider > 0 ? [`${wider} px wider than the window`] : [];
  };
  const file = (name: string): string => name.replace(/^GET \//, '').replace(/[^\w-]+/g, '-') || 'home';

  // Each page is loaded once in each language and looked at narrow and wide; in English it is weighed as well, as at a first visit and as later.
  describe.each(LANGUAGES)('in %s', (language) => {
    const found = { axe: new Map<number, string[]>(WIDTHS.map((width) => [width, []])), zoom: [] as string[], weight: [] as string[], hosts: new Set<string>() };

    beforeAll(async () => {
      const faults = await look({ language }, async (window, { name, path }, wrong) => {
        const { page } = window;
        const asked = (request: { url(): string }): unknown => found.hosts.add(new URL(request.url()).hostname);
        page.on('request', asked);
        let answer: Response | null = null;
        const load = async (): Promise<void> => void (answer = await page.goto(path));
        if (language === 'en') {
          const [first, later] = [await window.weigh(load, { cache: false }), await window.weigh(load)];
          if (first > 100_000) found.weight.push(`${name}: ${first} bytes at first`);
          if (later > 15_000) found.weight.push(`${name}: ${later} bytes later`);
        } else await load();
        page.off('request', asked);
        const status = (answer as Response | null)?.status() ?? 500;
        if (status >= 500) wrong.push(String(status));
        if (new URL(page.url()).pathname !== path.split('?')[0]) wrong.push(`led to ${page.url()}`);
        if ((await page.getAttribute('html', 'lang')) !== language) wrong.push('in another language');
        if (!(await page.title())) wrong.push('no title');
        for (const width of WIDTHS) {
          await window.widen(width);
          const there = [...(await window.axe()), ...(await tooWide(window))];
          found.axe.get(width)!.push(...there.map((line) => `${name}: ${line}`));
          if (language === 'fr') await page.screenshot({ path: join(SHOTS, `${file(name)}-${width}.jpeg`), fullPage: true, quality: 80 });
        }
        await window.widen(320);
        found.zoom.push(...(await tooWide(window)).map((line) => `${name}: ${line}`));
      });
      // What is wrong with a page at any width is wrong with it at each.
      for (const there of found.axe.values()) there.push(...faults);
    }, 300_000);

    it.each(WIDTHS)('at %i px: axe finds nothing, nothing is cut off sideways, the console is quiet', (width) => {
      expect(found.axe.get(width)).toEqual([]);
    });

    it('at 400 % zoom, which leaves 320 px: nothing is cut off sideways', () => {
      expect(found.zoom).toEqual([]);
    });

    it('asks no other host', () => {
      expect([...found.hosts]).toEqual(['127.0.0.1']);
    });

    if (language === 'en') {
      it('weighs at most 100 KB at first and 15 KB later', () => {
        expect(found.weight).toEqual([]);
      });
    }
  });

  for (const [language, width] of WRONG) {
    it(`each form filled in wrongly, in ${language} at ${width} px: says what is wrong, takes the focus there, and keeps what was typed`, async () => {
      const seen = new Set<string>();
      expect(await look({ width, language }, async (window, { name, path }, faults) => {
        const { page } = window;
        await page.goto(path);
        let isFresh = true;
        for (const form of (await formsOf(page)).filter((one) => one !== '' && !NEVER_WRONG.some((never) => one.startsWith(never)))) {
          if (seen.has(form)) continue;
          seen.add(form);
          let refused: Refused = { status: 0, faults: [] };
          // Where any words will do, only too many of them are wrong.
          for (const manner of form.endsWith('(reason)') ? [...MANNERS].reverse() : MANNERS) {
            if (refused.status === 422) break;
            if (!isFresh) await page.goto(path);
            isFresh = false;
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
          // A picture is for people and checks nothing: a Chromium that is short of processors draws one of these now and then never.
          if (language === 'fr') await page.screenshot({ path: join(SHOTS, `${file(name)}-wrong-${width}.jpeg`), fullPage: true, quality: 80, timeout: 10_000 }).catch(() => undefined);
        }
      })).toEqual([]);
      expect(seen.size).toBeGreaterThan(40);
    });
  }
});
