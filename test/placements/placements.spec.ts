import fc from 'fast-check';
import { AgendaCheck } from '../../src/modules/agenda';
import { ParticipantsService } from '../../src/modules/participants';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { Problem } from '../../src/platform/problem';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import { aJob, anEmployer, JOB } from '../support/factories/placements';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let awa: string;
let bakery: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  ({ person: awa } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-05' }));
  bakery = await anEmployer(app, world.ana, { name: 'Bakery of the Bridge' });
});

const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const day = (name: string, value: string): Record<string, string> => {
  const [year, month, date] = value.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const jobs = (person: string): string => `/api/v1/participants/${person}/placements`;
const planned = async (more: object = {}, person = awa): Promise<string> => ((await api.post(jobs(person), { ...JOB, employerId: bakery, ...more }).expect(201)).body as { id: string }).id;
const started = (id: string, firstDayOn: string, more: object = {}): ReturnType<Caller['post']> => api.post(`${jobs(awa)}/${id}/start`, { firstDayOn, evidence: 'worker-word', version: 1, ...more });
const ended = (id: string, lastDayOn: string, more: object = {}): ReturnType<Caller['post']> => api.post(`${jobs(awa)}/${id}/end`, { lastDayOn, by: 'employer', reason: 'economic', version: 2, ...more });
const entries = (person = awa): Promise<{ kind: string; from_on: string; due_on: string }[]> =>
  app.rows("select kind, from_on::text, due_on::text from agenda_entry where participant_id = $1 and done_on is null and (key like 'placements.%') order by due_on, kind", [person]);
const fields = (answer: { body: unknown }): string[] => (answer.body as { errors: { field: string; code: string }[] }).errors.map(({ field, code }) => `${field}:${code}`);
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};
describe('a coach notes a job', () => {
  it('at an employer who is looked for, and follows it from its page: begun with a paper, changed, ended, taken back', async () => {
    const form = `/participants/${awa}/placements/new`;
    expect(wordsOf((await ana.get(form).expect(200)).text)).toContain('Name of the employer');
    const found = (await ana.post(`/participants/${awa}/placements/find`, { q: 'bridge' }).expect(200)).text;
    expect(found).toContain(`href="${form}?employer=${bakery}"`);
    const sent = await ana.post(`${form}?employer=${bakery}`, {
      ...JOB, employerId: bakery, weeklyMinutes: '17,5', wage: '1 250,50', currency: 'EUR', wagePeriod: 'month', ...day('plannedStartOn', '2026-02-16'), ...day('trialEndOn', '2026-04-15'), tutor: 'Ms Petit',
    }).expect(303);
    const page = sent.headers.location as string;
    const shown = wordsOf((await ana.get(page).expect(200)).text);
    for (const words of ['Bakery of the Bridge', '17 h 30 min', '€1,250.50', 'legal minimum since 1 January 2026: €12.02 per hour', 'first day planned on 16 February 2026', 'The birth date is not known', 'at least 16 on the first day']) expect(shown).toContain(words);

    const file = { name: 'contract.pdf', content: PDF };
    await ana.upload(`${page}/start`, { ...day('firstDayOn', '2026-02-17'), evidence: 'contract', version: '1' }, file).expect(303);
    const running = (await ana.get(page).expect(200)).text;
    expect(wordsOf(running)).toContain('since 17 February 2026');
    expect(wordsOf(running)).toContain('document seen');
    const paper = await ana.get(/href="([^"]*\/documents\/[^"]*)"/.exec(running)![1]!).expect(200);
    expect(paper.headers['content-disposition']).toContain('attachment');

    const asked = (await ana.get(`${page}/evidence`).expect(200)).text;
    expect(asked).not.toContain('name="version"');
    // Sent when the session has ended, a form with a file keeps its words as any other.
    app.clock.advance({ minutes: 31 });
    const late = await ana.upload(`${page}/evidence`, { about: 'presence', ...day('onDay', '2026-02-27'), evidence: 'payslip', evidenceNote: 'Seen by me' }, file);
    expect([late.status, /name="kept" value="[\w-]{100,}"/.test(late.text)]).toEqual([401, true]);
    app.clock.advance({ minutes: -31 });
    await ana.post(`${page}/evidence`, { about: 'presence', ...day('onDay', '2026-02-27'), evidence: 'employer-word', evidenceNote: 'Told on the phone' }).expect(303);
    expect(wordsOf((await ana.get(page).expect(200)).text)).toContain('confirmed by the employer');

    const opens = (await ana.get(`${page}/change`).expect(200)).text;
    expect(opens).toMatch(/name="wage"[^>]*value="1250.50"/);
    expect(opens).toMatch(/name="weeklyMinutes"[^>]*value="17:30"/);
    await ana.post(`${page}/change`, { ...JOB, ...day('effectiveOn', '2026-03-01'), weeklyMinutes: '20', wage: '1400', currency: 'EUR', wagePeriod: 'month', version: '2' }).expect(303);
    const changed = wordsOf((await ana.get(page).expect(200)).text);
    for (const words of ['Hours a week 17 h 30 min → 20 h', 'Gross wage €1,250.50 → €1,400', 'Tutor Ms Petit → none']) expect(changed).toContain(words);

    await ana.post(`${page}/end`, { ...day('lastDayOn', '2026-03-01'), precision: 'exact', by: 'worker', reason: 'better-job', ...day('learntOn', '2026-03-02'), version: '3' }).expect(303);
    expect(wordsOf((await ana.get(page).expect(200)).text)).toContain('from 17 February 2026 to 1 March 2026');
    await ana.post(`${page}/reopen`, { reason: 'It was somebody else', version: '4' }).expect(303);
    await ana.post(`${page}/first-day`, { ...day('firstDayOn', '2026-02-18'), reason: 'The payslip says so', version: '5' }).expect(303);
    await ana.post(`${page}/annul`, { reason: 'Typed for the wrong person', version: '6' }).expect(303);
    const annulled = wordsOf((await ana.get(page).expect(200)).text);
    for (const words of ['Annulled on', 'Typed for the wrong person', 'The payslip says so', 'It was somebody else']) expect(annulled).toContain(words);
    expect(await differences()).toEqual([]);
  });

  it('takes a wrong paper away alone, with the reason: it shows nothing any more, and what was done stays', async () => {
    const id = await planned();
    await started(id, '2026-02-17').expect(200);
    const at = `/participants/${awa}/placements/${id}`;
    const added = await api.upload(`${jobs(awa)}/${id}/evidence`, { evidence: 'payslip', about: 'presence', onDay: '2026-02-27' }, { name: 'payslip.pdf', content: PDF });
    const paper = (added.body as { evidence: { documentId: string | null }[] }).evidence.find((one) => one.documentId)!.documentId!;
    const link = `${at}/documents/${paper}/remove`;
    expect((await ana.get(at).expect(200)).text).toContain(`href="${link}"`);
    expect(wordsOf((await ana.get(link).expect(200)).text)).toContain('Payslip, 27 February 2026');
    expect((await ana.post(link, {}).expect(422)).text).toContain('href="#reason"');
    await api.post(`${jobs(awa)}/${id}/documents/${newId()}/remove`, { reason: 'x' }).expect(404);
    await ana.post(link, { reason: 'It is of her sister' }).expect(303);
    const page = (await ana.get(at).expect(200)).text;
    expect(page).not.toContain(`/documents/${paper}`);
    for (const words of ['Paper removed', 'It is of her sister']) expect(wordsOf(page)).toContain(words);
    const file = (await api.get(`${jobs(awa)}/${id}`).expect(200)).body as { evidence: { kind: string }[] };
    expect(file.evidence.map((one) => one.kind)).toEqual(['worker-word']);
    await api.get(`${jobs(awa)}/${id}/documents/${paper}`).expect(422); // as any paper that was removed
    await api.post(`${jobs(awa)}/${id}/documents/${paper}/remove`, { reason: 'again' }).expect(404);
    expect(await differences()).toEqual([]);
  });

  it('says field by field what makes no sense, in three languages, and keeps what was typed', async () => {
    const wrong = {
      employerId: bakery, title: 'Kept title', setting: 'ordinary', contract: 'permanent', foundBy: 'coach', wage: '12 euros', wagePeriod: '', currency: 'ABC', weeklyMinutes: '400', ...day('plannedStartOn', '2026-03-10'), ...day('plannedEndOn', '2026-03-09'),
    };
    const refused = await ana.post(`/participants/${awa}/placements/new?employer=${bakery}`, wrong).expect(422);
    for (const field of ['wage', 'currency', 'weeklyMinutes', 'plannedEndOn']) expect(refused.text).toContain(`href="#${field}"`);
    expect(refused.text).toContain('Kept title');
    for (const [language, words] of [['fr', 'plus de 0 et au plus 100 heures'], ['es', 'más de 0 y como máximo 100 horas'], ['en', 'more than 0 and at most 100 hours']] as const) {
      const there = await app.world({ language });
      const someone = await aParticipant(app, there.ana);
      const refusedThere = await (await app.as(there.ana)).post(`/participants/${someone}/placements/new?employer=${await anEmployer(app, there.ana)}`, wrong).expect(422);
      expect(wordsOf(refusedThere.text)).toContain(words);
    }
    expect(fields(await api.post(jobs(awa), { ...JOB, employerId: bakery, wage: 100_000, currency: 'EUR' }).expect(422))).toEqual(['wagePeriod:required']);
    expect(fields(await api.post(jobs(awa), { ...JOB, employerId: bakery, wage: 100_000, wagePeriod: 'month', currency: 'XXX' }).expect(422))).toEqual(['currency:not-in-list']);
    expect(fields(await api.post(jobs(awa), { ...JOB, employerId: newId() }).expect(422))).toEqual(['employerId:not-in-list']);
    expect(fields(await api.post(jobs(awa), { ...JOB, employerId: bakery, siteId: newId() }).expect(422))).toEqual(['siteId:not-in-list']);
  });

  it('never begins it in the future, before the birth, or after its planned end', async () => {
    const id = await planned({ plannedEndOn: '2026-02-20' });
    expect(fields(await started(id, '2026-03-03').expect(422))).toEqual(['firstDayOn:not-after']);
    expect(fields(await started(id, '2026-02-21').expect(422))).toEqual(['firstDayOn:after-planned-end']);
    expect(fields(await started(id, '1950-01-01').expect(422))).toEqual(['firstDayOn:not-before']);
    await started(id, '1998-05-04').expect(200); // somebody who has been there for long
  });

  it('never ends it before it began, or in the future; an interval has two ends, a contract that ran out nobody who decided', async () => {
    const id = await planned();
    expect((await ended(id, '2026-03-01', { version: 1 }).expect(409)).body).toMatchObject({ code: 'placement-not-running' });
    await started(id, '2026-02-10').expect(200);
    expect(fields(await ended(id, '2026-02-09').expect(422))).toEqual(['lastDayOn:not-before']);
    expect(fields(await ended(id, '2026-03-03').expect(422))).toEqual(['lastDayOn:not-after']);
    expect(fields(await ended(id, '2026-03-01', { precision: 'interval' }).expect(422))).toEqual(['afterOn:required']);
    expect(fields(await ended(id, '2026-03-01', { precision: 'interval', afterOn: '2026-03-01' }).expect(422))).toEqual(['afterOn:before-last-day']);
    expect(fields(await ended(id, '2026-03-01', { by: 'worker', reason: 'term' }).expect(422))).toEqual(['reason:term-fits-term']);
    await ended(id, '2026-03-01', { precision: 'interval', afterOn: '2026-02-20', by: 'term', reason: 'term' }).expect(200);
    expect((await ended(id, '2026-03-01', { version: 3 }).expect(409)).body).toMatchObject({ code: 'placement-not-running' });
  });

  it('twice at one employer at the same time is refused by the page, and by the database for whoever walks past it', async () => {
    const first = await aJob(app, world.ana, awa, '2026-02-01', { employerId: bakery, title: 'Cashier' });
    const second = await planned();
    const refused = await started(second, '2026-02-15').expect(422);
    expect(fields(refused)).toEqual(['firstDayOn:spell-overlaps']);
    expect((refused.body as { other: object }).other).toEqual({ id: first, title: 'Cashier', firstDayOn: '2026-02-01', lastDayOn: null, where: `/participants/${awa}/placements/${first}` });
    const page = await ana.post(`/participants/${awa}/placements/${second}/start`, { ...day('firstDayOn', '2026-02-15'), evidence: 'worker-word', version: '1' }).expect(422);
    expect(wordsOf(page.text)).toContain('the person already has a job at this employer since 1 February 2026 (“Cashier”)');
    expect(page.text).toContain(`href="/participants/${awa}/placements/${first}"`);
    await expect(app.rows("update placement set first_day_on = '2026-02-15' where id = $1", [second])).rejects.toMatchObject({ code: '23P01' });
    await ended(first, '2026-02-14').expect(200);
    await started(second, '2026-02-15').expect(200);
    expect(fields(await api.post(`${jobs(awa)}/${first}/reopen`, { reason: 'was wrong', version: 3 }).expect(422))).toEqual(['reason:spell-overlaps']);
    const held = (await api.get(`${jobs(awa)}?on=2026-02-14`).expect(200)).body as { items: { id: string }[] };
    expect(held.items.map((one) => one.id)).toEqual([first]);
  });

  it('of nobody below the age of the country; of who may be old enough, yes', async () => {
    const born = async (more: object): Promise<string> => ((await api.post('/api/v1/participants', { givenNames: 'Lin', familyNames: newId(), gender: 'x', documentKind: 'none', ...more }).expect(201)).body as { id: string }).id;
    const young = await born({ bornPrecision: 'day', bornDay: 3, bornMonth: 3, bornYear: 2010 });
    expect(fields(await api.post(jobs(young), { ...JOB, employerId: bakery, plannedStartOn: '2026-03-02' }).expect(422))).toEqual(['plannedStartOn:below-working-age']);
    await api.post(jobs(young), { ...JOB, employerId: bakery, plannedStartOn: '2026-03-03' }).expect(201);
    await api.post(jobs(young), { ...JOB, contract: 'apprenticeship', employerId: bakery, plannedStartOn: '2026-03-02' }).expect(201);
    const peru = await anEmployer(app, world.ana, { country: 'PE' });
    await api.post(jobs(young), { ...JOB, employerId: peru, plannedStartOn: '2026-03-02' }).expect(201);
    await api.post(jobs(await born({ bornPrecision: 'year', bornYear: 2010 })), { ...JOB, employerId: bakery, plannedStartOn: '2026-03-02' }).expect(201);
    const id = await planned({}, young);
    expect(fields(await api.post(`${jobs(young)}/${id}/start`, { firstDayOn: '2026-03-02', evidence: 'coach-word', version: 1 }).expect(422))).toEqual(['firstDayOn:below-working-age']);
  });

  it('once, however often the form is sent; of their own people alone; a stale form shows both values', async () => {
    const form = { _key: 'double-click-1', ...JOB, employerId: bakery };
    await ana.post(`/participants/${awa}/placements/new?employer=${bakery}`, form).expect(303);
    await ana.post(`/participants/${awa}/placements/new?employer=${bakery}`, form).expect(303);
    const [{ id }] = await app.rows<{ id: string }>('select id from placement where participant_id = $1', [awa]) as [{ id: string }];
    const ben = await app.as(world.ben);
    await ben.get(`/participants/${awa}/placements/${id}`).expect(404);
    await ben.post(`/participants/${awa}/placements/${id}/annul`, { reason: 'not mine', version: '1' }).expect(404);
    await ana.get(`/participants/${await aParticipant(app, world.ana)}/placements/${id}`).expect(404);
    await api.post(`${jobs(awa)}/${id}/changes`, { ...JOB, title: 'Pastry cook', effectiveOn: '2026-03-02', version: 1 }).expect(200);
    const stale = await api.post(`${jobs(awa)}/${id}/changes`, { ...JOB, title: 'Miller', effectiveOn: '2026-03-02', version: 1 }).expect(409);
    expect(stale.body).toMatchObject({ now: { title: 'Pastry cook' }, sent: { title: 'Miller' } });
    const shown = await ana.post(`/participants/${awa}/placements/${id}/change`, { ...JOB, title: 'Miller', ...day('effectiveOn', '2026-03-02'), version: '1' }).expect(409);
    expect(wordsOf(shown.text)).toContain('Pastry cook');
  });

  it('that never began, which is no hire', async () => {
    const id = await planned({ plannedStartOn: '2026-02-20' });
    await ana.post(`/participants/${awa}/placements/${id}/never-started`, { ...day('on', '2026-03-02'), version: '1' }).expect(303);
    expect((await api.get(`${jobs(awa)}/${id}`).expect(200)).body).toMatchObject({ state: 'never-started', firstDayOn: null });
    expect((await started(id, '2026-02-20', { version: 2 }).expect(409)).body).toMatchObject({ code: 'placement-not-planned' });
    expect(await entries()).toEqual([]);
  });

  it('with a paper that is not what its name says: nothing is kept', async () => {
    const id = await planned();
    const refused = await ana.upload(`/participants/${awa}/placements/${id}/start`, { ...day('firstDayOn', '2026-03-01'), evidence: 'contract', version: '1' }, { name: 'contract.pdf', content: Buffer.from('MZ not a contract') }).expect(422);
    expect(refused.text).toContain('href="#file"');
    expect((await api.get(`${jobs(awa)}/${id}`).expect(200)).body).toMatchObject({ state: 'planned', evidence: [] });
  });
});

describe('what a job wants done', () => {
  it('is told in time: the first day, the end of the trial and of the contract', async () => {
    const id = await planned({ plannedStartOn: '2026-03-10', trialEndOn: '2026-04-09', plannedEndOn: '2026-06-30' });
    expect(await entries()).toEqual([{ kind: 'placement-start', from_on: '2026-03-10', due_on: '2026-03-13' }]);
    app.clock.set('2026-03-11T09:00:00Z');
    await started(id, '2026-03-10').expect(200);
    expect(await entries()).toEqual([{ kind: 'trial-ends', from_on: '2026-03-10', due_on: '2026-04-09' }, { kind: 'contract-ends', from_on: '2026-05-31', due_on: '2026-06-30' }]);
    await api.post(`${jobs(awa)}/${id}/changes`, { ...JOB, plannedStartOn: '2026-03-10', plannedEndOn: '2026-12-31', effectiveOn: '2026-03-11', version: 2 }).expect(200);
    expect(await entries()).toEqual([{ kind: 'contract-ends', from_on: '2026-12-01', due_on: '2026-12-31' }]);
    expect(await differences()).toEqual([]);
    await ended(id, '2026-03-11', { version: 3 }).expect(200);
    expect((await entries()).map(({ kind }) => kind)).toEqual(['contact-after-job']);
    expect(await differences()).toEqual([]);
  });

  it('is one talk with who has lost the last job, within three days of learning of it, until they are spoken with; nobody is called about a death', async () => {
    const first = await aJob(app, world.ana, awa, '2026-02-01');
    const second = await aJob(app, world.ana, awa, '2026-02-10');
    await ended(first, '2026-02-28').expect(200);
    expect(await entries()).toEqual([]);
    await ended(second, '2026-03-01', { learntOn: '2026-03-02', reason: 'unknown', by: 'unknown' }).expect(200);
    expect(await entries()).toEqual([{ kind: 'contact-after-job', from_on: '2026-03-02', due_on: '2026-03-05' }]);
    const { id } = (await api.post('/api/v1/activities', { participantIds: [awa], kind: 'phone', outcome: 'done', minutes: 10 }).expect(201)).body as { id: string };
    expect(await entries()).toEqual([]);
    await api.post(`/api/v1/activities/${id}/withdraw`, { reason: 'it was somebody else', version: 1 }).expect(200);
    expect(await entries()).toHaveLength(1);
    expect(await differences()).toEqual([]);
    await aJob(app, world.ana, awa, '2026-03-02');
    expect(await entries()).toEqual([]);
    const other = await aParticipant(app, world.ana);
    const last = await aJob(app, world.ana, other, '2026-02-01');
    await api.post(`${jobs(other)}/${last}/end`, { lastDayOn: '2026-02-27', by: 'unknown', reason: 'death', version: 2 }).expect(200);
    expect(await entries(other)).toEqual([]);
    expect(await differences()).toEqual([]);
  });
});

describe('whatever is done with jobs, in any order', () => {
  const DAYS = ['2026-02-01', '2026-02-05', '2026-02-10', '2026-02-15', '2026-02-20', '2026-02-28', '2026-03-02', '2026-03-05'];
  const aDay = fc.constantFrom(...DAYS);
  const deed = fc.oneof(
    fc.record({ do: fc.constant('plan' as const), at: fc.nat(1), day: aDay }),
    fc.record({ do: fc.constantFrom('start', 'end', 'first-day', 'annul', 'reopen', 'never', 'change'), at: fc.nat(5), day: aDay, hours: fc.integer({ min: 1, max: 6000 }) }),
  );

  it('no spells overlap, none begins in the future, and what a job is comes to what its history says', async () => {
    const employers = [bakery, await anEmployer(app, world.ana)];
    await fc.assert(fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), async (deeds) => {
      const person = await aParticipant(app, world.ana);
      const made: string[] = [];
      for (const one of deeds) {
        const work = app.acting(world.ana, async (actor) => {
          const placements = app.get(PlacementsService);
          if (one.do === 'plan') {
            made.push(await placements.plan(actor, person, { ...JOB, employerId: employers[one.at]! }));
            return;
          }
          const id = made[one.at % Math.max(1, made.length)];
          if (!id) return;
          const { version } = await placements.open(actor, person, id);
          const given = { version, reason: 'so it was' };
          if (one.do === 'start') await placements.start(actor, person, id, { firstDayOn: one.day, evidence: 'coach-word', version });
          else if (one.do === 'first-day') await placements.correctFirstDay(actor, person, id, { ...given, firstDayOn: one.day });
          else if (one.do === 'end') await placements.end(actor, person, id, { lastDayOn: one.day, by: 'both', reason: 'conditions', version });
          else if (one.do === 'annul') await placements.annul(actor, person, id, given);
          else if (one.do === 'reopen') await placements.reopen(actor, person, id, given);
          else if (one.do === 'never') await placements.neverStarted(actor, person, id, { on: one.day, version });
          else await placements.change(actor, person, id, { ...JOB, weeklyMinutes: 'hours' in one ? one.hours : 60, effectiveOn: one.day, version });
        });
        await work.catch((refused: unknown) => { if (!(refused instanceof Problem)) throw refused; });
      }
      const files = await app.acting(world.ana, async (actor) => Promise.all(made.map((id) => app.get(PlacementsService).open(actor, person, id))));
      const spells = files.filter((one) => one.state !== 'annulled' && one.firstDayOn);
      for (const one of spells) {
        expect(one.firstDayOn! <= '2026-03-05').toBe(true);
        for (const other of spells) {
          if (one === other || one.employerId !== other.employerId) continue;
          expect((one.end?.lastDayOn ?? '9999') < other.firstDayOn! || (other.end?.lastDayOn ?? '9999') < one.firstDayOn!).toBe(true);
        }
      }
      for (const one of files) {
        const last = one.history.filter(({ act }) => act === 'changed').sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id)).at(-1);
        if (last && 'weeklyMinutes' in last.after) expect(one.weeklyMinutes).toBe(last.after.weeklyMinutes);
        const firstDay = [...one.history].reverse().find(({ act }) => act === 'started' || act === 'first-day-corrected');
        expect(one.firstDayOn).toBe(firstDay?.after.firstDayOn ?? null);
      }
      expect(await differences()).toEqual([]);
    }), { numRuns: 15 });
  });

  it('belongs to a person who is there', async () => {
    await expect(app.acting(world.ben, (actor) => app.get(PlacementsService).plan(actor, awa, { ...JOB, employerId: bakery }))).rejects.toMatchObject({ status: 404 });
    expect(await app.acting(world.ana, (actor) => app.get(ParticipantsService).names(actor, [awa]))).toEqual(new Map([[awa, 'Awa Koné']]));
  });
});
