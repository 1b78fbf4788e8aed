import { AgendaService } from '../../src/modules/agenda';
import { AUDIENCES, DisclosureService, SPEAKS_FOR_EMPLOYER } from '../../src/modules/disclosure';
import { EmployersService } from '../../src/modules/employers';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { aPdf, aPng } from '../support/files';
import { wordsOf } from '../support/html';

let app: TestApp;
let world: World;
let ana: Browser;
let api: Caller;
let awa: string;
let enrolment: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ana = await app.as(world.ana);
  api = await app.api(world.ana);
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-10' }));
});

interface Agreement {
  id: string; version: number; state: string; signedOn: string | null; missing: string[]; waitsSince: string | null; documents: { id: string; name: string; version: number; removed: object | null }[];
  parties: { party: string; signature: { name: string; method: string; giver: string | null; witness: string | null } | null }[];
}
const base = (): string => `/api/v1/participants/${awa}/agreements`;
const path = (one: { id: string }): string => `/participants/${awa}/agreements/${one.id}`;
const day = (name: string, on: string): Record<string, string> => {
  const [year, month, date] = on.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const write = async (more: object = {}): Promise<Agreement> => (await api.post(base(), { enrolmentId: enrolment, kind: 'two-party', fromOn: '2026-03-02', terms: 'A call a week', ...more }).expect(201)).body as Agreement;
const sign = (one: Agreement, party: string, more: object = {}): ReturnType<Caller['post']> => api.post(`${base()}/${one.id}/signatures`, { party, method: 'handwritten', signedOn: '2026-03-02', version: one.version, ...more });
const signed = async (one: Agreement, party: string, more: object = {}): Promise<Agreement> => (await sign(one, party, more).expect(201)).body as Agreement;

describe('an agreement of two parties', () => {
  it('is written by hand, then signed by each, and says who is missing', async () => {
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`).expect(200)).text)).toContain('No agreement is written');
    const form = wordsOf((await ana.get(`/participants/${awa}/agreements/new`).expect(200)).text);
    expect(form).toContain('your employer learns nothing from us without your yes');
    const sent = await ana.post(`/participants/${awa}/agreements`, { enrolmentId: enrolment, kind: 'two-party', ...day('fromOn', '2026-03-02'), terms: 'A call a week' }).expect(303);
    const page = wordsOf((await ana.follow(sent).expect(200)).text);
    for (const words of ['2 signatures are missing', 'A call a week', 'has not signed yet']) expect(page).toContain(words);
    const at = String(sent.headers.location);
    const first = await ana.post(`${at}/signatures`, { party: 'participant', giver: 'self', method: 'mark', witness: 'Moussa Diarra', readAloudIn: 'bm', readAloudBy: 'Moussa Diarra', ...day('signedOn', '2026-03-02'), version: '1' }).expect(303);
    const then = wordsOf((await ana.follow(first).expect(200)).text);
    for (const words of ['More are still missing', 'Awa Koné', 'witness: Moussa Diarra', 'One signature is missing']) expect(then).toContain(words);
    const last = await ana.post(`${at}/signatures`, { party: 'service', method: 'electronic', ...day('signedOn', '2026-03-02'), version: '2' }).expect(303);
    expect(wordsOf((await ana.follow(last).expect(200)).text)).toContain('Everybody has signed');
    const tab = wordsOf((await ana.get(`/participants/${awa}/plan`).expect(200)).text);
    for (const words of ['Signed by all', world.ana.name]) expect(tab).toContain(words);
  });

  it.each(['handwritten', 'voice', 'electronic'] as const)('by %s counts like any other', async (method) => {
    const one = await signed(await write(), 'participant', { method });
    expect(await signed(one, 'service')).toMatchObject({ state: 'signed', signedOn: '2026-03-02', missing: [] });
  });

  it('is signed on the day of the last signature', async () => {
    const one = await signed(await write(), 'service', { signedOn: '2026-02-20' });
    expect(one).toMatchObject({ state: 'waiting', missing: ['participant'] });
    expect(await signed(one, 'participant', { signedOn: '2026-03-01' })).toMatchObject({ state: 'signed', signedOn: '2026-03-01' });
  });

  it('takes nobody’s signature in place of the person', async () => {
    const one = await write();
    expect((await sign(one, 'participant', { giver: 'legal' }).expect(422)).body).toMatchObject({ errors: [{ field: 'giver', code: 'in-place-of-the-person' }] });
    expect((await sign(one, 'participant', { name: 'Aline Roux' }).expect(422)).body).toMatchObject({ errors: [{ field: 'name', code: 'in-place-of-the-person' }] });
    for (const [language, words] of [['fr', 'personne ne signe à la place de la personne'], ['es', 'nadie firma en lugar de la persona'], ['en', 'nobody signs in place of the person']] as const) {
      const refused = await ana.post(`${path(one)}/signatures?lang=${language}`, { party: 'participant', giver: 'legal', method: 'handwritten', ...day('signedOn', '2026-03-02'), version: '1' }).set('Cookie', `sid=${ana.session}; lang=${language}`).expect(422);
      expect(wordsOf(refused.text)).toContain(words);
    }
    expect(await signed(one, 'participant', { name: 'Koné, Awa', giver: 'self-with-support' })).toMatchObject({ parties: [{ signature: { name: 'Awa Koné', giver: 'self-with-support' } }, {}] });
  });

  it('asks of a mark a witness from outside the service, and of what was read aloud the language and by whom', async () => {
    const one = await write();
    expect((await sign(one, 'participant', { method: 'mark' }).expect(422)).body).toMatchObject({ errors: [{ field: 'witness', code: 'required' }] });
    expect((await sign(one, 'participant', { method: 'mark', witness: world.ben.name }).expect(422)).body).toMatchObject({ errors: [{ field: 'witness', code: 'not-of-the-service' }] });
    expect((await sign(one, 'participant', { readAloudIn: 'bm' }).expect(422)).body).toMatchObject({ errors: [{ field: 'readAloudBy' }] });
    expect((await sign(one, 'participant', { readAloudBy: 'Moussa' }).expect(422)).body).toMatchObject({ errors: [{ field: 'readAloudIn' }] });
    await sign(one, 'participant', { signedOn: '2026-03-03' }).expect(422);
    expect((await sign(one, 'employer', { name: 'A', capacity: 'B' }).expect(422)).body).toMatchObject({ errors: [{ field: 'party', code: 'two-parties-only' }] });
  });

  it('is signed once by each, by who has read what stands there', async () => {
    const one = await signed(await write(), 'participant');
    expect((await sign(one, 'participant').expect(409)).body).toMatchObject({ code: 'signed-already' });
    expect((await sign({ ...one, version: 1 }, 'service').expect(409)).body).toMatchObject({ code: 'edited-meanwhile' });
    expect((await api.put(`${base()}/${one.id}`, { terms: 'Another', fromOn: '2026-03-02', version: one.version }).expect(409)).body).toMatchObject({ code: 'agreement-fixed' });
  });

  it('can be changed until somebody signs, and shows both values to who saves over somebody else', async () => {
    const one = await write();
    await ana.post(path(one), { terms: 'Two calls a week', ...day('fromOn', '2026-03-02'), version: '1' }).expect(303);
    const refused = await ana.post(path(one), { terms: 'Three calls', ...day('fromOn', '2026-03-02'), version: '1' }).expect(409);
    for (const words of ['Two calls a week', 'Three calls']) expect(wordsOf(refused.text)).toContain(words);
    expect((await api.put(`${base()}/${one.id}`, { fromOn: '2026-03-02', untilOn: '2026-03-01', version: 2 }).expect(422)).body).toMatchObject({ errors: [{ field: 'untilOn', code: 'not-before' }] });
  });

  it('stands once of its kind, is ended with a reason, and another follows', async () => {
    const one = await signed(await signed(await write(), 'participant'), 'service');
    expect((await api.post(base(), { enrolmentId: enrolment, kind: 'two-party', fromOn: '2026-03-02' }).expect(409)).body).toMatchObject({ code: 'agreement-already-there' });
    expect((await api.post(`${base()}/${one.id}/end`, { endedOn: '2026-03-01', reason: 'x', version: one.version }).expect(422)).body).toMatchObject({ errors: [{ field: 'endedOn', code: 'not-before' }] });
    await ana.post(`${path(one)}/end`, { ...day('endedOn', '2026-03-02'), version: String(one.version) }).expect(422);
    await ana.post(`${path(one)}/end`, { ...day('endedOn', '2026-03-02'), reason: 'Awa wants no more visits', version: String(one.version) }).expect(303).expect('location', `/participants/${awa}/plan`);
    expect(wordsOf((await ana.get(path(one))).text)).toContain('Awa wants no more visits');
    expect((await sign(one, 'participant').expect(409)).body).toMatchObject({ code: 'agreement-ended' });
    await write();
  });

  it('is nobody else’s, not even under one’s own person', async () => {
    const one = await write();
    const hers = await aParticipant(app, world.ana);
    await api.get(`/api/v1/participants/${hers}/agreements/${one.id}`).expect(404);
    await (await app.api(world.ben)).get(`${base()}/${one.id}`).expect(404);
    await (await app.api(world.manager)).get(`${base()}/${one.id}`).expect(200);
  });

  it('says once what is sent twice', async () => {
    const again = { _key: 'signed-twice-1', party: 'participant', giver: 'self', method: 'voice', ...day('signedOn', '2026-03-02'), version: '1' };
    const one = await write();
    await ana.post(`${path(one)}/signatures`, again).expect(303);
    await ana.post(`${path(one)}/signatures`, again).expect(303);
    expect(await app.rows('select 1 from agreement_signature where agreement_id = $1', [one.id])).toHaveLength(1);
  });
});

describe('an agreement of three parties', () => {
  const employer = (): Promise<string> => app.acting(world.ana, (actor) => app.get(EmployersService).create(actor, { name: 'Nursery of the two banks', country: 'FR' }));
  const decide = (more: object): Promise<string> => app.acting(world.ana, (actor) => app.get(DisclosureService).decide(actor, awa, { answer: 'some', decidedOn: '2026-03-02', format: 'plain', giver: 'self', ...more } as never));

  it('is made only with an employer whom the person lets know of the support', async () => {
    const employerId = await employer();
    const three = { enrolmentId: enrolment, kind: 'three-party', fromOn: '2026-03-02', employerId };
    expect((await api.post(base(), three).expect(409)).body).toMatchObject({ code: 'three-party-not-permitted' });
    // Where nobody may know, none can be chosen: what is missing is the person's yes, for the page as for the API.
    const nobody = { ...three, employerId: undefined };
    expect((await api.post(base(), nobody).expect(409)).body).toMatchObject({ code: 'three-party-not-permitted' });
    const form = await ana.post(`/participants/${awa}/agreements`, { enrolmentId: enrolment, kind: 'three-party', ...day('fromOn', '2026-03-02') }).expect(409);
    expect(wordsOf(form.text)).toContain('The employer may not know that the person is supported');
    expect(form.text).not.toContain('href="#employerId"');
    expect(form.text).toContain(`/participants/${awa}/disclosure`);
    // Whoever knows without speaking for the employer is nobody to sign with.
    await decide({ employerId, support: AUDIENCES.filter((one) => !SPEAKS_FOR_EMPLOYER.includes(one)) });
    expect((await api.post(base(), three).expect(409)).body).toMatchObject({ code: 'three-party-not-permitted' });
    await decide({ employerId, support: [AUDIENCES[0]] });
    expect(wordsOf((await ana.get(`/participants/${awa}/agreements/new`).expect(200)).text)).toContain('Nursery of the two banks');
    const one = (await api.post(base(), three).expect(201)).body as Agreement;
    expect(one.missing).toEqual(['participant', 'service', 'employer']);
    expect((await sign(one, 'employer', { name: 'Claire Aubin' }).expect(422)).body).toMatchObject({ errors: [{ field: 'capacity', code: 'required' }] });
    const all = await signed(await signed(await signed(one, 'employer', { name: 'Claire Aubin', capacity: 'Director' }), 'participant'), 'service');
    expect(all).toMatchObject({ state: 'signed', employerName: 'Nursery of the two banks' });
    expect((await api.post(base(), { ...three, employerId: undefined }).expect(422)).body).toMatchObject({ errors: [{ field: 'employerId' }] });
  });
});

describe('the task of a protocol that an agreement does', () => {
  const key = (): string => `pathways.task:${enrolment}:two-party-agreement`;
  const outcome = async (): Promise<string | null> => (await app.rows<{ outcome: string | null }>('select outcome from agenda_entry where participant_id = $1 and key = $2', [awa, key()]))[0]!.outcome;
  /** As a hire opens it. */
  const opened = (): Promise<void> => app.acting(world.ana, (actor) => {
    app.database.hold([awa]);
    return app.get(AgendaService).want(actor, { participantId: awa, enrolmentId: enrolment, key: key(), kind: 'protocol-task', fromOn: '2026-03-02', dueOn: '2026-04-01', forWhom: 'coach', subject: { kind: 'agreement', id: null }, params: { title: { fr: 'Accord', es: 'Acuerdo', en: 'Agreement' } }, byHand: true });
  });

  it('is done by the last signature, and leads to the plan until then', async () => {
    await opened();
    const one = await signed(await write(), 'participant');
    expect(await outcome()).toBeNull();
    await signed(one, 'service');
    expect(await outcome()).toBe('done');
  });

  it('is done at once where the agreement was signed before a step opened it', async () => {
    await signed(await signed(await write(), 'participant'), 'service');
    await opened();
    await api.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'wait', reviewOn: '2026-03-20', version: 1 }).expect(201);
    expect(await outcome()).toBe('done');
  });
});

describe('where law asks for a signature beside the person', () => {
  const measure = { kind: 'assistance', holder: 'Aline Roux', acts: ['agreement'], fromOn: '2025-01-01' };
  const add = async (more: object = {}): Promise<string> => ((await api.post(`/api/v1/participants/${awa}/measures`, { ...measure, ...more }).expect(201)).body as { id: string }).id;

  it('the agreement waits for that one too, after the person’s own', async () => {
    await add();
    const one = await write();
    expect(one.missing).toEqual(['participant', 'legal', 'service']);
    expect((await sign(one, 'legal', { name: 'Aline Roux' }).expect(409)).body).toMatchObject({ code: 'person-signs-first' });
    const both = await signed(await signed(one, 'participant'), 'service');
    expect(both).toMatchObject({ state: 'waiting', signedOn: null, missing: ['legal'] });
    const form = (await ana.get(`${path(one)}/signatures/new?party=legal`).expect(200)).text;
    expect(form).toContain('value="Aline Roux"');
    expect(await signed(both, 'legal', { name: 'Aline Roux', capacity: 'Curator' })).toMatchObject({ state: 'signed', missing: [] });
  });

  it('the agreement that waits for nothing else is signed once the measure is taken back, or no longer covers it', async () => {
    for (const gone of ['withdrawn', 'edited'] as const) {
      const id = await add({ holder: gone });
      const both = await signed(await signed(await write(), 'participant'), 'service', { signedOn: '2026-03-02' });
      expect(both).toMatchObject({ state: 'waiting', missing: ['legal'] });
      const at = `/api/v1/participants/${awa}/measures/${id}`;
      if (gone === 'withdrawn') await api.post(`${at}/withdraw`, { reason: 'Of another person', version: 1 }).expect(200);
      else await api.put(at, { ...measure, holder: gone, acts: ['disclosure'], version: 1 }).expect(200);
      const now = (await api.get(`${base()}/${both.id}`).expect(200)).body as Agreement;
      expect(now).toMatchObject({ state: 'signed', signedOn: '2026-03-02', missing: [] });
      await api.post(`${base()}/${both.id}/end`, { endedOn: '2026-03-02', reason: 'Another is written', version: now.version }).expect(200);
    }
  });

  it('nobody signs beside who signs alone', async () => {
    const one = await signed(await write(), 'participant');
    expect((await sign(one, 'legal', { name: 'Aline Roux' }).expect(409)).body).toMatchObject({ code: 'nobody-signs-beside' });
  });

  it('an adult outside the service signs where the service holds the measure', async () => {
    await add({ byService: true, holder: 'The service' });
    const one = await signed(await write(), 'participant');
    expect((await sign(one, 'legal').expect(422)).body).toMatchObject({ errors: [{ field: 'name', code: 'required' }] });
    expect((await sign(one, 'legal', { name: 'The Service' }).expect(422)).body).toMatchObject({ errors: [{ field: 'name', code: 'outside-the-service' }] });
    await signed(one, 'legal', { name: 'Paul Neuf' });
  });

  it('the agreement waits where the measure has ended, and says so', async () => {
    await add({ untilOn: '2026-02-28' });
    const one = await write();
    expect(one.waitsSince).toBe('2026-02-28');
    expect((await sign(one, 'participant').expect(409)).body).toMatchObject({ code: 'measure-expired' });
    expect(wordsOf((await ana.get(path(one))).text)).toContain('The agreement waits');
  });
});

describe('the papers of an agreement', () => {
  it('are added beside it, opened, and taken away with a reason', async () => {
    const one = await write();
    await ana.upload(`${path(one)}/documents`, day('datedOn', '2026-03-01'), { name: 'signed.pdf', content: aPdf() }).expect(303).expect('location', path(one));
    const [paper] = ((await api.get(`${base()}/${one.id}`)).body as Agreement).documents;
    expect(wordsOf((await ana.get(path(one))).text)).toContain('signed.pdf');
    await ana.get(`${path(one)}/documents/${paper!.id}`).expect(200).expect('content-type', /pdf/);
    await ana.post(`${path(one)}/documents/${paper!.id}/remove`, { reason: 'Of somebody else', version: '1' }).expect(303);
    await ana.get(`${path(one)}/documents/${paper!.id}`).expect((answer) => expect(answer.status).toBeGreaterThanOrEqual(400));
    expect(wordsOf((await ana.get(path(one))).text)).toContain('Of somebody else');
  });

  it('are what their name says, and are there', async () => {
    const one = await write();
    const refused = await ana.upload(`${path(one)}/documents`, {}, { name: 'signed.pdf', content: aPng() }).expect(422);
    expect(refused.text).toContain('href="#file"');
    await ana.upload(`${path(one)}/documents`, {}, null).expect(422);
    await ana.upload(`${path(one)}/documents`, day('datedOn', '2026-03-03'), { name: 'signed.pdf', content: aPdf() }).expect(422);
  });
});
