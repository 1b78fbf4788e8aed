import { ParticipantsService } from '../../src/modules/participants';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { hiddenOf, wordsOf } from '../support/html';

let app: TestApp;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());

const maelle = {
  givenNames: 'Maëlle', familyNames: 'Trégor', bornPrecision: 'day', bornDay: '12', bornMonth: '4', bornYear: '1999', gender: 'female', documentKind: 'national-id', place: 'Tours',
  'phones.0.number': '06 12 34 56 78', 'phones.0.owner': 'family', 'phones.0.safeHours': 'after 18 h', languages: ['fr', 'lsf'], formats: 'easy-read', channel: 'sms',
};
const json = { givenNames: 'Maëlle', familyNames: 'Trégor', bornPrecision: 'day', bornDay: 12, bornMonth: 4, bornYear: 1999, gender: 'female', documentKind: 'none', phones: [{ number: '0612345678', owner: 'self' }] };

describe('registering a person', () => {
  let world: World;
  let ana: Browser;
  beforeEach(async () => {
    world = await app.world();
    ana = await app.as(world.ana);
  });

  it('begins with looking: nobody alike, the form comes filled in, and the name stands in no address', async () => {
    expect(wordsOf((await ana.get('/participants/new').expect(200)).text)).toContain('look first');
    const found = await ana.post('/participants/new', { _key: undefined, givenNames: 'Maëlle', familyNames: 'Trégor', 'bornYear': '1999', phone: '06 12 34 56 78' }).expect(200);
    expect(wordsOf(found.text)).toContain('Nobody in the service looks alike');
    expect(found.text).toMatch(/name="familyNames"[^>]*value="Trégor"/);
    expect(found.text).toMatch(/name="phones.0.number"[^>]*value="06 12 34 56 78"/);
    expect(found.text).toMatch(/value="year" checked/);
    const form = (await ana.post('/participants/new', { _key: undefined, familyNames: 'Trégor' }).expect(200)).text;
    expect(form).toMatch(/value="unknown" checked/);
    expect(wordsOf(form)).toMatch(/What you know of the birth date To be said in every case\. the exact day .* nothing: nobody knows it Birth date As much as was ticked above/);
    const unsaid = await ana.post('/participants', { ...maelle, bornPrecision: '', bornDay: '', bornMonth: '', bornYear: '' }).expect(422);
    expect(wordsOf(unsaid.text)).toContain('“What you know of the birth date”: choose an answer');
  });

  it('makes the person, with the coach as lead, and shows them on every tab', async () => {
    const made = await ana.post('/participants', maelle).expect(303);
    const id = /^\/participants\/([\w-]{36})\/pathway$/.exec(made.headers.location as string)![1]!;
    for (const tab of ['pathway', 'profile', 'information', 'opened']) {
      const shown = wordsOf((await ana.get(`/participants/${id}/${tab}`).expect(200)).text);
      expect(shown).toContain('Maëlle Trégor');
    }
    const profile = wordsOf((await ana.get(`/participants/${id}/profile`)).text);
    expect(profile).toContain('12 April 1999');
    expect(profile).toContain('06 12 34 56 78 the family’s · after 18 h');
    expect(profile).toContain(world.ana.name);
    expect(await app.rows('select coach_id, kind, from_on::text, until_on from assignment where participant_id = $1', [id])).toEqual([{ coach_id: world.ana.id, kind: 'lead', from_on: '2026-03-02', until_on: null }]);
    expect(await app.rows('select search from participant where id = $1', [id])).toEqual([{ search: 'maelle tregor' }]);
  });

  it('sent twice with one key makes one person', async () => {
    const [one, two] = [await ana.post('/participants', { ...maelle, _key: 'twice-the-same' }).expect(303), await ana.post('/participants', { ...maelle, _key: 'twice-the-same' }).expect(303)];
    expect(one.headers.location).toBe(two.headers.location);
    expect(await app.rows('select id from participant where service_id = $1', [world.service])).toHaveLength(1);
  });

  it('shows again what was typed, with every error', async () => {
    const again = await ana.post('/participants', { ...maelle, familyNames: '', gender: '', bornMonth: '13', 'phones.1.number': '12' }).expect(422);
    const said = wordsOf(again.text);
    expect(said).toContain('Family names');
    expect(said).toContain('Gender');
    expect(said).toContain('Whose it is');
    expect(again.text).toMatch(/name="givenNames"[^>]*value="Maëlle"/);
    expect(again.text).toMatch(/value="lsf" checked/);
    expect(await app.rows('select id from participant where service_id = $1', [world.service])).toEqual([]);
    expect(await app.rows('select id from assignment where service_id = $1', [world.service])).toEqual([]);
  });

  it('shows who looks alike, from the whole service, with no more than name, year and coach; and registers once told that it is another', async () => {
    await (await app.as(world.ben)).post('/participants', maelle).expect(303);
    const alike = await ana.post('/participants', { ...maelle, givenNames: 'Maelle', familyNames: 'Tregor' }).expect(409);
    const said = wordsOf(alike.text);
    expect(said).toContain('One person looks alike');
    expect(said).toContain(`Maëlle Trégor born in 1999 · accompanied by ${world.ben.name} · same name, same birth date, same phone`);
    expect(alike.text).not.toMatch(/href="\/participants\/[\w-]{36}"/);
    expect(alike.text).toMatch(/name="familyNames"[^>]*value="Tregor"/);
    await ana.post('/participants', { ...maelle, confirmedNew: 'on' }).expect(303);
  });

  it('offers a manager the coaches of the service, and asks for one of them', async () => {
    const manager = await app.as(world.manager);
    const form = await manager.post('/participants/new', { _key: undefined, familyNames: 'Trégor' }).expect(200);
    expect(form.text).toContain(world.ben.id);
    expect(wordsOf((await manager.post('/participants', maelle).expect(422)).text)).toContain('Coach');
    const everything = wordsOf((await manager.post('/participants', { ...maelle, gender: '', bornYear: '2027' }).expect(422)).text);
    for (const said of ['“Gender”: choose', '“Year”: that day is still to come', '“Coach”: choose']) expect(everything).toContain(said);
    const elsewhere = await app.world();
    await manager.post('/participants', { ...maelle, coachId: elsewhere.ana.id }).expect(422);
    const made = await manager.post('/participants', { ...maelle, coachId: world.ben.id }).expect(303);
    await (await app.as(world.ben)).get(made.headers.location as string).expect(200);
    await ana.get(made.headers.location as string).expect(404);
  });

  it('is no affair of an officer, an editor or an administrator', async () => {
    for (const user of [world.officer, world.editor, world.administrator]) {
      await (await app.as(user)).get('/participants/new').expect(403);
      await (await app.as(user)).post('/participants', maelle).expect(403);
    }
  });
});

describe('through the API', () => {
  it('looks, refuses a likely duplicate with the list, registers, reads, edits', async () => {
    const world = await app.world();
    const api = await app.api(world.ana);
    expect((await api.post('/api/v1/participants/duplicates', { familyNames: 'Trégor' }).expect(200)).body).toEqual({ items: [] });
    const made = await api.post('/api/v1/participants', json).expect(201);
    const { id } = made.body as { id: string };
    expect(made.headers.location).toBe(`/api/v1/participants/${id}`);
    const refused = await api.post('/api/v1/participants', json).expect(409);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'likely-duplicates', people: [{ id, name: 'Maëlle Trégor', bornYear: 1999, coachName: world.ana.name, because: ['name', 'birth', 'phone'] }] });
    const read = await api.get(`/api/v1/participants/${id}`).expect(200);
    expect(read.body).toMatchObject({ givenNames: 'Maëlle', bornOn: '1999-04-12', age: 26, phones: [{ number: '0612345678', owner: 'self', safeHours: null }], version: 1 });
    const { confirmedNew: _, phones: __, ...identity } = { confirmedNew: 0, ...json };
    expect((await api.put(`/api/v1/participants/${id}/identity`, { ...identity, knownAs: 'Maë', version: 1 }).expect(200)).body).toMatchObject({ knownAs: 'Maë', version: 2 });
    const stale = await api.put(`/api/v1/participants/${id}/identity`, { ...identity, knownAs: 'May', version: 1 }).expect(409);
    expect(stale.body).toMatchObject({ code: 'edited-meanwhile', now: { knownAs: 'Maë' }, sent: { knownAs: 'May' }, version: 2 });
  });

  it('lets a token that only reads look for people and for duplicates, and nothing else by POST', async () => {
    const world = await app.world();
    const reader = await app.api(world.ana, ['read']);
    const { id } = (await (await app.api(world.ana)).post('/api/v1/participants', json).expect(201)).body as { id: string };
    expect((await reader.post('/api/v1/participants/search', { q: 'tregor' }).expect(200)).body).toMatchObject({ items: [{ id }] });
    expect((await reader.post('/api/v1/participants/duplicates', { givenNames: 'Maëlle', familyNames: 'Trégor' }).expect(200)).body).toMatchObject({ items: [{ name: 'Maëlle Trégor' }] });
    await reader.post('/api/v1/participants', { ...json, confirmedNew: true }).expect(403);
  });

  it('refuses wrong values by name', async () => {
    const world = await app.world();
    const api = await app.api(world.ana);
    const faults = async (change: object): Promise<unknown> => ((await api.post('/api/v1/participants', { ...json, ...change }).expect(422)).body as { errors: { field: string; code: string }[] }).errors.map(({ field, code }) => [field, code]);
    expect(await faults({ givenNames: ' ' })).toEqual([['givenNames', 'required']]);
    expect(await faults({ bornYear: '1999' })).toEqual([['bornYear', 'not-a-number']]);
    expect(await faults({ bornDay: 31, bornMonth: 2 })).toEqual([['bornDay', 'not-a-day']]);
    expect(await faults({ bornYear: 2027 })).toEqual([['bornYear', 'in-the-future']]);
    await api.post('/api/v1/participants', { ...json, givenNames: 'A\u0000' }).expect(422);
    expect(await faults({ role: 'manager' })).toEqual([['role', 'unknown-field']]);
    expect(await faults({ serviceId: world.service })).toEqual([['serviceId', 'unknown-field']]);
    expect(await faults({ phones: [{ number: 'abc', owner: 'cat' }] })).toEqual([['phones.0.number', 'not-a-phone'], ['phones.0.owner', 'not-in-list']]);
    expect(await faults({ emergencyPhone: 'at the neighbour’s' })).toEqual([['emergencyPhone', 'not-a-phone']]);
  });
});

describe('finding', () => {
  let world: World;
  let api: Caller;
  const names = [['Awa', 'Koné'], ['Jean-Pierre', 'Núñez'], ['Mariam', 'Coulibaly'], ['Moussa', 'Coulibaly'], ['Œuvray', 'Strauß']] as const;
  beforeAll(async () => {
    world = await app.world();
    api = await app.api(world.ana);
    for (const [givenNames, familyNames] of names) await aParticipant(app, world.ana, { givenNames, familyNames });
    await aParticipant(app, world.ben, { givenNames: 'Awa', familyNames: 'Diarra' });
  });
  const found = async (q: string): Promise<string[]> => ((await api.post('/api/v1/participants/search', { q }).expect(200)).body as { items: { name: string }[] }).items.map(({ name }) => name);

  it.each(names)('%s %s: in any order, with or without accents, by a part, with a slip', async (given, family) => {
    const whole = `${given} ${family}`;
    const bare = whole.normalize('NFD').replace(/\p{M}/gu, '').replace('ß', 'ss').replace('Œ', 'OE');
    for (const q of [whole, bare, bare.toUpperCase(), `${family} ${given}`, `${bare.split(' ')[1]} ${bare.split(' ')[0]}`, given, family.slice(0, -1)]) expect(await found(q)).toContain(whole);
  });

  it('takes signs of patterns as text', async () => {
    for (const q of ['%', '_', '%%%', '\\', "' or 1=1 --"]) expect(await found(q)).toEqual([]);
    expect(await found('(a+)+$')).toEqual(await found('a'));
  });

  it('finds a coach her own people only, a manager the whole service, and nobody another service', async () => {
    expect(await found('Awa')).toEqual(['Awa Koné']);
    const manager = await app.api(world.manager);
    expect(((await manager.post('/api/v1/participants/search', { q: 'awa' })).body as { items: unknown[] }).items).toHaveLength(2);
    const stranger = await app.api((await app.world()).manager);
    expect(((await stranger.post('/api/v1/participants/search', { q: 'awa' })).body as { items: unknown[] }).items).toEqual([]);
  });

  it('does not take a common family name for a likeness', async () => {
    const alike = async (body: object): Promise<string[]> => ((await api.post('/api/v1/participants/duplicates', body).expect(200)).body as { items: { name: string }[] }).items.map(({ name }) => name);
    expect(await alike({ givenNames: 'Aminata', familyNames: 'Coulibaly' })).toEqual([]);
    expect(await alike({ givenNames: 'Mariame', familyNames: 'Coulibali' })).toEqual(['Mariam Coulibaly']);
    expect(await alike({ givenNames: 'Nunez', familyNames: 'Jean Pierre' })).toEqual(['Jean-Pierre Núñez']);
    expect((await alike({ familyNames: 'Diarra', givenNames: 'Awa' }))).toEqual(['Awa Diarra']);
  });

  it('leaves a trace of the search, without the words', async () => {
    await found('Strauß');
    expect(await app.rows("select changes from audit_event where action = 'participant.searched' and actor_id = $1 limit 1", [world.ana.id])).toEqual([{ changes: null }]);
    expect(app.log.lines.join('')).not.toMatch(/Strau/i);
  });
});

describe('somebody else\'s people', () => {
  it('are as little there as nobody: the same answer to the byte', async () => {
    const world = await app.world();
    const other = await app.world();
    const bens = await aParticipant(app, world.ben);
    const foreign = await aParticipant(app, other.ana);
    const missing = '0192f0c1-0000-7000-8000-000000000000';
    const ana = await app.as(world.ana);
    const api = await app.api(world.ana);
    for (const path of ['profile', 'information', 'pathway', 'opened', 'identity', 'contact', 'entry', 'functional', 'washington-group', 'family', 'recognitions/new', 'measures/new', 'informed', 'enrolments/new', 'consents/new?purpose=family']) {
      const answers = [];
      for (const id of [missing, bens, foreign, 'not-an-id']) answers.push(bare((await ana.get(`/participants/${id}/${path}`).expect(404)).text, id));
      expect(new Set(answers).size).toBe(1);
    }
    for (const path of ['', '/profile', '/entry', '/information', '/assignments', '/enrolments', '/history']) {
      const answers = [];
      for (const id of [missing, bens, foreign, 'not-an-id']) answers.push(bare((await api.get(`/api/v1/participants/${id}${path}`).expect(404)).text, id));
      expect(new Set(answers).size).toBe(1);
    }
    await ana.post(`/participants/${bens}/informed`, { 'givenOn-day': '1', 'givenOn-month': '3', 'givenOn-year': '2026', format: 'plain', willing: 'yes' }).expect(404);
    expect(await app.rows('select id from information_given where participant_id = $1', [bens])).toEqual([]);
  });
});

describe('two tabs on one record', () => {
  it('the second is told, with both values, and may send again', async () => {
    const world = await app.world();
    const id = await aParticipant(app, world.ana, { givenNames: 'Lin', familyNames: 'Mei' });
    const ana = await app.as(world.ana);
    const { version } = hiddenOf((await ana.get(`/participants/${id}/identity`)).text, `/participants/${id}/identity`);
    const identity = { familyNames: 'Mei', bornPrecision: 'unknown', gender: 'undisclosed', documentKind: 'none', version };
    await ana.post(`/participants/${id}/identity`, { ...identity, givenNames: 'Lina' }).expect(303);
    const told = await ana.post(`/participants/${id}/identity`, { ...identity, givenNames: 'Linn' }).expect(409);
    expect(wordsOf(told.text)).toMatch(/Given names Lina Linn/);
    const again = hiddenOf(told.text, `/participants/${id}/identity`);
    await ana.post(`/participants/${id}/identity`, { ...identity, givenNames: 'Linn', version: again.version }).expect(303);
    expect(await app.rows('select given_names, search, version from participant where id = $1', [id])).toEqual([{ given_names: 'Linn', search: 'linn mei', version: 3 }]);
  });
});

describe('nobody without a lead', () => {
  it('in the database: a person without an assignment in the same transaction does not commit', async () => {
    const world = await app.world();
    const service = app.get(ParticipantsService);
    await expect(app.acting(world.ana, async (actor) => {
      await service.register(actor, { givenNames: 'A', familyNames: 'B', bornPrecision: 'unknown', gender: 'x', documentKind: 'none', confirmedNew: true });
      throw new Error('half way');
    })).rejects.toThrow('half way');
    expect(await app.rows('select id from participant where service_id = $1', [world.service])).toEqual([]);
    expect(await app.rows('select id from assignment where service_id = $1', [world.service])).toEqual([]);
  });

  it('an assignment of a person who never comes does not commit either', async () => {
    const world = await app.world();
    await expect(app.acting(world.ana, (actor) => app.database.sql(
      "insert into assignment (id, service_id, participant_id, coach_id, kind, from_on, version) values (gen_random_uuid(), $1, gen_random_uuid(), $2, 'lead', $3, 1)",
      [actor.service, actor.id, app.clock.today('Europe/Paris')]))).rejects.toMatchObject({ code: '23503' });
  });
});

/** Without what differs in every answer: ids of requests, tokens, and the address itself. */
function bare(text: string, id: string): string {
  return text.replaceAll(id, 'ID').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID').replace(/value="[\w-]{43}"/g, 'TOKEN');
}
