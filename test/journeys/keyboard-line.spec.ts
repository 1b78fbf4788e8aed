import { setTimeout as wait } from 'node:timers/promises';
import type { Browser as Chromium } from 'playwright-core';
import { CommitsService } from '../../src/modules/imports';
import { startApp, type TestApp, type TestUser } from '../support/app';
import { describeInChromium, launch, Window } from '../support/chromium';
import { aReferredPerson } from '../support/factories/enrolments';
import { anEmployer, aJob } from '../support/factories/placements';
import type { World } from '../support/factories/world';
import { aPdf } from '../support/files';
import { Keyboard } from '../support/keyboard';

const REGISTER = ['Name;First name;Remarks;Born on;Sex', 'Diallo;Mariam;F;03/02/1990;F', 'Keïta;Awa;F;31/12/1985;F', ';;;;', 'Nobody;;M;99/99/1990;M'].join('\n');

describeInChromium('the line from a register to a figure, without a mouse', () => {
  let app: TestApp;
  let chromium: Chromium;
  let world: World;
  let window: Window;
  let keys: Keyboard;
  beforeAll(async () => {
    app = await startApp();
    chromium = await launch();
  }, 60_000);
  afterAll(async () => {
    await chromium.close();
    await app.close();
  });
  beforeEach(async () => { world = await app.world(); });
  afterEach(async () => {
    expect(window.console).toEqual([]);
    await window.close();
  });

  const sitsDown = async (user: TestUser): Promise<void> => {
    window = await Window.open(chromium, app, { user });
    keys = new Keyboard(window.page);
  };
  const words = async (): Promise<string> => (await window.page.locator('main').innerText()).replace(/\s+/g, ' ');
  const at = (): string => new URL(window.page.url()).pathname;
  const day = async (name: string, on: string): Promise<void> => {
    const [year, month, date] = on.split('-').map(Number);
    for (const [part, value] of [['day', date], ['month', month], ['year', year]] as const) await keys.type(`${name}-${part}`, String(value));
  };
  const file = async (name: string, buffer: Buffer): Promise<void> => {
    // The browser hands its dialog over only from some moment after it was asked to: it is asked before the field is reached, and the key is pressed again where that was too soon.
    const asked = window.page.waitForEvent('filechooser', { timeout: 60_000 });
    asked.catch(() => undefined);
    let isOpen = false;
    void asked.then(() => { isOpen = true; }, () => undefined);
    for (let pressed = 0; !isOpen && pressed < 6; pressed += 1) {
      await keys.reach('[name="file"]');
      await window.page.keyboard.press('Enter');
      await Promise.race([asked, wait(5_000)]);
    }
    const chooser = await asked;
    await chooser.setFiles({ name, mimeType: 'application/octet-stream', buffer });
  };

  it('a manager sends a register, says what a column holds, sees what becomes of each row, and takes the people over', async () => {
    await sitsDown(world.manager);
    const { page } = window;
    await page.goto('/imports');
    await file('register.csv', Buffer.from(REGISTER));
    await keys.act('Read the file');
    expect(at()).toMatch(/^\/imports\/[^/]+\/columns$/);

    await keys.choose('columns.0.target', 'family-names');
    await keys.choose('columns.3.target', 'birth');
    await keys.act('Go on');
    expect(at()).toMatch(/\/reading$/);
    await keys.choose('coachId', world.ana.id);
    await keys.choose('operationId', world.operation);
    await keys.choose('order', 'day-first');
    for (let word = 0; await page.locator(`[name="words.${word}.value"]`).count(); word += 1) {
      const chosen = await page.locator(`[name="words.${word}.word"]`).inputValue() === 'm' ? 'male' : 'female';
      await keys.choose(`words.${word}.value`, chosen);
    }
    await keys.act('See the preview');
    expect(await words()).toContain('Nothing is written yet.');
    expect(await app.rows('select from participant where service_id = $1', [world.service])).toEqual([]);

    const id = at().split('/')[2]!;
    await keys.reach('form[action$="/commit"] button');
    await keys.enter();
    await app.get(CommitsService).ended(id);
    await page.goto(`/imports/${id}`);
    expect(await words()).toContain('Import done');
    expect(await app.rows('select family_names, given_names, born_on::text, gender from participant where service_id = $1 and born_on is not null order by 1', [world.service])).toEqual([
      { family_names: 'Diallo', given_names: 'Mariam', born_on: '1990-02-03', gender: 'female' }, { family_names: 'Keïta', given_names: 'Awa', born_on: '1985-12-31', gender: 'female' },
    ]);
  }, 120_000);

  it('a coach notes a job that was found, its first day with the contract, and the follow-ups are there', async () => {
    const { person } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' });
    const employer = await anEmployer(app, world.ana, { name: 'Boulangerie Pépin' });
    await sitsDown(world.ana);
    const { page } = window;
    await page.goto(`/participants/${person}/job`);
    await keys.act('Note a job');
    await keys.reach('main [name="q"]');
    await page.keyboard.type('pepin');
    await keys.enter();
    await keys.act('Boulangerie Pépin');
    await keys.type('title', 'Baker');
    await keys.choose('setting', 'ordinary');
    await keys.choose('contract', 'permanent');
    await keys.type('weeklyMinutes', '30');
    await keys.choose('foundBy', 'coach');
    await keys.act('Save');
    await keys.act('Note the first day worked');
    await day('firstDayOn', '2026-02-02');
    await keys.choose('evidence', 'contract');
    await file('contract.pdf', aPdf());
    await keys.act('Save');

    expect(await words()).toMatch(/Running since 2 February 2026.*document seen Open the file/);
    expect(await app.rows('select employer_id, first_day_on::text from placement where participant_id = $1', [person])).toEqual([{ employer_id: employer, first_day_on: '2026-02-02' }]);
    await page.goto(`/participants/${person}/job`);
    expect(await words()).toMatch(/Month 1 2 Mar 2026 To be asked Month 3 2 May 2026/);
  }, 120_000);

  it('a person decides with the coach what may be known at work, and takes one thing back', async () => {
    const { person } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' });
    await sitsDown(world.ana);
    await window.page.goto(`/participants/${person}/disclosure`);
    await keys.act('Note a decision');
    await keys.choose('answer', 'some');
    for (const audience of ['tutor', 'hr']) await keys.reach(`[name="support"][value="${audience}"]`).then(() => window.page.keyboard.press('Space'));
    await keys.choose('format', 'easy-read');
    await keys.choose('giver', 'self');
    await keys.act('Save the decision');
    expect(at()).toBe(`/participants/${person}/disclosure`);
    for (const audience of ['My tutor', 'Human resources']) expect(await words()).toContain(audience);

    await keys.act('Human resources');
    expect(await app.rows('select audience, revoked_on::text from disclosure_item where participant_id = $1 order by 1', [person])).toEqual([{ audience: 'hr', revoked_on: '2026-03-02' }, { audience: 'tutor', revoked_on: null }]);
  }, 120_000);

  it('a manager narrows a report, and follows a figure to its cases and to the person', async () => {
    for (const [familyNames, pathway] of [['Koné', 'employment-advice'], ['Traoré', 'employment-advice']] as const) {
      const { person, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames, pathway });
      await app.rows("update enrolment set admitted_on = '2025-01-01' where id = $1", [enrolment]);
      await aJob(app, world.ana, person, '2025-02-02');
    }
    await sitsDown(world.manager);
    const { page } = window;
    await page.goto('/reports');
    await keys.act('Staying in work');
    expect(at()).toBe('/reports/retention');
    await keys.choose('measure', 'any-employment');
    await keys.choose('by', 'gender');
    await keys.act('Filter');
    expect(new URL(page.url()).searchParams.get('measure')).toBe('any-employment');
    await keys.reach('td a', '2');
    await keys.enter();
    expect(at()).toBe('/reports/retention/cases');
    expect(await words()).toMatch(/Koné.*Traoré/);
    await keys.act('Traoré');
    expect(await words()).toContain('Traoré');
    expect(at()).toMatch(/^\/participants\//);
  }, 120_000);
});
