import { connected } from '../../src/platform/database/roles';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';

/** What cannot be written down is neither shown nor done. */
describe('when the log cannot be written', () => {
  let app: TestApp;
  let world: World;
  let ana: Browser;
  let id: string;
  const owner = (statement: string): Promise<unknown> => connected(app.postgres.ownerUrl, (client) => client.query(statement));

  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    id = await aParticipant(app, world.ana, { familyNames: 'Canary-5d1e' });
    ana = await app.as(world.ana);
    await ana.get('/today').expect(200);
    await owner('revoke insert on audit_event from jalon_app');
  });
  afterAll(async () => {
    app.log.takeFaults();
    await app.close();
  });

  it.each(['', '/profile', '/information', '/pathway', '/identity'])('a sensitive page is not shown: /participants/…%s', async (tab) => {
    const answer = await ana.get(`/participants/${id}${tab}`);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.text).not.toContain('Canary-5d1e');
  });

  it('the API says so as a problem', async () => {
    await owner('grant insert on audit_event to jalon_app');
    const caller = await app.api(world.ana);
    await owner('revoke insert on audit_event from jalon_app');
    const answer = await caller.get(`/api/v1/participants/${id}`);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'audit-unavailable' });
    expect(answer.text).not.toContain('Canary');
  });

  it('a change is not made, and leaves nothing half done', async () => {
    const before = await app.rows('select count(*)::int as n, (select count(*)::int from assignment) as m from participant');
    const answer = await ana.post('/participants', { givenNames: 'A', familyNames: 'B', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', confirmedNew: 'on' });
    expect(answer.status).toBe(500);
    expect(await app.rows('select count(*)::int as n, (select count(*)::int from assignment) as m from participant')).toEqual(before);
  });

  it('what is refused stays refused', async () => {
    await ana.get('/users').expect(403);
    await ana.get('/participants/0192a6b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b').expect(404);
  });
});

describe('the log of the process', () => {
  it('holds no name, no health, no address of a person, no password, no body, through a day of work', async () => {
    const app = await startApp();
    const world = await app.world({ name: 'Canary-world' });
    const ana = await app.as(world.ana);
    const id = await aParticipant(app, world.ana, { givenNames: 'Canary-given', familyNames: 'Canary-family' });
    await ana.post(`/participants/${id}/contact`, { version: '1', place: 'Canary-place', 'phones.0.number': '0612345678', 'phones.0.owner': 'self', emergencyName: 'Canary-emergency' });
    await ana.post('/activities/new', { participantIds: id, kind: 'phone', minutes: '10', outcome: 'done', note: 'Canary-note' }).expect(303);
    await ana.post(`/participants/${id}/functional`, { version: '0', supportNeeds: 'Canary-needs' });
    await ana.post('/search', { q: 'Canary-search' });
    await ana.get('/caseload?name=Canary-query');
    await app.stranger().post('/sign-in').type('form').send({ email: 'canary@example.org', password: 'Canary-password' });
    await ana.post('/participants', { givenNames: 'x'.repeat(200), familyNames: 'Canary-invalid' });
    const text = app.log.lines.join('');
    expect(app.log.lines.length).toBeGreaterThan(7);
    expect(text).not.toMatch(/canary|0612345678/i);
    expect(text).not.toContain(ana.session);
    await app.close();
  });
});
