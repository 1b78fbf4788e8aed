import { Browser, startApp, type TestApp } from '../support/app';
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

  it.each([
    ['/activities/find', { q: 'Awa Koné' }, /id="q" name="q"[^>]*value="Awa Koné"/],
    ['/caseload/views', { name: 'Those of May', query: 'late=on' }, /name="name"[^>]*value="Those of May"/],
  ] as const)('holds what was typed where it was sent after the session: %s', async (address, typed, field) => {
    const outside = await new Browser(app, 'x'.repeat(43), ana.token).post(address, typed).expect(401);
    expect(outside.text).toMatch(/name="kept" value="[^"]+"/);
    const back = await ana.post(address, { ...typed, _again: 'on' }).expect(200);
    expect(back.text).toMatch(field);
    expect(back.text).not.toContain('govuk-error-summary');
    expect(await app.rows('select from saved_view')).toEqual([]);
  });

  it('keeps the name of a view that is none, and the list it is of', async () => {
    const refused = await ana.post('/caseload/views', { name: '', query: 'late=on' }).expect(422);
    expect(wordsOf(refused.text)).toContain('Fill in “Name of the view”');
    expect(refused.text).toContain('name="query" value="late&#x3D;on"');
    expect(refused.text).toContain('href="/caseload?late&#x3D;on"');
  });
});
