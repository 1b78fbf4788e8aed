import { readFileSync } from 'node:fs';
import { AgendaService } from '../../src/modules/agenda';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { addressesOf, wordsOf } from '../support/html';

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
  awa = (await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-02-10' })).person;
});

const note = (day: string, words: string): Promise<unknown> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return ana.post('/activities/new', { participantIds: awa, kind: 'phone', outcome: 'done', minutes: '15', note: words, 'happenedOn-day': date, 'happenedOn-month': month, 'happenedOn-year': year }).expect(303);
};

describe('a person\'s page', () => {
  it('says what comes next and what happened, latest first', async () => {
    await note('2026-02-20', 'The earlier call');
    await note('2026-02-27', 'The later call');
    const page = wordsOf((await ana.get(`/participants/${awa}`).expect(200)).text);
    expect(page).toContain('Answer the referral');
    expect(page).toContain('Referral received');
    expect(page.indexOf('The later call')).toBeLessThan(page.indexOf('The earlier call'));
    expect(page.indexOf('The earlier call')).toBeLessThan(page.indexOf('Referral received'));
    expect(page).toContain('27 February 2026 · 3 days ago');
  });

  it('stands whatever line hangs on them about an enrolment that is not theirs', async () => {
    const [{ name }] = (await app.rows<{ name: string }>("select conname as name from pg_constraint where conrelid = 'enrolment_act'::regclass and contype = 'f' and confrelid = 'enrolment'::regclass")) as [{ name: string }];
    await app.rows(`alter table enrolment_act drop constraint ${name}`);
    const { enrolment } = await aReferredPerson(app, world, { receivedOn: '2026-02-10' });
    await app.rows(`insert into enrolment_act (id, service_id, participant_id, enrolment_id, kind, happened_on, recorded_at, recorded_as, days)
      values (gen_random_uuid(), $1, $2, $3, 'resumed', '2020-01-01', now(), 'manager', 3)`, [world.service, awa, enrolment]);
    for (const path of [`/participants/${awa}`, `/participants/${awa}/pathway`]) expect(wordsOf((await ana.get(path).expect(200)).text)).not.toContain('2020');
  });

  it('shows contacts only, or steps only, by a link', async () => {
    await note('2026-02-20', 'A call');
    expect(wordsOf((await ana.get(`/participants/${awa}?show=contacts`).expect(200)).text)).not.toContain('Referral received');
    const steps = wordsOf((await ana.get(`/participants/${awa}?show=steps`).expect(200)).text);
    expect(steps).toContain('Referral received');
    expect(steps).not.toContain('A call');
    await ana.get(`/participants/${awa}?show=all-of-it`).expect(422);
  });

  it('pages a long history by whole days, and loses nothing', async () => {
    for (let n = 10; n < 50; n += 1) await note(n < 40 ? `2025-12-${n - 9 < 10 ? `0${n - 9}` : n - 9}` : `2026-01-${n - 29}`, `Call number ${n}.`);
    const seen = new Set<string>();
    let address: string | undefined = `/participants/${awa}?show=contacts`;
    let pages = 0;
    while (address) {
      const { text }: { text: string } = await ana.get(address).expect(200);
      for (const [call] of text.matchAll(/Call number \d+\./g)) seen.add(call);
      address = addressesOf(text).find((one) => one.includes('before=') && !one.includes('lang='));
      pages += 1;
    }
    expect(seen.size).toBe(40);
    expect(pages).toBe(2);
  });

  it('pages a day of which there is more than a page, and loses nothing', async () => {
    const api = await app.api(world.ana);
    await note('2026-02-01', 'Call number 0.');
    for (let n = 1; n <= 92; n += 1) await api.post('/api/v1/activities', { participantIds: [awa], kind: 'phone', outcome: 'done', minutes: 5, happenedOn: '2026-02-10', note: `Call number ${n}.` }).expect(201);
    await note('2026-02-20', 'Call number 93.');
    const seen: string[] = [];
    const referrals: number[] = [];
    let address: string | undefined = `/participants/${awa}`;
    while (address) {
      const { text }: { text: string } = await ana.get(address).expect(200);
      seen.push(...[...text.matchAll(/Call number \d+\./g)].map(([call]) => call));
      referrals.push(wordsOf(text).split('Referral received').length - 1);
      address = addressesOf(text).find((one) => one.includes('before=') && !one.includes('lang='));
    }
    expect(seen).toHaveLength(94);
    expect(new Set(seen).size).toBe(94);
    expect(referrals.reduce((sum, n) => sum + n, 0)).toBe(1);
    const first = (await api.get(`/api/v1/participants/${awa}/timeline?show=contacts&before=2026-02-11`).expect(200)).body as { days: { facts: unknown[] }[]; before: string; beforeId: string };
    expect([first.days.map(({ facts }) => facts.length), first.before]).toEqual([[90], '2026-02-10']);
    const rest = (await api.get(`/api/v1/participants/${awa}/timeline?show=contacts&before=${first.before}&beforeId=${first.beforeId}`).expect(200)).body as typeof first;
    expect([rest.days.map(({ facts }) => facts.length), rest.before, rest.beforeId]).toEqual([[2, 1], null, null]);
  });

  it('is recorded: who opened it is there to be read', async () => {
    await ana.get(`/participants/${awa}`).expect(200);
    expect(await app.rows("select outcome from audit_event where participant_id = $1 and action = 'participant.opened'", [awa])).toEqual([{ outcome: 'read' }]);
  });

  it('is the same not-found for a stranger as for nobody', async () => {
    const other = await app.as((await app.world()).ana);
    const ben = await app.as(world.ben);
    const missing = '01900000-0000-7000-8000-000000000000';
    const strip = (html: string, id: string): string => html.replaceAll(id, 'ID').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID').replace(/value="[^"]{40,}"/g, '');
    for (const who of [other, ben]) {
      const there = await who.get(`/participants/${awa}`).expect(404);
      const nowhere = await who.get(`/participants/${missing}`).expect(404);
      expect(strip(there.text, awa)).toBe(strip(nowhere.text, missing));
    }
  });
});

describe('noting a contact from a person\'s page', () => {
  it.each(['pathway', 'profile', 'information', 'opened'])('in the head of %s, and by its key, comes with that person chosen', async (tab) => {
    const link = /<a [^>]*href="([^"]*)"[^>]* data-contact>/.exec((await ana.get(`/participants/${awa}/${tab}`).expect(200)).text)![1]!;
    const address = addressesOf(`<a href="${link}">`)[0]!;
    expect(address).toMatch(new RegExp(`^/activities/new\\?participant=${awa}&back=.*#contact$`));
    expect((await ana.get(address.split('#')[0]!).expect(200)).text).toMatch(new RegExp(`<option value="${awa}" selected>`));
  });

  it('on the overview goes to the form that stands there', async () => {
    expect((await ana.get(`/participants/${awa}`).expect(200)).text).toMatch(/href="#contact" data-contact/);
  });
});

describe('search', () => {
  it('finds by part of a name, accents or not, among one\'s own, and is recorded', async () => {
    const found = wordsOf((await ana.post('/search', { q: 'kone awa' }).expect(200)).text);
    expect(found).toContain('Awa Koné');
    expect(wordsOf((await (await app.as(world.ben)).post('/search', { q: 'kone' }).expect(200)).text)).toContain('Nobody matches');
    expect(await app.rows("select count(*)::int as n from audit_event where action = 'participant.searched' and actor_id = $1", [world.ana.id])).toEqual([{ n: 1 }]);
    expect(await app.rows("select from idempotency_key where actor_id = $1 and route = 'POST /search'", [world.ana.id])).toEqual([]);
  });

  it.each(['manager', 'ana'] as const)('finds by the last four digits of a phone, or more, for %s', async (who) => {
    await (await app.api(world.ana)).put(`/api/v1/participants/${awa}/contact`, { phones: [{ number: '+33 6 98 76 54 32', owner: 'self' }], version: 1 }).expect(200);
    const reader = await app.as(world[who]);
    const found = async (q: string): Promise<boolean> => wordsOf((await reader.post('/search', { q }).expect(200)).text).includes('Awa Koné');
    expect([await found('54 32'), await found('7654 32'), await found('06 98 76 54 32'), await found('9876'), await found('432')]).toEqual([true, true, true, false, false]);
  });

  it('asks for a name, and shows the form again without one', async () => {
    await ana.get('/search').expect(200);
    expect(wordsOf((await ana.post('/search', { q: '  ' }).expect(422)).text)).toContain('Name or phone');
  });
});

describe('where a day begins', () => {
  it('is what the role may open', async () => {
    const home = async (role: 'ana' | 'manager' | 'editor' | 'officer' | 'administrator'): Promise<string | undefined> => (await (await app.as(world[role])).get('/').expect(303)).headers.location;
    expect([await home('ana'), await home('manager'), await home('editor'), await home('officer'), await home('administrator')]).toEqual(['/today', '/today', '/protocols', '/protocols', '/users']);
    await app.stranger().get('/').expect(303).expect('location', '/sign-in');
  });

  it('offers nothing that the role may not open', async () => {
    const navigation = async (who: Browser, page: string): Promise<string[]> => addressesOf(/<nav class="jalon-sidenav[\s\S]*?<\/nav>/
      .exec((await who.get(page).expect(200)).text)![0]).filter((one) => !one.startsWith('/assets/'));
    expect(await navigation(ana, '/today')).toEqual(['/today', '/caseload', '/milestones', '/menu', '/reports', '/employers', '/protocols']);
    expect(await navigation(await app.as(world.manager), '/today')).toEqual(['/today', '/caseload', '/team', '/menu', '/milestones', '/reports', '/employers', '/protocols', '/imports']);
    expect(await navigation(await app.as(world.editor), '/protocols')).toEqual(['/protocols', '/menu']);
    const administrator = await app.as(world.administrator);
    for (const href of (await navigation(administrator, '/users')).filter((one) => one !== '/menu')) await administrator.get(href).expect(200);
    await administrator.get('/caseload').expect(403);
    await ana.get('/team').expect(403);
  });

  it('has what concerns the own account under the own name, the tokens as the first page for newcomers says', async () => {
    const home = (await ana.get('/today').expect(200)).text;
    expect(home).toMatch(new RegExp(`href="/menu"[^>]*>.*?${world.ana.name}</a>`));
    const menu = (await ana.get('/menu').expect(200)).text;
    const own = /id="account"[\s\S]*?<\/section>/.exec(menu)![0];
    for (const href of ['/sessions', '/password', '/memberships', '/tokens']) {
      expect(own).toContain(`href="${href}"`);
      await ana.get(href).expect(200);
    }
    const tokens = wordsOf(/href="\/tokens">([\s\S]*?)<\/a>/.exec(own)![1]!).trim();
    expect(readFileSync('README.md', 'utf8')).toContain(`your name at the top of the page, then *${tokens}*`);
    expect((await app.stranger().get('/menu').expect(200)).text).not.toContain('href="/tokens"');
  });

  it('stands beside a page that is not there as well, for who is signed in; a heading of its own never comes before the page\'s', async () => {
    const lost = (await ana.get('/nowhere').expect(404)).text;
    expect(lost).toContain('href="/caseload"');
    expect(wordsOf(lost)).toContain(world.ana.name);
    expect((await app.stranger().get('/nowhere').expect(404)).text).not.toContain('href="/caseload"');
    for (const page of [lost, (await ana.get('/today').expect(200)).text]) expect(/<h[1-6]/.exec(page)![0]).toBe('<h1');
  });

  it('counts what waits beside Today', async () => {
    expect((await ana.get('/caseload').expect(200)).text).toMatch(/jalon-sidenav__count">1</);
  });
});

describe('the team page', () => {
  it('shows a manager how the work is shared out', async () => {
    await aReferredPerson(app, world, { coach: world.ben });
    // Late for the manager is late for the person: the number leads to as many.
    const waiting = await aParticipant(app, world.ben);
    await app.acting(world.manager, (actor) => {
      app.database.hold([waiting]);
      return app.get(AgendaService).want(actor, {
        participantId: waiting, key: 'manager', kind: 'review-waiting', fromOn: '2026-01-01', dueOn: '2026-01-05', forWhom: 'manager', subject: { kind: 'enrolment', id: null },
      });
    });
    const page = (await (await app.as(world.manager)).get('/team').expect(200)).text;
    expect(wordsOf(page)).toContain('2 coaches · 3 people accompanied');
    expect(addressesOf(page)).toContain(`/caseload?coach=${world.ana.id}&late=on`);
    const loads = (await (await app.api(world.manager)).get('/api/v1/team').expect(200)).body as { items: { coachId: string; people: number; late: number }[] };
    expect(loads.items.find((one) => one.coachId === world.ana.id)).toMatchObject({ people: 1, late: 1 });
    expect(loads.items.find((one) => one.coachId === world.ben.id)).toMatchObject({ people: 2, late: 1 });
    expect((await (await app.api(world.manager)).get(`/api/v1/caseload?coach=${world.ben.id}&late=true`).expect(200)).body).toMatchObject({ people: 1 });
  });
});
