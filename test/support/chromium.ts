import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { chromium, type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import type { TestApp, TestUser } from './app';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A Chromium of this machine: CHROMIUM names it, else the usual places are looked at. */
export const chromiumPath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path)) ?? null;

/** `describe` where there is a Chromium, skipped where there is none; a build server must have one. */
export const describeInChromium = chromiumPath !== null || process.env.CI ? describe : describe.skip;

export async function launch(): Promise<Chromium> {
  if (chromiumPath === null) throw new Error('there is no Chromium: install one, or name it in CHROMIUM');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A window of a given width in a language, signed in when a user is given; keeps what its console says. */
export class Window {
  readonly console: string[] = [];

  private constructor(
    readonly app: TestApp,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async open(browser: Chromium, app: TestApp, { user, width = 1280, language = 'en', scripts = true }: { user?: TestUser; width?: number; language?: string; scripts?: boolean }): Promise<Window> {
    const address = (app.nest.getHttpServer() as Server).address() as AddressInfo;
    const baseURL = `http://127.0.0.1:${address.port}`;
    const context = await browser.newContext({ baseURL, viewport: { width, height: 900 }, javaScriptEnabled: scripts, reducedMotion: 'reduce' });
    const cookies = [{ name: 'lang', value: language, url: baseURL }];
    if (user) cookies.push({ name: 'sid', value: (await app.as(user)).session, url: baseURL });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const window = new Window(app, context, page);
    page.on('console', (message) => {
      // A page that answers 4xx on purpose is no fault of the console.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) window.console.push(message.text());
    });
    page.on('pageerror', (error) => window.console.push(error.message));
    return window;
  }

  /** What axe finds, one line each. */
  async axe(): Promise<string[]> {
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }).axe.run();
      return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×) ${nodes[0]?.html.slice(0, 160) ?? ''}`);
    });
    return found;
  }

  /** Pixels that the page is wider than its window. */
  overflow(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  /** Makes it so wide; the page is laid out anew by whatever asks for a place in it. */
  async widen(width: number): Promise<void> {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.waitForFunction((wanted) => (globalThis as unknown as { innerWidth: number }).innerWidth === wanted, width, { polling: 20 });
  }

  /** Bytes over the wire while `work` runs: headers and bodies as sent, nothing for what the cache holds. `cache: false`: as if it held nothing yet; it is filled all the same. */
  async weigh(work: () => Promise<unknown>, { cache = true } = {}): Promise<number> {
    const session = await this.context.newCDPSession(this.page);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: !cache });
    await work();
    await this.page.evaluate('document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 50)))');
    await session.detach();
    return bytes;
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
