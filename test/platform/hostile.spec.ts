import { ActivitiesService } from '../../src/modules/activities';
import { ParticipantsService } from '../../src/modules/participants';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

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

  describe('in a form about somebody new', () => {
    const given = { givenNames: 'Given', familyNames: 'Typed-before', bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none' };
    const again = async (wrong: Record<string, string | string[]>): Promise<string> => {
      const page = await ana.post('/participants', { ...given, place: 'Where-it-is', ...wrong }).expect(422);
      expect(page.text).toContain('value="Where-it-is"');
      return page.text;
    };
    const errors = (page: string): string => wordsOf(/govuk-error-summary__list[\s\S]*?<\/ul>/.exec(page)![0]);

    it('does not look for who is alike by what is no phone number', async () => {
      await again({ 'phones.0.number': ['06 12 34 56 78', '06 12 34 56 79'], 'phones.0.owner': 'self' });
      const { session, token } = ana;
      const sent = app.stranger().post('/participants').set('Cookie', `sid=${session}`).set('Origin', app.config.url).set('Sec-Fetch-Site', 'same-origin').set('X-CSRF-Token', token);
      expect((await sent.send({ ...given, 'phones.0.number': 12345, bornYear: { toString: null }, bornMonth: [[]] })).status).toBe(422);
    });

    it('does not look for who is alike by a name that nobody has', async () => {
      const alike = jest.spyOn(app.get(ParticipantsService), 'likelyDuplicates');
      expect(errors(await again({ familyNames: 'x'.repeat(90_000) }))).toContain('at most 100 characters');
      expect(alike).not.toHaveBeenCalled();
      await again({ givenNames: 'x'.repeat(90_000) });
      expect(alike.mock.calls[0]![1]).toEqual({ familyNames: 'Typed-before' });
      alike.mockRestore();
    });

    it('says at once what is wrong with a number of two signs and with the rest', async () => {
      const page = await again({ 'phones.0.number': '06', 'phones.0.owner': 'self', gender: '' });
      expect(page).toMatch(/name="phones.0.number"[^>]*value="06"/);
      expect(errors(page)).toContain('“Number”: write a phone number');
      expect(errors(page)).toContain('“Gender”: choose an answer');
      const contact = await ana.post(`/participants/${person}/contact`, { version: '1', place: 'Where-it-is', 'phones.0.number': '06', 'phones.0.owner': 'self' }).expect(422);
      expect(contact.text).toContain('value="Where-it-is"');
      const refused = await (await app.api(world.ana)).put(`/api/v1/participants/${person}/contact`, { version: 1, phones: [{ number: '06', owner: 'self' }] }).expect(422);
      expect(refused.body).toMatchObject({ errors: [{ field: 'phones.0.number', code: 'not-a-phone' }] });
    });

    it('says at once what is wrong with the birth date and with the rest', async () => {
      const page = await again({ gender: '', bornPrecision: 'day', bornDay: '31', bornMonth: '2', bornYear: '1990' });
      expect(errors(page)).toContain('this day does not exist');
      expect(errors(page)).toContain('“Gender”: choose an answer');
      expect(page).toMatch(/name="bornYear"[^>]*value="1990"/);
      const ahead = await again({ gender: '', bornPrecision: 'day', bornDay: '1', bornMonth: '2', bornYear: '2150' });
      expect(errors(ahead)).toContain('“Year”: that day is still to come');
      expect(errors(ahead)).toContain('“Gender”: choose an answer');
      expect(ahead).toMatch(/name="bornYear"[^>]*value="2150"/);
      const look = await ana.post('/participants/new', { _key: undefined, familyNames: '', bornDay: '31', bornMonth: '2', bornYear: '1990' }).expect(422);
      expect(errors(look.text)).toContain('this day does not exist');
      expect(errors(look.text)).toContain('Fill in “Family names”');
    });
  });

  it.each([{ purpose: 'everything' }, {}])('gets the form of a consent again, with what may be consented to: %j', async (purpose) => {
    const page = await ana.post(`/participants/${person}/consents`, { ...purpose, answer: 'yes', format: 'plain', giver: 'self', method: 'voice', evidence: 'In-the-drawer' }).expect(422);
    const said = wordsOf(page.text);
    expect(said).toContain('“Consent”: choose');
    expect(said).toContain('Fill in “On which day”');
    expect(said).toContain('May researchers use your answers');
    expect(page.text).toContain('value="In-the-drawer"');
    expect(page.text).toMatch(/type="radio" value="research"/);
    await ana.post('/participants/0192f0c1-0000-7000-8000-000000000000/consents', { ...purpose, answer: 'yes' }).expect(404);
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
