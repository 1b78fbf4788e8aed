import type { Browser as Chromium } from 'playwright-core';
import { startApp, type TestApp } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob } from '../support/factories/placements';
import { Keyboard } from '../support/keyboard';

describeInChromium('a coach without a mouse', () => {
  let app: TestApp;
  let chromium: Chromium;
  beforeAll(async () => {
    app = await startApp();
    app.clock.set('2026-03-05T09:00:00Z');
    chromium = await launch();
  }, 60_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });

  it.each([['with scripts', true], ['without scripts', false]])('finds who is to be asked, notes an attempt, is refused an absence without its reason, and notes the answer, %s', async (_, scripts) => {
    const world = await app.world();
    const { person } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' });
    await aJob(app, world.ana, person, '2026-01-31');
    const window = await Window.open(chromium, app, { user: world.ana, scripts });
    const { page } = window;
    const keys = new Keyboard(page);
    const words = async (): Promise<string> => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

    await page.goto('/today');
    await keys.act('Follow-up');
    expect(new URL(page.url()).pathname).toBe('/milestones');
    await keys.act('Month 1');
    expect(await words()).toContain('Milestone 1 of 8');
    await keys.act('Note an attempt without an answer');
    await keys.choose('channel', 'message');
    await keys.act('Note the attempt');
    expect(await words()).toContain('“Unknown” may be noted after 3 attempts. So far: 1');

    await keys.choose('status', 'absent');
    await keys.act('Save');
    expect(await words()).toContain('One thing to correct');
    await keys.choose('absentWhy', 'sick'); // what is asked for is open by now
    await keys.type('note', 'Back in a week.');
    await keys.act('Save');
    expect(await words()).toContain('The answer is noted.');
    expect(await words()).toContain('In contract, absent');
    expect(await app.rows('select status, absent_why, note from milestone_answer where participant_id = $1', [person])).toEqual([{ status: 'absent', absent_why: 'sick', note: 'Back in a week.' }]);
    expect(window.console).toEqual([]);
    await window.close();
  }, 120_000);
});
