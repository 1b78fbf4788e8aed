import { ActivitiesService } from '../../src/modules/activities';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';

describe('hostile input', () => {
  let app: TestApp;
  let world: World;
  let ana: Browser;
  let person: string;
  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    ana = await app.as(world.ana);
    person = await aParticipant(app, world.ana);
  });
  afterAll(() => app.close());

  it.each(['{"constructor":1}', '{"__proto__":null}', '{"__proto__":{"email":"a@b.example","password":"x"}}'])('is refused before anybody has signed in, too: %s', async (body) => {
    const form = await app.stranger().get('/sign-in').expect(200);
    const token = /name="_token" value="([^"]+)"/.exec(form.text)![1]!;
    const cookies = ([] as string[]).concat(form.get('Set-Cookie') ?? []).map((one) => one.split(';')[0]!).join('; ');
    const answer = await app.stranger().post('/sign-in').set('Cookie', cookies).set('Origin', app.config.url).set('X-CSRF-Token', token).type('json').send(body);
    expect(answer.status).toBe(422);
  });

  it('does not look for who is alike by a day that there never was', async () => {
    const born = { bornPrecision: 'day', bornDay: '31', bornMonth: '2', bornYear: '1990' };
    const again = await ana.post('/participants', { givenNames: 'Given', familyNames: 'Typed-before', gender: 'undisclosed', documentKind: 'none', ...born }).expect(422);
    expect(again.text).toContain('value="Typed-before"');
  });

  it('says nothing of an id that is none, whatever the body', async () => {
    await ana.post(`/participants/${person}/consents/undefined/withdraw`, { nonsense: 'x' }).expect(404);
  });

  it.each(['\u00AD', '\u200D\u200D', '\u3164'])('is no name when nobody can see it', async (givenNames) => {
    const api = await app.api(world.ana);
    const refused = await api.post('/api/v1/participants', { givenNames, familyNames: 'Seen', bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none', confirmedNew: true }).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'givenNames' }] });
  });

  it('shows an administrator of the log neither the reasons nor the changes written about a person', async () => {
    const id = await app.acting(world.ana, (actor) => app.get(ActivitiesService).log(actor, { participantIds: [person], kind: 'phone', minutes: 5, outcome: 'done' }));
    await (await app.api(world.ana)).post(`/api/v1/activities/${id}/withdraw`, { reason: 'CANARY-REASON', version: 1 }).expect(({ status }) => expect(status).toBeLessThan(300));
    const log = await (await app.api(world.administrator)).get('/api/v1/audit-events').expect(200);
    expect(JSON.stringify(log.body)).toContain('activity.withdrawn');
    expect(JSON.stringify(log.body)).not.toContain('CANARY-REASON');
    const { items } = log.body as { items: { id: string; participantId: string | null; changes: unknown; reason: unknown }[] };
    const about = items.filter(({ participantId }) => participantId !== null);
    expect(about.map(({ changes, reason }) => [changes, reason])).toEqual(about.map(() => [null, null]));
    expect(await app.rows("select from audit_event where changes::text <> '{}' and id = any ($1)", [about.map((one) => one.id)])).not.toEqual([]);
    expect((await (await app.as(world.administrator)).get('/audit/export').expect(200)).text).not.toContain('CANARY-REASON');
  });

  it('never loses a phone number to a second tab without showing it', async () => {
    const phones = (number: string): Record<string, string> => ({ 'phones.0.number': number, 'phones.0.owner': 'self' });
    await ana.post(`/participants/${person}/contact`, { version: '1', ...phones('06 11 00 00 00') }).expect(303);
    const late = await ana.post(`/participants/${person}/contact`, { version: '1', ...phones('06 22 00 00 00') }).expect(409);
    expect(late.text).toContain('06 11 00 00 00');
    expect(late.text).toContain('06 22 00 00 00');
  });
});
