import { EmployersService } from '../../src/modules/employers';
import { ApplicationsService } from '../../src/modules/employment-advice';
import { Database } from '../../src/platform/database/database';
import { startApp, type Caller, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
let api: Caller;
let manager: Caller;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  api = await app.api(world.ana);
  manager = await app.api(world.manager);
});

type Answer = { status: number; body: unknown };
type Referred = { person: string; enrolment: string };
const added = async (name: string): Promise<string> => ((await api.post('/api/v1/employers', { name, confirmedNew: true }).expect(201)).body as { id: string }).id;
const naming = (table: string, employer: string): Promise<unknown[]> => app.rows(`select id from ${table} where employer_id = $1`, [employer]);

/** Waits until so many of this database wait for a lock of somebody else: what they asked before it is answered. */
async function waiting(count: number): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    const [row] = await app.rows<{ n: number }>('select count(distinct l.pid)::int as n from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()');
    if (row!.n >= count) return;
  }
  throw new Error(`never ${count} at once`);
}

/** Writers that begin while the merge is not over, and end after it. */
async function during(from: string, into: string, writers: readonly (() => PromiseLike<Answer>)[]): Promise<Answer[]> {
  let answers: Promise<Answer[]> | null = null;
  await app.acting(world.manager, async (actor) => {
    await app.get(EmployersService).merge(actor, { from, into });
    answers = Promise.all(writers.map(async (write) => write()));
    await waiting(writers.length);
  });
  return answers!;
}

describe('what is written in the very moment of a merge', () => {
  it('names no double: a job, an application, a sheet and an agreement are refused, and said again at the one that stays', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    const people: Referred[] = [];
    for (const [index, givenNames] of ['Awa', 'Bintou', 'Chloé', 'Dior'].entries()) {
      people.push(await aReferredPerson(app, world, { givenNames, familyNames: ['Arnaud', 'Bouvier', 'Clavel', 'Delmas'][index]!, receivedOn: '2026-01-10' }));
    }
    const [job, application, sheet, agreement] = people as [Referred, Referred, Referred, Referred];
    const permit = { answer: 'some', support: ['management'], decidedOn: '2026-03-01', format: 'plain', giver: 'self' };
    await api.post(`/api/v1/participants/${agreement.person}/disclosure`, permit).expect(201);
    const writers = (employerId: string, employerName: string): (() => PromiseLike<Answer>)[] => [
      () => api.post(`/api/v1/participants/${job.person}/placements`, { employerId, title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' }),
      () => api.post(`/api/v1/participants/${application.person}/applications`, { employerName, title: 'Baker', foundBy: 'coach', state: 'planned' }),
      () => api.post(`/api/v1/participants/${sheet.person}/disclosure`, { ...permit, employerId }),
      () => api.post(`/api/v1/participants/${agreement.person}/agreements`, { enrolmentId: agreement.enrolment, kind: 'three-party', employerId, fromOn: '2026-03-02' }),
    ];
    const answers = await during(from, into, writers(from, 'Pépin'));
    // The application keeps the name that was said; which employer that is was lost with the double.
    expect(answers.map(({ status }) => status)).toEqual([422, 201, 422, 422]);
    expect(JSON.stringify(answers[0]!.body)).toContain('employerId');
    expect(answers[1]!.body).toMatchObject({ employerName: 'Pépin', employerId: null });
    for (const table of ['placement', 'application', 'disclosure_sheet', 'agreement']) expect([table, await naming(table, from)]).toEqual([table, []]);
    for (const write of writers(into, 'Boulangerie Pépin')) expect((await write()).status).toBe(201);
    for (const table of ['placement', 'application', 'disclosure_sheet', 'agreement']) expect([table, (await naming(table, into)).length]).toEqual([table, 1]);
  });

  it('names no double: a site, somebody there and a dealing neither', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    const at = `/api/v1/employers/${from}`;
    const answers = await during(from, into, [
      () => api.post(`${at}/sites`, { name: 'Shop' }), () => api.post(`${at}/contacts`, { name: 'Claire Aubin', role: 'tutor' }),
      () => api.post(`${at}/dealings`, { kind: 'visit', mode: 'in-person', minutes: 30, outcome: 'done' }),
    ]);
    expect(answers.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual([[409, 'employer-merged'], [409, 'employer-merged'], [409, 'employer-merged']]);
    for (const table of ['employer_site', 'employer_contact', 'employer_dealing']) expect([table, await naming(table, from)]).toEqual([table, []]);
  });

  it('is refused by the database too, whoever writes it', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    const { person } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-10' });
    const { id } = (await api.post(`/api/v1/participants/${person}/applications`, { employerName: 'Pépin', title: 'Baker', foundBy: 'coach', state: 'planned' }).expect(201)).body as { id: string };
    await manager.post(`/api/v1/employers/${from}/merge`, { into, version: 1 }).expect(200);
    expect((await naming('application', into)).length).toBe(1);
    const write = (employer: string): Promise<unknown> => app.acting(world.ana, () => app.get(Database).sql('update application set employer_id = $1 where id = $2', [employer, id]));
    await expect(write(from)).rejects.toMatchObject({ code: 'JA409' });
    await expect(write(into)).resolves.toBeDefined();
    await expect(app.rows('insert into employer_site (id, service_id, employer_id, name) values (gen_random_uuid(), $1, $2, $3)', [world.service, from, 'Shop'])).rejects.toMatchObject({ code: 'JA409' });
  });

  it('moves, where it was there first: the merge waits for it', async () => {
    const [from, into] = [await added('Pépin'), await added('Boulangerie Pépin')];
    const { person } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné', receivedOn: '2026-01-10' });
    let merged: PromiseLike<Answer> | null = null;
    await app.acting(world.ana, async (actor) => {
      await app.get(ApplicationsService).add(actor, person, { employerName: 'Pépin', title: 'Baker', foundBy: 'coach', state: 'planned' });
      merged = manager.post(`/api/v1/employers/${from}/merge`, { into, version: 1 }).then((answer: Answer) => answer);
      await waiting(1);
    });
    expect((await merged!).status).toBe(200);
    expect([(await naming('application', from)).length, (await naming('application', into)).length]).toEqual([0, 1]);
  });

  it('is one merge: of two that cross, the second is told', async () => {
    const [one, two, three] = [await added('Pépin'), await added('Boulangerie Pépin'), await added('Pépin et fils')];
    const [second] = await during(two, three, [() => manager.post(`/api/v1/employers/${one}/merge`, { into: two, version: 1 })]);
    expect([second!.status, (second!.body as { code: string }).code]).toEqual([409, 'employer-merged']);
    expect((await app.rows('select id from employer where merged_into is not null and id = any ($1)', [[one, two, three]])).length).toBe(1);
  });
});
