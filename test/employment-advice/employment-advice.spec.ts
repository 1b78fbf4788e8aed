import { AgendaCheck } from '../../src/modules/agenda';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Browser, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
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
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' }));
});

const on = (name: string, day: string): Record<string, string> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const APPLIED = { employerName: 'Le Fournil', title: 'Commis de cuisine', foundBy: 'coach' };
const JSON_APPLIED = { ...APPLIED, state: 'interview', appliedOn: '2026-02-20', interviewOn: '2026-03-12' };
const agenda = (person: string): Promise<{ kind: string; from_on: string; due_on: string; done_on: string | null; outcome: string | null; params: object }[]> =>
  app.rows("select kind, from_on::text, due_on::text, done_on::text, outcome, params from agenda_entry where participant_id = $1 and kind = 'interview'", [person]);
const differences = (): Promise<unknown[]> => app.database.read(Actor.system('check', world.service), () => app.get(AgendaCheck).differences(Actor.system('check', world.service)));

describe('applications', () => {
  it('are noted on one screen and stand in a simple list', async () => {
    expect(wordsOf((await ana.get(`/participants/${awa}/applications`).expect(200)).text)).toContain('No application yet');
    await ana.post(`/participants/${awa}/applications/new`, { ...APPLIED, state: 'sent', ...on('appliedOn', '2026-02-20') }).expect(303).expect('location', `/participants/${awa}/applications`);
    await ana.post(`/participants/${awa}/applications/new`, { ...APPLIED, employerName: 'La Cantine', state: 'refused', ...on('stateOn', '2026-03-01') }).expect(303);
    const list = wordsOf((await ana.get(`/participants/${awa}/applications`).expect(200)).text);
    expect(list).toContain('2 applications');
    expect(list.indexOf('Le Fournil')).toBeLessThan(list.indexOf('La Cantine'));
    const [first] = ((await api.get(`/api/v1/participants/${awa}/applications`).expect(200)).body as { items: object[] }).items;
    expect(first).toMatchObject({ employerName: 'Le Fournil', state: 'sent', stateOn: '2026-03-02', appliedOn: '2026-02-20', enrolmentId: enrolment, ended: false });
  });

  it('know the employers of the service by their name, and take any other as a name', async () => {
    const { id } = (await api.post('/api/v1/employers', { name: 'Crêperie du Port' }).expect(201)).body as { id: string };
    const apply = async (employerName: string): Promise<unknown> => (await api.post(`/api/v1/participants/${awa}/applications`, { ...APPLIED, employerName, state: 'planned' }).expect(201)).body;
    expect(await apply('creperie du port')).toMatchObject({ employerId: id, employerName: 'creperie du port' });
    expect(await apply('Crêperie')).toMatchObject({ employerId: null });
  });

  it('leave as a table that runs nothing', async () => {
    await api.post(`/api/v1/participants/${awa}/applications`, { ...JSON_APPLIED, employerName: '=1+1' }).expect(201);
    const { text, headers } = await ana.get(`/participants/${awa}/applications/export`).expect(200);
    expect(headers['content-disposition']).toContain('applications-2026-03-02.csv');
    expect(text).toContain('"\'=1+1","Commis de cuisine","interview","2026-03-02","2026-02-20","2026-03-12","the coach",');
  });

  it('put an interview to come on the agenda, without the employer, until its outcome is noted', async () => {
    const made = (await api.post(`/api/v1/participants/${awa}/applications`, JSON_APPLIED).expect(201)).body as { id: string };
    expect(await agenda(awa)).toEqual([{ kind: 'interview', from_on: '2026-03-05', due_on: '2026-03-12', done_on: null, outcome: null, params: {} }]);
    expect(await differences()).toEqual([]);
    app.clock.set('2026-03-12T09:00:00Z');
    app.forget(world.ana);
    const [later, program] = [await app.as(world.ana), await app.api(world.ana)];
    const today = (await later.get('/today').expect(200)).text;
    expect(wordsOf(today)).toContain('Job interview on');
    expect(today).toContain(`/participants/${awa}/applications/${made.id}`);
    await program.put(`/api/v1/participants/${awa}/applications/${made.id}`, { ...JSON_APPLIED, interviewOn: '2026-03-20', version: 1 }).expect(200);
    expect(await agenda(awa)).toMatchObject([{ due_on: '2026-03-20', done_on: null }]);
    await later.post(`/participants/${awa}/applications/${made.id}`, { ...APPLIED, state: 'trial', ...on('appliedOn', '2026-02-20'), ...on('interviewOn', '2026-03-20'), version: '2' }).expect(303);
    expect(await agenda(awa)).toMatchObject([{ done_on: '2026-03-12', outcome: 'done' }]);
    expect(await differences()).toEqual([]);
  });

  it('lose their interview with the end of the support, and get it back with the annulment, as it stands then', async () => {
    const made = (await api.post(`/api/v1/participants/${awa}/applications`, JSON_APPLIED).expect(201)).body as { id: string };
    const kept = (await api.post(`/api/v1/participants/${awa}/applications`, { ...JSON_APPLIED, interviewOn: '2026-03-14' }).expect(201)).body as { id: string };
    await api.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'close-before-admission', reason: 'deceased', version: 1 }).expect(201);
    expect((await agenda(awa)).map((one) => one.outcome)).toEqual(['withdrawn', 'withdrawn']);
    expect(await differences()).toEqual([]);
    await api.put(`/api/v1/participants/${awa}/applications/${made.id}`, { ...JSON_APPLIED, state: 'refused', version: 1 }).expect(200);
    await api.post(`/api/v1/enrolments/${enrolment}/annulments`, { reason: 'somebody else', version: 2 }).expect(201);
    expect(await differences()).toEqual([]);
    expect((await agenda(awa)).filter((one) => one.done_on === null)).toMatchObject([{ due_on: '2026-03-14' }]);
    expect(kept.id).not.toBe(made.id);
  });

  it('refuse days that cannot be, all at once, and keep what was typed', async () => {
    const page = await ana.post(`/participants/${awa}/applications/new`, { employerName: 'Le Fournil', title: '', foundBy: 'coach', state: 'sent', ...on('stateOn', '2026-03-09') }).expect(422);
    const words = wordsOf(page.text);
    for (const fault of ['Fill in “Job”', '“Since when”: that day is still to come', 'Fill in “Applied on”']) expect(words).toContain(fault);
    expect(page.text).toContain('value="Le Fournil"');
    const { body } = await api.post(`/api/v1/participants/${awa}/applications`, { ...JSON_APPLIED, interviewOn: '2026-02-01' }).expect(422) as { body: object };
    expect(body).toMatchObject({ errors: [{ field: 'interviewOn', code: 'not-before' }] });
    await api.post(`/api/v1/participants/${awa}/applications`, { ...APPLIED, state: 'interview' }).expect(422);
    await api.post(`/api/v1/participants/${awa}/applications`, { ...APPLIED, state: 'hired' }).expect(422);
  });

  it('are nobody else’s, are not overwritten unseen, and are noted once however often the button is pressed', async () => {
    const elsewhere = await aParticipant(app, world.ben);
    await api.get(`/api/v1/participants/${elsewhere}/applications`).expect(404);
    await ana.post(`/participants/${elsewhere}/applications/new`, { ...APPLIED, state: 'planned' }).expect(404);
    const same = { _key: 'double-click-a', ...APPLIED, state: 'planned' };
    await ana.post(`/participants/${awa}/applications/new`, same).expect(303);
    await ana.post(`/participants/${awa}/applications/new`, same).expect(303);
    const { items } = (await api.get(`/api/v1/participants/${awa}/applications`).expect(200)).body as { items: { id: string }[] };
    expect(items).toHaveLength(1);
    const own = await aParticipant(app, world.ana);
    await api.put(`/api/v1/participants/${own}/applications/${items[0]!.id}`, { ...JSON_APPLIED, version: 1 }).expect(404);
    await api.put(`/api/v1/participants/${awa}/applications/${items[0]!.id}`, { ...JSON_APPLIED, version: 1 }).expect(200);
    const { body } = await api.put(`/api/v1/participants/${awa}/applications/${items[0]!.id}`, { ...JSON_APPLIED, title: 'Plongeur', version: 1 }).expect(409) as { body: object };
    expect(body).toMatchObject({ code: 'edited-meanwhile', now: { title: 'Commis de cuisine' }, sent: { title: 'Plongeur' } });
  });
});

describe('benefits advice', () => {
  it('says the situation, what changes and in which format; or that the person declined', async () => {
    await ana.post(`/participants/${awa}/benefits-advice`, { answer: 'given', ...on('givenOn', '2026-03-01'), situation: 'AAH', changes: 'Nothing below 700 €', format: 'easy-read' }).expect(303);
    await api.post(`/api/v1/participants/${awa}/benefits-advice`, { answer: 'declined', givenOn: '2026-03-02' }).expect(201);
    const page = wordsOf((await ana.get(`/participants/${awa}/benefits-advice`).expect(200)).text);
    for (const said of ['The person does not want it', 'Nothing below 700 €', 'easy-read']) expect(page).toContain(said);
    const { items } = (await api.get(`/api/v1/participants/${awa}/benefits-advice`).expect(200)).body as { items: object[] };
    expect(items).toMatchObject([{ answer: 'declined', situation: null, enrolmentId: enrolment }, { answer: 'given', format: 'easy-read', recordedByName: world.ana.name }]);
  });

  it('is not given with nothing said, nor declined with something', async () => {
    const given = wordsOf((await ana.post(`/participants/${awa}/benefits-advice`, { answer: 'given', ...on('givenOn', '2026-03-01') }).expect(422)).text);
    for (const label of ['The situation', 'What changes, at which income', 'In which format']) expect(given).toContain(`Fill in “${label}”`);
    const { body } = await api.post(`/api/v1/participants/${awa}/benefits-advice`, { answer: 'declined', givenOn: '2026-03-02', changes: 'much' }).expect(422) as { body: object };
    expect(body).toMatchObject({ errors: [{ field: 'changes', code: 'not-with-declined' }] });
    await api.post(`/api/v1/participants/${awa}/benefits-advice`, { answer: 'declined', givenOn: '2026-03-09' }).expect(422);
  });
});

describe('the person’s agreement', () => {
  const path = (): string => `/participants/${awa}/enrolments/${enrolment}/agreed-steps`;

  it('is asked with its wording, and answered by the person alone or with somebody beside them', async () => {
    const form = wordsOf((await ana.get(`${path()}?to=standby`).expect(200)).text);
    expect(form).toContain('we get in touch at least every six months');
    expect(form).toContain('Nobody answers instead');
    await ana.post(`${path()}?to=standby`, { to: 'standby', answer: 'no', ...on('answeredOn', '2026-03-01'), format: 'plain', giver: 'self' }).expect(303);
    await api.post(`/api/v1${path()}`, { to: 'leave', answer: 'yes', answeredOn: '2026-03-02', format: 'sign', giver: 'self-with-support' }).expect(201);
    const { items } = (await api.get(`/api/v1${path()}`).expect(200)).body as { items: object[] };
    expect(items).toMatchObject([{ to: 'leave', answer: 'yes', giver: 'self-with-support' }, { to: 'standby', answer: 'no', answeredOn: '2026-03-01' }]);
    expect(wordsOf((await ana.get(`${path()}?to=standby`).expect(200)).text)).toContain('Answers already given');
  });

  it('is nobody’s to give instead, and is not asked of somebody else’s enrolment or of a support that has ended', async () => {
    const yes = { to: 'standby', answer: 'yes', answeredOn: '2026-03-02', format: 'plain', giver: 'self' };
    const { body } = await api.post(`/api/v1${path()}`, { ...yes, giver: 'guardian' }).expect(422) as { body: object };
    expect(body).toMatchObject({ errors: [{ field: 'giver', code: 'not-in-list' }] });
    await api.post(`/api/v1${path()}`, { ...yes, answeredOn: '2026-03-03' }).expect(422);
    const other = await aReferredPerson(app, world);
    await api.post(`/api/v1/participants/${awa}/enrolments/${other.enrolment}/agreed-steps`, yes).expect(404);
    await api.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'close-before-admission', reason: 'deceased', version: 1 }).expect(201);
    expect((await api.post(`/api/v1${path()}`, yes).expect(409)).body).toMatchObject({ code: 'support-ended' });
    expect(wordsOf((await ana.get(`${path()}?to=leave`).expect(200)).text)).toContain('The support has ended');
  });
});
