import type { Browser as Chromium } from 'playwright-core';
import { startApp, type TestApp } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { aReferredPerson } from '../support/factories/enrolments';

describeInChromium('a person on paper', () => {
  let app: TestApp;
  let chromium: Chromium;
  beforeAll(async () => {
    app = await startApp();
    app.clock.set('2026-03-02T09:00:00Z');
    chromium = await launch();
  }, 60_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });

  it('says whose page it is, when and by whom it was printed and that it is confidential; nothing that leads elsewhere', async () => {
    const world = await app.world();
    const { person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Maëlle', familyNames: 'Trégor' });
    const window = await Window.open(chromium, app, { user: world.ana });
    const { page } = window;
    for (const path of ['', '/pathway', '/profile', '/information', '/opened', `/pathway/${enrolment}/steps/admit`]) {
      await page.goto(`/participants/${person}${path}`);
      expect([path, await page.locator('.jalon-paper').isVisible()]).toEqual([path, false]);
      await page.emulateMedia({ media: 'print' });
      const words = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
      expect(words).toContain('Confidential.');
      expect(words).toMatch(/service · printed on 2 March 2026 by World \d+ Ana/);
      expect(words).toContain('Maëlle Trégor');
      const shown = await page.locator('header, nav, footer, form, button, .govuk-button').filter({ visible: true }).allInnerTexts();
      expect([path, shown]).toEqual([path, []]);
      await page.emulateMedia({ media: 'screen' });
    }
    expect(window.console).toEqual([]);
    await window.close();
  }, 60_000);
});
