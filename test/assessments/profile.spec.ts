import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let awa: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
});

const day = (name: string, on: string): Record<string, string> => {
  const [year, month, date] = on.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const section = (key: string): Promise<{ words: string; own_words: boolean; since_on: string; own_since_on: string | null; version: number } | undefined> =>
  app.rows<{ words: string; own_words: boolean; since_on: string; own_since_on: string | null; version: number }>('select words, own_words, since_on::text, own_since_on::text, version from profile_section where participant_id = $1 and section = $2', [awa, key]).then((rows) => rows[0]);
const write = (key: string, words: string, more: Record<string, string> = {}, on = '2026-03-02'): ReturnType<Browser['post']> =>
  ana.post(`/participants/${awa}/vocational-profile`, { section: key, words, ...day('writtenOn', on), version: '0', ...more });

describe('the vocational profile', () => {
  it('begins empty, and says of each section that it is not written', async () => {
    const text = wordsOf((await ana.get(`/participants/${awa}/plan`).expect(200)).text);
    expect(text).toContain('0 of 10 sections written');
    for (const title of ['The work wanted', 'Interests', 'Abilities', 'Barriers', 'Family', 'Tasks to avoid']) expect(text).toContain(title);
    expect((await api.get(`/api/v1/participants/${awa}/vocational-profile`).expect(200)).body).toMatchObject({ written: 0, of: 10 });
  });

  it('is written section by section, in the words of the person, and back to the tab', async () => {
    const form = (await ana.get(`/participants/${awa}/vocational-profile?section=work-wanted`).expect(200)).text;
    expect(wordsOf(form)).toContain('The work wanted');
    const sent = await write('work-wanted', 'To work in a garden', { ownWords: 'on' }).expect(303).expect('location', `/participants/${awa}/plan`);
    const tab = wordsOf((await ana.follow(sent).expect(200)).text);
    expect(tab).toContain('The profile is saved');
    expect(tab).toContain('“To work in a garden”');
    expect(tab).toContain('1 of 10 sections written');
    expect(await section('work-wanted')).toMatchObject({ own_words: true, since_on: '2026-03-02', own_since_on: '2026-03-02', version: 1 });
  });

  it('keeps since when something stands there when it is written anew', async () => {
    await write('abilities', 'Knows plants', { ownWords: 'on' }, '2026-02-01').expect(303);
    await write('abilities', 'Knows plants and tools', { ownWords: 'on', version: '1' }).expect(303);
    expect(await section('abilities')).toMatchObject({ since_on: '2026-02-01', own_since_on: '2026-02-01', version: 2 });
    await write('abilities', 'Good with plants', { version: '2' }).expect(303);
    expect(await section('abilities')).toMatchObject({ own_words: false, since_on: '2026-02-01', own_since_on: null });
    // The same text on another day corrects the day.
    await write('training', 'A course', {}, '2026-01-05').expect(303);
    await write('training', 'A course', { version: '1' }, '2026-01-15').expect(303);
    expect(await section('training')).toMatchObject({ since_on: '2026-01-15' });
  });

  it('shows both texts to who saves over somebody else', async () => {
    await write('barriers', 'The bus').expect(303);
    const refused = await write('barriers', 'The train', { version: '0' }).expect(409);
    expect(wordsOf(refused.text)).toContain('The bus');
    expect(refused.text).toContain('The train');
    expect((await api.put(`/api/v1/participants/${awa}/vocational-profile`, { section: 'barriers', words: 'The train', writtenOn: '2026-03-02', version: 7 }).expect(409)).body)
      .toMatchObject({ code: 'edited-meanwhile', now: { words: 'The bus' }, sent: { words: 'The train' } });
  });

  it('writes nothing twice', async () => {
    const again = { _key: 'written-twice-1', ownWords: 'on' };
    await write('family', 'A sister', again).expect(303);
    await write('family', 'A sister', again).expect(303);
    const sent = await write('family', 'A sister', { ownWords: 'on', version: '1' }).expect(303);
    expect(wordsOf((await ana.follow(sent)).text)).toContain('Nothing has changed');
    expect((await section('family'))!.version).toBe(1);
    expect(await app.rows("select 1 from audit_event where action = 'profile-section.written' and participant_id = $1", [awa])).toHaveLength(1);
  });

  it('refuses an unknown section, no words, a day to come or before 2000, and keeps what was typed', async () => {
    const refused = await write('work-wanted', 'To bake', {}, '2026-03-03').expect(422);
    expect(refused.text).toContain('To bake');
    expect(wordsOf(refused.text)).toContain('still to come');
    await write('shoes', 'x').expect(422);
    await write('work-wanted', '').expect(422);
    await write('work-wanted', 'To bake', {}, '1999-12-31').expect(422);
    await ana.get(`/participants/${awa}/vocational-profile?section=shoes`).expect(422);
    expect((await api.put(`/api/v1/participants/${awa}/vocational-profile`, { section: 'work-wanted', words: 'To bake', writtenOn: '2026-03-02', ownWords: 'yes', version: 0 }).expect(422)).body).toMatchObject({ errors: [{ field: 'ownWords' }] });
    expect(await section('work-wanted')).toBeUndefined();
  });

  it('is nobody else’s to read or write', async () => {
    const hers = await aParticipant(app, world.ben);
    await ana.get(`/participants/${hers}/plan`).expect(404);
    await ana.post(`/participants/${hers}/vocational-profile`, { section: 'training', words: 'x', ...day('writtenOn', '2026-03-02'), version: '0' }).expect(404);
    const other = await app.world();
    await (await app.api(other.manager)).get(`/api/v1/participants/${awa}/vocational-profile`).expect(404);
  });
});
