import { AgendaCheck } from '../../src/modules/agenda';
import { EnrolmentsService } from '../../src/modules/pathways';
import { PlacementsService } from '../../src/modules/placements';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { startApp, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
let awa: string;
let enrolment: string;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
  ({ person: awa, enrolment } = await aReferredPerson(app, world, { givenNames: 'Awa', familyNames: 'Koné' }));
});
const anEmployer = async (): Promise<string> => {
  const id = newId();
  await app.rows("insert into employer (id, service_id, name, search, country, created_at) values ($1, $2, 'Bakery', 'bakery', 'FR', now())", [id, world.service]);
  return id;
};
const JOB = { title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' } as const;
const placed = async (first: string, last: string | null = null): Promise<string> => app.acting(world.ana, async (actor) => {
  const placements = app.get(PlacementsService);
  const id = await placements.plan(actor, awa, { ...JOB, employerId });
  await placements.start(actor, awa, id, { firstDayOn: first, evidence: 'worker-word', version: 1 });
  if (last) await placements.end(actor, awa, id, { lastDayOn: last, by: 'employer', reason: 'economic', version: 2 });
  return id;
});
const differences = (): Promise<unknown[]> => {
  const system = Actor.system('agenda', world.service, { zone: 'Europe/Paris' });
  return app.database.read(system, () => app.get(AgendaCheck).differences(system));
};
let employerId: string;
beforeEach(async () => { employerId = await anEmployer(); });

it('begins and ends', async () => {
  const id = await placed('2026-02-20');
  expect(await app.acting(world.ana, (actor) => app.get(PlacementsService).inWorkOn(actor, awa, '2026-03-01'))).toMatchObject([{ id, state: 'running' }]);
  await expect(placed('2026-02-25')).rejects.toMatchObject({ fields: [{ path: 'firstDayOn', code: 'spell-overlaps' }] });
  await app.acting(world.ana, (actor) => app.get(PlacementsService).end(actor, awa, id, { lastDayOn: '2026-03-01', by: 'worker', reason: 'better-job', version: 2 }));
  expect(await differences()).toEqual([]);
  expect((await app.acting(world.ana, (actor) => app.get(EnrolmentsService).get(actor, enrolment))).stage).toBe('referred');
  await app.acting(world.ana, (actor) => app.get(PlacementsService).reopen(actor, awa, id, { reason: 'mistake', version: 3 }));
  await app.acting(world.ana, (actor) => app.get(PlacementsService).annul(actor, awa, id, { reason: 'mistake', version: 4 }));
  expect(await differences()).toEqual([]);
});
