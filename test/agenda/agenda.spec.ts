import { AgendaCheck, AgendaService, type Want } from '../../src/modules/agenda';
import { Actor } from '../../src/platform/access/actor';
import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';

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

const on = (day: string): Record<string, string> => {
  const [year, month, date] = day.split('-') as [string, string, string];
  return { 'dueOn-day': date, 'dueOn-month': month, 'dueOn-year': year };
};
const call = (person: string, more: Partial<Want> = {}): Want => ({
  participantId: person, key: 'call', kind: 'silence', fromOn: '2026-03-01', dueOn: '2026-03-03', forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since: '2026-02-01' }, ...more,
});
const want = (one: Want): Promise<void> => app.acting(world.ana, (actor) => {
  app.database.hold([one.participantId]);
  return app.get(AgendaService).want(actor, one);
});
const open = (person: string): ReturnType<AgendaService['openOf']> => app.acting(world.ana, (actor) => app.get(AgendaService).openOf(actor, person));
const differences = (): ReturnType<AgendaCheck['differences']> => {
  const system = Actor.system('agenda-check', world.service);
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};

describe('what is wanted about a person', () => {
  it('is one and the same under its key: wanted again it moves, closed it opens again', async () => {
    const person = await aParticipant(app, world.ana);
    await want(call(person));
    await want(call(person, { dueOn: '2026-03-10' }));
    expect((await open(person)).map(({ key, dueOn }) => [key, dueOn])).toEqual([['call', '2026-03-10']]);
    await app.acting(world.ana, (actor) => {
      app.database.hold([person]);
      return app.get(AgendaService).done(actor, person, 'call');
    });
    expect(await open(person)).toEqual([]);
    await want(call(person));
    expect(await open(person)).toHaveLength(1);
  });

  it('gives the nearest thing to do as the next action, a warning only where there is nothing to do', async () => {
    const person = await aParticipant(app, world.ana);
    const next = async (): Promise<string | undefined> => (await app.acting(world.ana, (actor) => app.get(AgendaService).nextOf(actor, [person]))).get(person)?.key;
    await want(call(person, { key: 'warning', nature: 'warning', dueOn: '2026-03-02' }));
    expect(await next()).toBe('warning');
    await want(call(person, { key: 'far', dueOn: '2026-04-02' }));
    await want(call(person, { key: 'near', dueOn: '2026-03-12' }));
    expect(await next()).toBe('near');
  });

  it('is nobody else\'s: neither another coach nor another service reaches it', async () => {
    const person = await aParticipant(app, world.ana);
    await want(call(person));
    const [entry] = await open(person);
    const other = await app.world();
    for (const user of [world.ben, other.ana, other.manager]) {
      const browser = await app.as(user);
      await browser.get(`/agenda/${entry!.id}/postpone`).expect(404);
      await browser.post(`/agenda/${entry!.id}/done`, { version: '1' }).expect(404);
    }
  });
});

describe('a coach puts something off', () => {
  let person: string;
  let id: string;
  beforeEach(async () => {
    person = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await want(call(person));
    id = (await open(person))[0]!.id;
  });

  it('with a reason; it leaves Today until then, and the log keeps why', async () => {
    await ana.post(`/agenda/${id}/postpone`, { ...on('2026-03-20'), reason: 'She is away', version: '1' }).expect(303).expect('location', '/today');
    expect(wordsOf((await ana.get('/today').expect(200)).text)).not.toContain('Not heard from');
    app.clock.set('2026-03-20T09:00:00Z');
    app.forget(world.ana);
    const page = wordsOf((await (await app.as(world.ana)).get('/today').expect(200)).text);
    expect(page).toContain(`Put off from 3 Mar by ${world.ana.name}, on 2 Mar: She is away`);
    expect(await app.rows('select reason from audit_event where action = $1 and participant_id = $2', ['agenda-entry.postponed', person])).toEqual([{ reason: 'She is away' }]);
  });

  it('but not into the past, not for ever, and not without saying why', async () => {
    for (const [day, message] of [['2026-03-02', 'not before'], ['2026-06-10', 'not after']] as const) {
      const refused = await ana.post(`/agenda/${id}/postpone`, { ...on(day), reason: 'x', version: '1' }).expect(422);
      expect(wordsOf(refused.text)).toContain(message);
      expect(refused.text).toMatch(/>\s*x<\/textarea>/);
    }
    await ana.post(`/agenda/${id}/postpone`, { ...on('2026-03-20'), version: '1' }).expect(422);
  });

  it('sees both values when somebody was faster', async () => {
    await ana.post(`/agenda/${id}/postpone`, { ...on('2026-03-20'), reason: 'first', version: '1' }).expect(303);
    const late = await ana.post(`/agenda/${id}/postpone`, { ...on('2026-03-25'), reason: 'second', version: '1' }).expect(409);
    expect(wordsOf(late.text)).toContain('first');
    expect(wordsOf(late.text)).toContain('second');
  });

  it('stays put off while the facts ask for the same day, and follows them when they change', async () => {
    await ana.post(`/agenda/${id}/postpone`, { ...on('2026-03-20'), reason: 'away', version: '1' }).expect(303);
    await want(call(person));
    expect((await open(person))[0]).toMatchObject({ dueOn: '2026-03-20', postponed: { wantedOn: '2026-03-03', reason: 'away' } });
    await want(call(person, { dueOn: '2026-03-30' }));
    expect((await open(person))[0]).toMatchObject({ dueOn: '2026-03-30', postponed: null });
  });

  it('ticks off by hand only what no other fact closes', async () => {
    await ana.post(`/agenda/${id}/done`, { version: '1' }).expect(409);
    await want(call(person, { byHand: true }));
    const { version } = (await open(person))[0]!;
    await ana.post(`/agenda/${id}/done`, { version: String(version) }).expect(303);
    expect(await open(person)).toEqual([]);
    await ana.post(`/agenda/${id}/done`, { version: String(version + 1) }).expect(409);
  });
});

describe('jalon agenda check', () => {
  it('finds nothing after a life through the product, and finds what was changed behind its back', async () => {
    const { person } = await aReferredPerson(app, world);
    await ana.post('/activities/new', { participantIds: person, kind: 'interview', outcome: 'done', minutes: '40' }).expect(303);
    expect(await differences()).toEqual([]);
    await app.rows("update agenda_entry set wanted_due_on = wanted_due_on + 1 where participant_id = $1 and key = 'silence'", [person]);
    expect(await differences()).toMatchObject([{ participantId: person, key: 'silence', what: 'different' }]);
    await app.rows("update agenda_entry set key = 'ghost' where participant_id = $1 and key = 'silence'", [person]);
    expect((await differences()).map(({ key, what }) => [key, what]).sort()).toEqual([['ghost', 'left over'], ['silence', 'missing']]);
  });
});
