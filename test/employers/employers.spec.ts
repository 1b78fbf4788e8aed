import { EmployersService } from '../../src/modules/employers';
import { PlacementsService } from '../../src/modules/placements';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let manager: Caller;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  manager = await app.api(world.manager);
});

interface Whole { id: string; version: number; mergedInto: string | null; sites: { id: string }[]; contacts: { id: string }[]; dealings: { id: string; version: number; withdrawn: object | null }[] }
const day = (name: string, value: string): Record<string, string> => {
  const [year, month, date] = value.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const added = async (name: string, more: object = {}): Promise<string> => ((await api.post('/api/v1/employers', { name, confirmedNew: true, ...more }).expect(201)).body as Whole).id;
const whole = async (id: string): Promise<Whole> => (await api.get(`/api/v1/employers/${id}`).expect(200)).body as Whole;
const found = async (q: string): Promise<string[]> => ((await api.get(`/api/v1/employers?q=${encodeURIComponent(q)}`).expect(200)).body as { items: { name: string }[] }).items.map(({ name }) => name);
async function works(person: string, employerId: string, firstDayOn: string, lastDayOn?: string): Promise<void> {
  await app.acting(world.ana, async (actor) => {
    const placements = app.get(PlacementsService);
    const id = await placements.plan(actor, person, { employerId, title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' });
    await placements.start(actor, person, id, { firstDayOn, evidence: 'worker-word', version: 1 });
    if (lastDayOn) await placements.end(actor, person, id, { lastDayOn, by: 'employer', reason: 'economic', version: 2 });
  });
}

describe('employers', () => {
  it('are found by name, place or sector, without accents and in any order, and taken away as a table', async () => {
    await added('Boulangerie Pépin', { place: 'Saint-Étienne', sector: 'Boulangerie' });
    await added('=Jardins du Loir', { place: 'Vendôme' });
    expect(await found('pepin boulang')).toEqual(['Boulangerie Pépin']);
    expect(await found('etienne')).toEqual(['Boulangerie Pépin']);
    expect(await found('vendome')).toEqual(['=Jardins du Loir']);
    expect(await found('epin')).toEqual([]);
    expect(await found('%_')).toEqual([]);
    const page = wordsOf((await ana.get('/employers?sort=name&order=desc').expect(200)).text);
    expect(page.indexOf('Boulangerie Pépin')).toBeGreaterThan(0);
    expect((await ana.get('/employers/export?q=jardins').expect(200)).text).toContain('"\'=Jardins du Loir"');
    expect(await app.rows("select count(*)::int as n from audit_event where action = 'employers.exported' and actor_id = $1", [world.ana.id])).toEqual([{ n: 1 }]);
    await ana.get('/employers?sort=password').expect(422);
  });

  it('are looked for before one is written: who looks alike is shown, and another is said to be another', async () => {
    const first = await added('Boulangerie Pépin', { registration: '123 456 789' });
    const typed = { name: 'boulangerie pepin', place: 'Tours' };
    const refused = await ana.post('/employers', typed).expect(422);
    expect(refused.text).toContain(`/employers/${first}`);
    expect(refused.text).toContain('value="boulangerie pepin"');
    expect(wordsOf(refused.text)).toContain('None of them: this is another employer');
    await api.post('/api/v1/employers', typed).expect(422);
    await ana.post('/employers', { ...typed, confirmedNew: 'on' }).expect(303);
    await api.post('/api/v1/employers', { name: 'Quite another', registration: '123 456 789', confirmedNew: true }).expect(422);
  });

  it('have sites, people and dealings, each kept with its end', async () => {
    const id = await added('Boulangerie Pépin');
    await ana.post(`/employers/${id}/sites`, { name: 'Shop' }).expect(303);
    const [site] = (await whole(id)).sites;
    await ana.post(`/employers/${id}/sites/${site!.id}`, { name: 'Shop', ...day('closedOn', '2026-02-01'), version: '1' }).expect(303);
    await ana.post(`/employers/${id}/contacts`, { name: 'Claire Aubin', role: 'tutor', siteId: site!.id, phone: '06 11 22 33 44' }).expect(303);
    const [contact] = (await whole(id)).contacts;
    await ana.post(`/employers/${id}/dealings`, { kind: 'visit', mode: 'in-person', contactId: contact!.id, ...day('happenedOn', '2026-03-01'), minutes: '0', outcome: 'done' }).expect(422);
    await ana.post(`/employers/${id}/dealings`, { kind: 'visit', mode: 'in-person', contactId: contact!.id, ...day('happenedOn', '2026-03-03'), minutes: '30', outcome: 'done' }).expect(422);
    await ana.post(`/employers/${id}/dealings`, { kind: 'visit', mode: 'in-person', contactId: contact!.id, ...day('happenedOn', '2026-03-01'), minutes: '30', outcome: 'done', note: 'Two tills' }).expect(303);
    await ana.post(`/employers/${id}/next`, { nextWhat: 'Ring Claire', nextOn: '', version: '1' }).expect(422);
    await ana.post(`/employers/${id}/next`, { nextWhat: 'Ring Claire', ...day('nextOn', '2026-03-01'), version: '1' }).expect(303);
    const page = wordsOf((await ana.get(`/employers/${id}`).expect(200)).text);
    for (const words of ['Claire Aubin', 'Tutor', 'Two tills', 'closed since', 'Ring Claire', 'late']) expect(page).toContain(words);
    expect(wordsOf((await ana.get('/employers?due=on').expect(200)).text)).toContain('Ring Claire');
    await ana.post(`/employers/${id}/contacts/${contact!.id}`, { name: 'Claire Aubin', role: 'hr', ...day('leftOn', '2026-03-01'), version: '1' }).expect(303);
  });

  it('a dealing is corrected by its author, withdrawn by its author or a manager, and stays', async () => {
    const id = await added('Boulangerie Pépin');
    const told = { kind: 'dealing', mode: 'call', minutes: 10, outcome: 'done' };
    await api.post(`/api/v1/employers/${id}/dealings`, told).expect(201);
    const [dealing] = (await whole(id)).dealings;
    const address = `/api/v1/employers/${id}/dealings/${dealing!.id}`;
    await (await app.api(world.ben)).put(address, { ...told, minutes: 20, version: 1 }).expect(409);
    await api.put(address, { ...told, minutes: 20, version: 1 }).expect(200);
    await api.put(address, { ...told, minutes: 30, version: 1 }).expect(409);
    app.clock.set('2026-03-12T09:00:00Z');
    await api.put(address, { ...told, minutes: 25, version: 2 }).expect(409);
    await manager.post(`${address}/withdraw`, { reason: 'another employer', version: 2 }).expect(200);
    expect((await whole(id)).dealings[0]!.withdrawn).not.toBeNull();
    await api.post(`${address}/withdraw`, { reason: 'again', version: 3 }).expect(409);
  });

  it('who loses an edit is shown both values; another service sees none of it', async () => {
    const id = await added('Boulangerie Pépin');
    await ana.post(`/employers/${id}/edit`, { name: 'Boulangerie Pépin et fils', version: '1' }).expect(303);
    const lost = await ana.post(`/employers/${id}/edit`, { name: 'Pépin', version: '1' }).expect(409);
    expect(lost.text).toContain('Boulangerie Pépin et fils');
    const other = await app.world();
    const stranger = await app.api(other.manager);
    await stranger.get(`/api/v1/employers/${id}`).expect(404);
    await stranger.post(`/api/v1/employers/${id}/merge`, { into: id, version: 2 }).expect(404);
    expect(((await stranger.get('/api/v1/employers').expect(200)).body as { total: number }).total).toBe(0);
  });
});

describe('two records of one employer', () => {
  it('become one by a manager: everything moves, and the page of the double leads to the one that stays', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    await api.post(`/api/v1/employers/${from}/sites`, { name: 'Shop' }).expect(201);
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await works(awa, from, '2026-01-05', '2026-01-31');
    await works(awa, into, '2026-02-02');
    await api.get(`/api/v1/employers/${from}/merge`).expect(403);
    expect((await manager.get(`/api/v1/employers/${from}/merge`).expect(200)).body).toMatchObject({ sites: 1, jobs: 1 });
    const browser = await app.as(world.manager);
    const form = wordsOf((await browser.get(`/employers/${from}/merge`).expect(200)).text);
    expect(form).toContain('Boulangerie Pépin');
    await manager.post(`/api/v1/employers/${from}/merge`, { into: from, version: 1 }).expect(422);
    await browser.post(`/employers/${from}/merge`, { into, version: '1' }).expect(303);
    expect((await whole(into)).sites).toHaveLength(1);
    expect(await app.rows('select 1 from placement where employer_id = $1', [into])).toHaveLength(2);
    expect(await found('pepin')).toEqual(['Boulangerie Pépin']);
    expect((await ana.get(`/employers/${from}`).expect(200)).text).toContain(`href="/employers/${into}"`);
    await api.post(`/api/v1/employers/${from}/sites`, { name: 'Shop' }).expect(409);
    await app.acting(world.ana, async (actor) => {
      expect((await app.get(EmployersService).names(actor, [from])).get(from)).toBe('Pépin');
      await expect(app.get(EmployersService).check(actor, from)).rejects.toMatchObject({ status: 422 });
    });
  });

  it('stay two where one person would hold two jobs there on one day, or two answers about what may be known', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    const awa = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await works(awa, from, '2026-01-05', '2026-01-31');
    await works(awa, into, '2026-01-31');
    const refused = (await manager.post(`/api/v1/employers/${from}/merge`, { into, version: 1 }).expect(409)).body as { code: string };
    expect(refused.code).toBe('employer-merge-jobs');
    expect(await whole(from)).toMatchObject({ mergedInto: null, version: 1 });
  });
});
