import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let awa: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' })).person;
});

const CALL = { kind: 'phone', outcome: 'done', minutes: '15' };

describe('a form that is shown again', () => {
  it.each(['xx', '%00', '01a203c2-cb5a-70dc-a063-98e2e0a2d930%00'])('loses nothing where its address holds what makes no sense: %s', async (wrong) => {
    const sent = await ana.post(`/activities/new?participant=${wrong}&from=person`, { ...CALL, participantIds: awa, note: 'Typed for a quarter of an hour' }).expect(422);
    expect(sent.text).toContain('Typed for a quarter of an hour');
    expect(wordsOf(sent.text)).toMatch(/A filter in the address has an unknown value|Nothing was saved/);
    expect(await app.rows('select from activity_participant where participant_id = $1', [awa])).toEqual([]);
    const both = await ana.post(`/activities/new?participant=${wrong}`, { ...CALL, participantIds: awa, kind: '', note: 'Typed' }).expect(422);
    expect(both.text).toContain('Typed');
    expect(app.log.lines.join('')).not.toMatch(/22P02|22021/);
  });
});
