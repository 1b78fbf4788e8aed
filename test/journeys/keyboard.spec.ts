import type { Browser as Chromium } from 'playwright-core';
import { Passwords } from '../../src/modules/identity';
import { startApp, type TestApp } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import type { World } from '../support/factories/world';
import { Keyboard } from '../support/keyboard';

const PASSWORD = 'seven slow boats on the Niger';
const ITEMS = 13;

describeInChromium('a coach without a mouse', () => {
  let app: TestApp;
  let chromium: Chromium;
  let world: World;
  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    chromium = await launch();
  }, 60_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });

  it.each([['with scripts', true], ['without scripts', false]])('signs in, registers a person, is refused the admission, meets what is missing, admits, notes a contact, %s', async (_, scripts) => {
    const coach = await app.user('coach', { serviceId: world.service }, { name: 'Ana', passwordHash: await app.get(Passwords).hash(PASSWORD) });
    const window = await Window.open(chromium, app, { scripts });
    const { page } = window;
    const keys = new Keyboard(page);
    const words = async (): Promise<string> => (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    const name = scripts ? 'Diallo' : 'Keïta';

    await page.goto('/today');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await keys.type('email', coach.email);
    await keys.type('password', PASSWORD);
    await keys.enter();
    expect(new URL(page.url()).pathname).toBe('/today');

    await keys.reach('.govuk-skip-link');
    await keys.act('Register a person');
    await keys.type('givenNames', 'Mariam');
    await keys.type('familyNames', name);
    await keys.enter();
    await keys.choose('bornPrecision', 'unknown');
    await keys.choose('gender', 'female');
    await keys.choose('documentKind', 'none');
    await keys.act('Register the person');

    await keys.act('Write down the referral');
    await keys.choose('pathway', 'employment-advice');
    await keys.choose('operationId', world.operation);
    await keys.choose('source', 'self');
    await keys.act('Save');

    await keys.act('See the conditions');
    expect(await words()).toContain('Not yet: 3 of the 5 conditions are missing');
    await keys.act('Meet this condition');
    await keys.choose('format', 'plain');
    await keys.choose('willing', 'yes');
    await keys.act('Save');

    expect(await words()).toContain('It is noted that the person was told.');
    expect(await words()).toContain('Not yet: 2 of the 5 conditions are missing');
    await keys.act('Meet this condition');
    for (let item = 0; item < ITEMS; item += 1) await keys.choose(`answers.${item}.value`, 'refused');
    await keys.act('Save');

    expect(await words()).toContain('It is open: every condition is met');
    await keys.act('Admit');
    expect(await words()).toMatch(/Stage 2 of \d/);

    if (scripts) await keys.enter('n');
    else await keys.act('Note a contact');
    expect(new URL(page.url()).pathname).toBe('/activities/new');
    if (!(await page.locator('[name="participantIds"]').inputValue())) await keys.reach('[name="participantIds"]').then(() => page.keyboard.press('ArrowDown'));
    await keys.type('minutes', '20');
    await keys.type('note', 'She would like to work with plants.');
    await keys.act('Save');

    await page.goto('/caseload');
    expect(await words()).toContain(name);
    expect(await app.rows("select a.minutes, e.stage from activity a join activity_participant ap on ap.activity_id = a.id join enrolment e on e.participant_id = ap.participant_id join participant p on p.id = e.participant_id where p.family_names = $1", [name]))
      .toEqual([{ minutes: 20, stage: 'admitted' }]);
    expect(window.console).toEqual([]);
    await window.close();
  }, 120_000);
});
