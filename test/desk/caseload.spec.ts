import { AgendaService } from '../../src/modules/agenda';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, wordsOf } from '../support/html';
import { statementsOf } from '../support/statements';

let app: TestApp;
let world: World;
let ana: Browser;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
});

const namesIn = (html: string): string[] => [...html.matchAll(/<th role="rowheader"[^>]*><a class="jalon-name"[^>]*>([^<]*)<\/a>/g)].map(([, name]) => name!);
const list = async (query = '', who = ana): Promise<string> => (await who.get(`/caseload${query}`).expect(200)).text;

describe('the caseload', () => {
  beforeEach(async () => {
    await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-05' });
    await aReferredPerson(app, world, { givenNames: 'Élise', familyNames: 'Bonnard', receivedOn: '2026-02-27', pathway: 'orientation' });
    await aParticipant(app, world.ana, { givenNames: 'Éric', familyNames: 'Éluard' });
    await aReferredPerson(app, world, { coach: world.ben, givenNames: 'Paul', familyNames: 'Guérin' });
  });

  it('shows a coach their own people, what is due first on top, and who has no pathway yet', async () => {
    const page = await list();
    expect(namesIn(page)).toEqual(['Koné, Awa', 'Bonnard, Élise', 'Éluard, Éric']);
    expect(wordsOf(page)).toContain('Answer the referral');
    expect(wordsOf(page)).toContain('no open pathway');
    expect(wordsOf(page)).not.toContain('Guérin');
  });

  it('sorts by a closed list, accents where they belong, and refuses any other column', async () => {
    expect(namesIn(await list('?sort=name'))).toEqual(['Bonnard, Élise', 'Éluard, Éric', 'Koné, Awa']);
    expect(namesIn(await list('?sort=name&order=desc'))).toEqual(['Koné, Awa', 'Éluard, Éric', 'Bonnard, Élise']);
    expect(namesIn(await list('?sort=stage'))).toHaveLength(3);
    await ana.get('/caseload?sort=p.given_names;select+1').expect(422);
    await ana.get('/caseload?page=0').expect(422);
    const lost = (await ana.get('/caseload?hidden=1').expect(422)).text;
    expect(wordsOf(lost)).toContain('This address asks for what there is not');
    expect(/<main[\s\S]*<\/main>/.exec(lost)![0]).toContain('href="/caseload"');
  });

  it('filters by the address, and each chip takes one filter away', async () => {
    expect(namesIn(await list('?pathway=orientation'))).toEqual(['Bonnard, Élise']);
    expect(namesIn(await list('?late=on'))).toEqual(['Koné, Awa']);
    expect(namesIn(await list('?within=30'))).toEqual(['Koné, Awa', 'Bonnard, Élise']);
    expect(namesIn(await list('?stage=referred'))).toHaveLength(2);
    expect(namesIn(await list('?scope=left'))).toEqual([]);
    const two = await list('?pathway=orientation&within=30');
    expect(two).toMatch(/href="\/caseload\?within(=|&#x3D;)30"/);
    expect(wordsOf(await list('?pathway=entrepreneurship'))).toContain('Nobody matches these filters');
    expect(wordsOf(await list('?silent=on'))).toContain('Nobody has been left without news');
  });

  it('says who is in a pause, and until when', async () => {
    const [{ id: enrolment }] = await app.rows("select e.id from enrolment e join participant p on p.id = e.participant_id where p.family_names = 'Koné' and e.service_id = $1", [world.service]) as [{ id: string }];
    const caller = await app.api(world.ana);
    const { version } = (await caller.get(`/api/v1/enrolments/${enrolment}`).expect(200)).body as { version: number };
    expect(wordsOf(await list())).not.toContain('Paused until');
    await caller.post(`/api/v1/enrolments/${enrolment}/pause`, { reason: 'a journey', until: '2026-04-01', version }).expect(204);
    expect(wordsOf(await list())).toContain('Paused until 1 Apr');
    expect(((await caller.get('/api/v1/caseload').expect(200)).body as { items: { name: string; enrolment: { pausedUntil: string | null } | null }[] }).items.find((one) => one.name.startsWith('Koné'))!.enrolment!.pausedUntil).toBe('2026-04-01');
  });

  it('offers the stages in the order of the pathways, whatever their names', async () => {
    const [{ id: enrolment }] = await app.rows("select e.id from enrolment e join participant p on p.id = e.participant_id where p.family_names = 'Koné' and e.service_id = $1", [world.service]) as [{ id: string }];
    const caller = await app.api(world.ana);
    const { version } = (await caller.get(`/api/v1/enrolments/${enrolment}`).expect(200)).body as { version: number };
    await caller.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'wait', reviewOn: '2026-03-20', version }).expect(201);
    expect([.../<select[^>]*id="stage"[\s\S]*?<\/select>/.exec(await list())![0].matchAll(/<option value="([a-z-]+)"/g)].map(([, key]) => key)).toEqual(['referred', 'waiting']);
  });

  it('names the next contact as what is to be done, while nobody has been silent for too long', async () => {
    const [{ id: participantId }] = await app.rows("select id from participant where family_names = 'Éluard' and service_id = $1", [world.service]) as [{ id: string }];
    await app.acting(world.ana, async (actor) => {
      app.database.hold([participantId]);
      await app.get(AgendaService).want(actor, {
        participantId, key: 'call', kind: 'silence', nature: 'warning', fromOn: '2026-04-01', dueOn: '2026-04-01', forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since: '2026-03-01' },
      });
    });
    const page = wordsOf(await list());
    expect(page).toContain('Get in touch');
    expect(page).not.toContain('Not heard from since');
  });

  it('shows a manager everybody, and one coach\'s when asked', async () => {
    const manager = await app.as(world.manager);
    expect(namesIn(await list('?sort=name', manager))).toEqual(['Bonnard, Élise', 'Éluard, Éric', 'Guérin, Paul', 'Koné, Awa']);
    expect(wordsOf(await list('?sort=name', manager))).toMatch(new RegExp(`Guérin, Paul.*?Coach: ${world.ben.name}`));
    expect(wordsOf(await list())).not.toContain('Coach:');
    expect(namesIn(await list(`?coach=${world.ben.id}`, manager))).toEqual(['Guérin, Paul']);
    expect(namesIn(await list(`?coach=${world.ben.id}`))).toEqual([]);
  });

  it('leaves as a file in the reader\'s language, of the filtered list, with no formula in it', async () => {
    await aReferredPerson(app, world, { givenNames: '@SUM(A1)', familyNames: '=cmd|calc' });
    const file = await ana.get('/caseload/export?sort=name').expect(200).expect('content-type', /text\/csv/).expect('content-disposition', /attachment/);
    expect(file.text).toContain('"Person","Coach","Pathway","Stage"');
    expect(file.text).toContain("\"'=cmd|calc, @SUM(A1)\"");
    expect(file.text).toContain('2026-01-20');
    expect((await ana.get('/caseload/export?pathway=orientation').expect(200)).text).not.toContain('Koné');
    expect(await app.rows("select count(*)::int as n from audit_event where action = 'caseload.exported' and actor_id = $1", [world.ana.id])).toEqual([{ n: 2 }]);
  });

  it('keeps a view under a name, its owner\'s alone, until it is deleted', async () => {
    await ana.post('/caseload/views', { name: 'Orientation soon', query: 'within=30&pathway=orientation&page=3' }).expect(303);
    const shown = await list('?pathway=orientation&within=30');
    expect(shown).toMatch(/aria-current="page">Orientation soon</);
    // What is kept is not kept again, but may be deleted.
    expect(addressesOf(shown).filter((one) => one.startsWith('/caseload/views'))).toEqual([expect.stringMatching(/\/delete$/)]);
    expect(wordsOf(await list('', await app.as(world.ben)))).not.toContain('Orientation soon');
    await ana.post('/caseload/views', { name: 'Orientation soon', query: 'late=on' }).expect(303);
    const kept = await app.rows<{ id: string; query: string }>('select id, query from saved_view where user_id = $1', [world.ana.id]);
    expect(kept).toMatchObject([{ query: 'late=on' }]);
    await ana.post('/caseload/views', { name: 'Bad', query: 'sort=password' }).expect(422);
    await (await app.as(world.ben)).post(`/caseload/views/${kept[0]!.id}/delete`).expect(404);
    await ana.post(`/caseload/views/${kept[0]!.id}/delete`).expect(303);
    expect(await app.rows('select from saved_view where user_id = $1', [world.ana.id])).toEqual([]);
  });

  it('replaces a view under its name where there may be no more of them', async () => {
    for (let n = 1; n <= 20; n += 1) await ana.post('/caseload/views', { name: `View ${n}`, query: '' }).expect(303);
    const answer = await ana.post('/caseload/views', { name: 'View 7', query: 'late=on' }).expect(303);
    expect(wordsOf((await ana.follow(answer).expect(200)).text)).toContain('The view “View 7” is replaced: it now keeps this filter.');
    expect(await app.rows("select query from saved_view where user_id = $1 and name = 'View 7'", [world.ana.id])).toEqual([{ query: 'late=on' }]);
    await ana.post('/caseload/views', { name: 'View 21', query: '' }).expect(409);
    expect(await app.rows('select count(*)::int as n from saved_view where user_id = $1', [world.ana.id])).toEqual([{ n: 20 }]);
  });

  it('keeps no more of them when they come at once', async () => {
    const api = await app.api(world.ana);
    for (let n = 1; n <= 18; n += 1) await api.post('/api/v1/caseload/views', { name: `View ${n}`, query: 'late=on' }).expect(201);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => api.post('/api/v1/caseload/views', { name: `At once ${n}`, query: 'late=on' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    expect(await app.rows('select count(*)::int as n from saved_view where user_id = $1', [world.ana.id])).toEqual([{ n: 20 }]);
  });

  it('makes a view through the API, and tells where it is', async () => {
    const api = await app.api(world.ana);
    const made = await api.post('/api/v1/caseload/views', { name: 'Late ones', query: 'late=on' }).expect(201);
    expect(made.body).toMatchObject({ name: 'Late ones', query: 'late=on' });
    expect((await api.get(made.headers.location!).expect(200)).body).toEqual(made.body);
    await (await app.api(world.manager)).get(made.headers.location!).expect(404);
  });

  it('says plainly what is people and what is pathways', async () => {
    const { person } = await aReferredPerson(app, world, { givenNames: 'Zoé', familyNames: 'Zola' });
    await (await app.api(world.ana)).post(`/api/v1/participants/${person}/enrolments`, { pathway: 'orientation', operationId: world.operation, source: 'self', receivedOn: '2026-02-27' }).expect(201);
    const page = wordsOf(await list());
    expect(page).toContain('4 people · 4 open pathways: 2 in Employment advice, 2 in Orientation');
    expect(page).toContain('5 of 5 rows, 4 people, by due day');
    expect((await (await app.api(world.ana)).get('/api/v1/caseload?pathway=orientation').expect(200)).body).toMatchObject({ total: 2, people: 2 });
  });

  it('has no place for a name in its address, and says where somebody is looked for', async () => {
    await ana.get('/caseload?q=Kone').expect(422);
    expect(addressesOf(/<form class="jalon-filter[\s\S]*?<\/form>/.exec(await list())![0])).toContain('/search');
  });

  it('answers the API with the same list', async () => {
    const api = await app.api(world.ana);
    expect((await api.get('/api/v1/caseload?late=true').expect(200)).body).toMatchObject({ total: 1, page: 1, size: 50, items: [{ name: 'Koné, Awa', next: { kind: 'answer-referral', mine: true } }] });
    expect((await api.get('/api/v1/caseload/summary').expect(200)).body).toMatchObject({ people: 3, late: 1, byPathway: [{ pathway: 'employment-advice', count: 1 }, { pathway: 'orientation', count: 1 }] });
  });
});

describe('list pages', () => {
  it.each(['/caseload', '/caseload?late=on&sort=name', '/today', '/activities/new'])('%s sends as many statements for one person as for a dozen', async (path) => {
    const statements = async (): Promise<number> => (await statementsOf(() => ana.get(path).expect(200))).statements.length;
    await aReferredPerson(app, world, { receivedOn: '2026-01-05' });
    await statements();
    const few = await statements();
    for (let n = 0; n < 12; n += 1) await aReferredPerson(app, world, { receivedOn: '2026-01-05', pathway: n % 2 ? 'orientation' : 'employment-advice' });
    expect(await statements()).toBe(few);
  });

  it('/team sends as many for a big team', async () => {
    const manager = await app.as(world.manager);
    const statements = async (): Promise<number> => (await statementsOf(() => manager.get('/team').expect(200))).statements.length;
    const few = await statements();
    for (const coach of [world.ana, world.ben, world.ana]) await aReferredPerson(app, world, { coach });
    expect(await statements()).toBe(few);
  });
});
