import { EnrolmentsService } from '../../src/modules/pathways';
import { addDays } from '../../src/platform/days';
import { startApp, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';

let app: TestApp;
let world: World;
beforeAll(async () => {
  app = await startApp();
  world = await app.world();
});
afterAll(() => app.close());

const referred = (person: string, receivedOn: string, coach = world.ana): Promise<string> =>
  app.acting(coach, (actor) => app.get(EnrolmentsService).open(actor, person, { pathway: 'employment-advice', operationId: world.operation, source: 'self', receivedOn }));

describe('Today', () => {
  it('is empty, and says that this is good news, while nothing presses', async () => {
    const page = await (await app.as(world.ana)).get('/today').expect(200);
    expect(page.text).toContain('Your caseload is empty');
  });

  it('tells what waits, and what is late', async () => {
    const today = app.clock.today('Europe/Paris');
    const late = await aParticipant(app, world.ana, { givenNames: 'Awa', familyNames: 'Koné' });
    await referred(late, addDays(today, -40));
    const page = await (await app.as(world.ana)).get('/today').expect(200);
    expect(page.text).toContain('Answer the referral');
    expect(page.text).toContain('Awa Koné');
  });

  it.each(['/', '/today', '/caseload', '/team', '/search', '/activities/new', '/caseload/export'])('%s opens for a manager', async (path) => {
    const page = await (await app.as(world.manager)).get(path);
    expect([path, page.status]).toEqual([path, path === '/' ? 303 : 200]);
  });
});
