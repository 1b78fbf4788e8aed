import type { Browser as Chromium, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { aReferredPerson } from '../support/factories/enrolments';
import type { World } from '../support/factories/world';

/** Seconds that somebody at ease with a keyboard takes for a key, thinking included. */
const SECONDS_A_KEY = 0.6;

describeInChromium('a contact noted by keyboard', () => {
  let app: TestApp;
  let chromium: Chromium;
  let world: World;
  let awa: string;
  let presses = 0;
  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    for (const [givenNames, familyNames] of [['Paul', 'Guérin'], ['Mariam', 'Kanté'], ['Zoé', 'Aubin']] as const) await aReferredPerson(app, world, { givenNames, familyNames });
    awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
    chromium = await launch();
  }, 60_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });
  beforeEach(() => { presses = 0; });

  const press = async (page: Page, ...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      presses += 1;
    }
  };
  const focused = (page: Page): Promise<string> => page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()");
  /** From who to the button, the contact being a visit of twenty minutes. */
  const fill = async (page: Page): Promise<void> => {
    await press(page, 'k', 'o');
    expect(await page.locator('select[name="participantIds"]').inputValue()).toBe(awa);
    while ((await focused(page)) !== 'kind') await press(page, 'Tab');
    await press(page, 'ArrowRight', 'Tab');
    expect(await focused(page)).toBe('outcome');
    await press(page, 'Tab');
    expect(await focused(page)).toBe('minutes');
    await press(page, '2', '0', 'Tab');
    expect(await focused(page)).toBe('note');
    while ((await focused(page)) !== 'Save') await press(page, 'Tab');
    await Promise.all([page.waitForEvent('load'), press(page, 'Enter')]);
  };
  const last = (): Promise<unknown[]> => app.rows('select a.kind, a.minutes, p.family_names from activity a join activity_participant ap on ap.activity_id = a.id join participant p on p.id = ap.participant_id order by a.recorded_at desc limit 1');

  it.each([
    ['/caseload?sort=name', '/activities/new', '/caseload?sort=name'],
    ['/today', '/today', '/today'],
  ])('begins with n on %s, in the list of people, by their family name, and takes less than half a minute', async (from, where, after) => {
    const window = await Window.open(chromium, app, { user: world.ana });
    const { page } = window;
    await page.goto(from);
    await press(page, 'n');
    await page.waitForSelector('select[name="participantIds"]:focus');
    expect(new URL(page.url()).pathname).toBe(where);
    await fill(page);
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(after);
    expect(await last()).toEqual([{ kind: 'visit', minutes: 20, family_names: 'Koné' }]);
    expect(presses * SECONDS_A_KEY).toBeLessThan(15); // the other half is for the note
    expect(window.console).toEqual([]);
    await window.close();
  }, 60_000);

  it('begins with how it was, where the person is known already', async () => {
    const window = await Window.open(chromium, app, { user: world.ana });
    await window.page.goto(`/today?participant=${awa}#contact`);
    await window.page.waitForSelector('[name="kind"]:checked:focus', { state: 'attached' });
    await window.close();
  }, 60_000);
});
