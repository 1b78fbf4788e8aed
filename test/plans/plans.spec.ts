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
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-10' }));
});
afterEach(async () => {
  const system = Actor.system('check', world.service);
  expect(await app.database.read(system, () => app.get(AgendaCheck).differences(system))).toEqual([]);
});

interface Plan {
  id: string; kind: string; version: number; next: string; closedOn: string | null; goals: { id: string; version: number; state: string }[]; actions: { id: string; version: number; state: string; late: boolean }[];
  agreement: { agreedOn: string; coSigner: string | null; validated: { on: string; as: string } | null } | null; earlier: { agreedOn: string; supersededOn: string }[];
}
const base = (): string => `/api/v1/participants/${awa}/plans`;
const day = (name: string, on: string): Record<string, string> => {
  const [year, month, date] = on.split('-') as [string, string, string];
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};
const open = async (more: object = {}): Promise<Plan> => (await api.post(base(), { enrolmentId: enrolment, kind: 'search', openedOn: '2026-03-02', goal: 'To work outside', goalOwnWords: true, ...more }).expect(201)).body as Plan;
const read = async (plan: { id: string }): Promise<Plan> => (await api.get(`${base()}/${plan.id}`).expect(200)).body as Plan;
const agree = (plan: Plan, more: object = {}): ReturnType<Caller['post']> => api.post(`${base()}/${plan.id}/agreement`, { agreedOn: '2026-03-02', format: 'easy-read', giver: 'self', version: plan.version, ...more });
const entries = (): Promise<{ kind: string; from_on: string; due_on: string; done: string | null; params: object }[]> =>
  app.rows("select kind, from_on::text, due_on::text, outcome as done, params from agenda_entry where participant_id = $1 and kind in ('plan-action', 'plan-review') order by kind, due_on", [awa]);

describe('a plan', () => {
  it('is opened by hand, with a goal in the words of the person, and shown on the tab', async () => {
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`).expect(200)).text)).toContain('No plan is open');
    const form = (await ana.get(`/participants/${awa}/plans/new`).expect(200)).text;
    expect(form).toContain(`<input type="hidden" name="enrolmentId" value="${enrolment}">`);
    expect(form).not.toContain('value="business"');
    const sent = await ana.post(`/participants/${awa}/plans`, { enrolmentId: enrolment, kind: 'search', ...day('openedOn', '2026-03-02'), goal: 'To work outside', goalOwnWords: 'on' }).expect(303);
    expect(wordsOf((await ana.follow(sent).expect(200)).text)).toContain('The person has not agreed yet');
    const tab = wordsOf((await ana.get(`/participants/${awa}/plan`).expect(200)).text);
    for (const words of ['Search plan', '“To work outside”', 'The person has not agreed yet', 'No action yet']) expect(tab).toContain(words);
  });

  it('is one of its kind on a pathway, of a kind that the pathway knows', async () => {
    await open();
    expect((await api.post(base(), { enrolmentId: enrolment, kind: 'search', openedOn: '2026-03-02' }).expect(409)).body).toMatchObject({ code: 'plan-already-open' });
    await open({ kind: 'support' });
    expect((await api.post(base(), { enrolmentId: enrolment, kind: 'business', openedOn: '2026-03-02' }).expect(422)).body).toMatchObject({ errors: [{ field: 'kind', code: 'not-of-this-pathway' }] });
    const { enrolment: hers } = await aReferredPerson(app, world, { coach: world.ben });
    expect((await api.post(base(), { enrolmentId: hers, kind: 'action', openedOn: '2026-03-02' }).expect(422)).body).toMatchObject({ errors: [{ field: 'enrolmentId', code: 'not-in-list' }] });
  });

  it('opens neither before the referral nor ahead, and is looked at again within a year', async () => {
    const refused = await api.post(base(), { enrolmentId: enrolment, kind: 'search', openedOn: '2026-01-09', reviewOn: '2027-03-03' }).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ field: 'openedOn', code: 'not-before' }, { field: 'reviewOn', code: 'not-after' }] });
    await api.post(base(), { enrolmentId: enrolment, kind: 'search', openedOn: '2026-03-03' }).expect(422);
    const typed = await ana.post(`/participants/${awa}/plans`, { enrolmentId: enrolment, kind: 'search', ...day('openedOn', '2026-03-03'), goal: 'Kept as typed' }).expect(422);
    expect(typed.text).toContain('Kept as typed');
  });

  it('is agreed by the person, then validated; a search plan by the coach as well', async () => {
    const plan = await open();
    expect((await api.post(`${base()}/${plan.id}/validation`, { validatedOn: '2026-03-02', version: plan.version }).expect(409)).body).toMatchObject({ code: 'plan-not-agreed' });
    const agreed = (await agree(plan).expect(200)).body as Plan;
    expect(agreed).toMatchObject({ next: 'validation', agreement: { agreedOn: '2026-03-02', validated: null } });
    expect((await agree(agreed).expect(409)).body).toMatchObject({ code: 'plan-agreed-already' });
    const validated = (await api.post(`${base()}/${plan.id}/validation`, { validatedOn: '2026-03-02', version: agreed.version }).expect(200)).body as Plan;
    expect(validated).toMatchObject({ next: 'nothing', agreement: { validated: { on: '2026-03-02', as: 'coach' } } });
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`)).text)).toContain('Agreed and validated');
  });

  it('says yes to nothing where no goal stands', async () => {
    const plan = await open({ goal: undefined, goalOwnWords: undefined });
    expect((await agree(plan).expect(409)).body).toMatchObject({ code: 'plan-without-goals' });
    const form = await ana.post(`/participants/${awa}/plans/${plan.id}/agreement`, { ...day('agreedOn', '2026-03-02'), format: 'plain', giver: 'self', version: '1' }).expect(409);
    expect(wordsOf(form.text)).toContain('cannot say yes to an empty plan');
  });

  it('asks for a new agreement when its goals change, and not when one is reached', async () => {
    const plan = await open();
    await agree(plan).expect(200);
    const [goal] = (await read(plan)).goals;
    app.clock.set('2026-03-09T09:00:00Z');
    const reached = (await api.put(`${base()}/${plan.id}/goals/${goal!.id}`, { words: 'To work outside', ownWords: true, state: 'reached', version: goal!.version }).expect(200)).body as Plan;
    expect(reached).toMatchObject({ next: 'validation', agreement: { agreedOn: '2026-03-02' } });
    const changed = (await api.post(`${base()}/${plan.id}/goals`, { words: 'To earn more', ownWords: true }).expect(201)).body as Plan;
    expect(changed).toMatchObject({ next: 'agreement', agreement: null, earlier: [{ agreedOn: '2026-03-02', supersededOn: '2026-03-09' }] });
    // Nobody has agreed to it before it was set, nor to what they have not read.
    expect((await agree(changed).expect(422)).body).toMatchObject({ errors: [{ field: 'agreedOn', code: 'not-before' }] });
    expect((await agree(reached, { agreedOn: '2026-03-09' }).expect(409)).body).toMatchObject({ code: 'edited-meanwhile' });
    expect((await agree(changed, { agreedOn: '2026-03-09' }).expect(200)).body).toMatchObject({ agreement: { agreedOn: '2026-03-09' }, next: 'validation' });
  });

  it('has beside the person’s yes the signature that law asks for, never instead of it', async () => {
    const measure = { kind: 'assistance', holder: 'Aline Roux', acts: ['plan'], fromOn: '2025-01-01' };
    const { id } = (await api.post(`/api/v1/participants/${awa}/measures`, measure).expect(201)).body as { id: string };
    const plan = await open();
    expect((await agree(plan).expect(409)).body).toMatchObject({ code: 'legal-signature-needed' });
    expect((await agree(plan, { giver: 'legal' }).expect(422)).body).toMatchObject({ errors: [{ field: 'giver', code: 'not-in-list' }] });
    const form = (await ana.get(`/participants/${awa}/plans/${plan.id}/agreement`).expect(200)).text;
    expect(form).toContain('value="Aline Roux"');
    await api.put(`/api/v1/participants/${awa}/measures/${id}`, { ...measure, untilOn: '2026-02-28', version: 1 }).expect(200);
    expect((await agree(plan).expect(409)).body).toMatchObject({ code: 'measure-expired' });
    await api.put(`/api/v1/participants/${awa}/measures/${id}`, { ...measure, version: 2 }).expect(200);
    expect((await agree(plan, { giver: 'self-and-legal' }).expect(200)).body).toMatchObject({ agreement: { giver: 'self-and-legal', coSigner: 'Aline Roux' } });
  });

  it('makes each action due, and its review', async () => {
    const plan = await open({ reviewOn: '2026-06-01' });
    const added = (await api.post(`${base()}/${plan.id}/actions`, { what: 'Ring the nursery', who: 'person', dueOn: '2026-03-10' }).expect(201)).body as Plan;
    const [action] = added.actions;
    expect(await entries()).toEqual([
      { kind: 'plan-action', from_on: '2026-03-07', due_on: '2026-03-10', done: null, params: { who: 'person' } }, { kind: 'plan-review', from_on: '2026-05-25', due_on: '2026-06-01', done: null, params: {} },
    ]);
    const path = `${base()}/${plan.id}/actions/${action!.id}`;
    const moved = (await api.put(path, { what: 'Ring the nursery', who: 'coach', dueOn: '2026-03-12', state: 'open', version: 1 }).expect(200)).body as Plan;
    expect(await entries()).toMatchObject([{ due_on: '2026-03-12', params: { who: 'coach' } }, {}]);
    await ana.post(`/participants/${awa}/plans/${plan.id}/actions/${action!.id}/done`, { version: String(moved.actions[0]!.version) }).expect(303).expect('location', `/participants/${awa}/plans/${plan.id}`);
    expect(await entries()).toMatchObject([{ done: 'done' }, { done: null }]);
    // Done by mistake: it is due again.
    await api.put(path, { what: 'Ring the nursery', who: 'coach', dueOn: '2026-03-12', state: 'open', version: 3 }).expect(200);
    expect(await entries()).toMatchObject([{ done: null }, { done: null }]);
    await api.put(path, { what: 'Ring the nursery', who: 'coach', dueOn: '2026-03-12', state: 'dropped', version: 4 }).expect(200);
    expect(await entries()).toMatchObject([{ done: 'withdrawn' }, { done: null }]);
    await api.put(`${base()}/${plan.id}`, { version: (await read(plan)).version }).expect(200);
    expect(await entries()).toMatchObject([{}, { done: 'withdrawn' }]);
    expect(wordsOf((await ana.get('/today')).text)).not.toContain('Ring the nursery');
  });

  it('refuses an action due before it was decided, or that nobody follows', async () => {
    const plan = await open();
    expect((await api.post(`${base()}/${plan.id}/actions`, { what: 'x', who: 'person', dueOn: '2026-03-01' }).expect(422)).body).toMatchObject({ errors: [{ field: 'dueOn', code: 'not-before' }] });
    expect((await api.post(`${base()}/${plan.id}/actions`, { what: 'x', who: 'person', dueOn: '2028-03-03' }).expect(422)).body).toMatchObject({ errors: [{ field: 'dueOn', code: 'not-after' }] });
    const typed = await ana.post(`/participants/${awa}/plans/${plan.id}/actions`, { what: 'Ring up', who: 'nobody' }).expect(422);
    for (const field of ['who', 'dueOn']) expect(typed.text).toContain(`href="#${field}"`);
    expect(typed.text).toContain('Ring up');
  });

  it('closed, takes its reminders along and changes no more', async () => {
    const plan = await open({ reviewOn: '2026-06-01' });
    await api.post(`${base()}/${plan.id}/closing`, { closedOn: '2026-03-02', version: plan.version }).expect(200);
    expect(await entries()).toMatchObject([{ kind: 'plan-review', done: 'withdrawn' }]);
    expect((await api.post(`${base()}/${plan.id}/goals`, { words: 'Another' }).expect(409)).body).toMatchObject({ code: 'plan-closed' });
    await open();
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`)).text)).toContain('Closed plans');
  });

  it('goes with its pathway, and comes back with it as the plan stands by then', async () => {
    const plan = await open({ reviewOn: '2026-06-01' });
    const added = (await api.post(`${base()}/${plan.id}/actions`, { what: 'Ring up', who: 'person', dueOn: '2026-03-10' }).expect(201)).body as Plan;
    await api.post(`/api/v1/enrolments/${enrolment}/steps`, { step: 'close-before-admission', reason: 'deceased', version: 1 }).expect(201);
    expect((await entries()).map(({ done }) => done)).toEqual(['withdrawn', 'withdrawn']);
    await api.post(`${base()}/${plan.id}/actions/${added.actions[0]!.id}/done`, { version: 1 }).expect(200);
    const { version } = (await api.get(`/api/v1/enrolments/${enrolment}`)).body as { version: number };
    await api.post(`/api/v1/enrolments/${enrolment}/annulments`, { reason: 'by mistake', version }).expect(201);
    expect((await entries()).map(({ done }) => done)).toEqual(['done', null]);
  });

  it('is nobody else’s, not even under one’s own person', async () => {
    const plan = await open();
    const hers = await aParticipant(app, world.ana);
    await api.get(`/api/v1/participants/${hers}/plans/${plan.id}`).expect(404);
    await ana.get(`/participants/${hers}/plans/${plan.id}/goals/new`).expect(404);
    await (await app.api(world.ben)).get(`${base()}/${plan.id}`).expect(404);
    await (await app.api(world.manager)).get(`${base()}/${plan.id}`).expect(200);
  });

  it('shows both values to who saves over somebody else', async () => {
    const plan = await open();
    const edit = (note: string): ReturnType<Browser['post']> => ana.post(`/participants/${awa}/plans/${plan.id}`, { note, version: String(plan.version) });
    await edit('First').expect(303);
    const refused = await edit('Second').expect(409);
    for (const words of ['First', 'Second']) expect(wordsOf(refused.text)).toContain(words);
  });
});

describe('natural supports', () => {
  const supports = (): string => `/api/v1/participants/${awa}/supports`;

  it('are named with who, for what and since when, and end', async () => {
    const named = (await api.post(supports(), { enrolmentId: enrolment, name: 'Nadia', relation: 'colleague', forWhat: 'New tasks', fromOn: '2026-02-01' }).expect(201)).body as { id: string };
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`)).text)).toContain('Nadia · New tasks');
    expect((await api.put(`${supports()}/${named.id}`, { name: 'Nadia', relation: 'colleague', fromOn: '2026-02-01', endedOn: '2026-01-01', version: 1 }).expect(422)).body).toMatchObject({ errors: [{ field: 'endedOn', code: 'not-before' }] });
    expect((await api.put(`${supports()}/${named.id}`, { name: 'Nadia', relation: 'colleague', fromOn: '2026-02-01', endedOn: '2026-03-01', version: 1 }).expect(200)).body).toMatchObject({ stands: false, endedOn: '2026-03-01' });
  });

  it('or nobody is needed, which is a full answer and stands beside no name', async () => {
    const none = (await api.post(supports(), { enrolmentId: enrolment, noneNeeded: true, fromOn: '2026-02-01' }).expect(201)).body as { id: string };
    expect(wordsOf((await ana.get(`/participants/${awa}/plan`)).text)).toContain('None needed');
    expect((await api.post(supports(), { enrolmentId: enrolment, noneNeeded: true, fromOn: '2026-02-02' }).expect(409)).body).toMatchObject({ code: 'support-already-there' });
    await api.post(supports(), { enrolmentId: enrolment, name: 'Nadia', relation: 'tutor', fromOn: '2026-03-01' }).expect(201);
    expect((await api.get(supports())).body).toMatchObject({ items: [{ name: 'Nadia', stands: true }, { id: none.id, noneNeeded: true, stands: false, endedOn: '2026-03-01' }] });
    expect((await api.post(supports(), { enrolmentId: enrolment, noneNeeded: true, fromOn: '2026-03-02' }).expect(409)).body).toMatchObject({ code: 'supports-named-already' });
  });

  it('by hand: a name or the box, with what was typed kept', async () => {
    const neither = await ana.post(`/participants/${awa}/supports`, { enrolmentId: enrolment, ...day('fromOn', '2026-03-02'), forWhat: 'Company' }).expect(422);
    expect(wordsOf(neither.text)).toContain('write a name, or tick');
    expect(neither.text).toContain('Company');
    await ana.post(`/participants/${awa}/supports`, { enrolmentId: enrolment, noneNeeded: 'on', name: 'Nadia', relation: 'tutor', ...day('fromOn', '2026-03-02') }).expect(422);
    await ana.post(`/participants/${awa}/supports`, { enrolmentId: enrolment, noneNeeded: 'on', ...day('fromOn', '2026-03-02') }).expect(303).expect('location', `/participants/${awa}/plan`);
  });
});
