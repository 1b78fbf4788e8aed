import { startApp, type Browser, type TestApp } from '../support/app';
import { aParticipant } from '../support/factories/participants';
import type { World } from '../support/factories/world';
import { statementsOf } from '../support/statements';

/** A list sends the same statements for one row as for thirty: the number is written here, so that one more is a decision. */
const LISTS: { path: string; as: 'ana' | 'manager' | 'administrator'; statements: number }[] = [
  // Who stands in which group is counted apart from the entries that are shown: everybody counts, a portion is read.
  { path: '/today', as: 'ana', statements: 9 },
  { path: '/caseload', as: 'ana', statements: 10 },
  { path: '/caseload', as: 'manager', statements: 12 },
  { path: '/team', as: 'manager', statements: 6 },
  { path: '/users', as: 'administrator', statements: 6 },
  { path: '/audit', as: 'administrator', statements: 4 },
  { path: '/programmes', as: 'administrator', statements: 4 },
];

describe('list pages', () => {
  let app: TestApp;
  let world: World;
  const browsers = new Map<string, Browser>();
  const counted = async (path: string, as: 'ana' | 'manager' | 'administrator'): Promise<{ statements: string[]; text: string }> => {
    const browser = browsers.get(as) ?? await app.as(world[as]);
    browsers.set(as, browser);
    await browser.get(path).expect(200); // the session is touched at most once a minute
    const { result, statements } = await statementsOf(() => browser.get(path).expect(200));
    return { statements, text: result.text };
  };
  const enrolled = async (n: number, coach: World['ana']): Promise<void> => {
    const caller = await app.api(coach);
    for (let i = 0; i < n; i += 1) {
      const id = await aParticipant(app, coach);
      await caller.post(`/api/v1/participants/${id}/enrolments`, { pathway: 'employment-advice', operationId: world.operation, source: 'self', receivedOn: '2026-02-20' }).expect(201);
      await caller.post('/api/v1/activities', { kind: 'phone', minutes: 10, outcome: 'done', participantIds: [id] }).expect(201);
    }
  };

  beforeAll(async () => {
    app = await startApp();
    world = await app.world();
    await enrolled(1, world.ana);
    await enrolled(1, world.ben);
  });
  afterAll(() => app.close());

  const before = new Map<string, number>();
  it.each(LISTS)('$path of $as', async ({ path, as }) => {
    before.set(`${path} ${as}`, (await counted(path, as)).statements.length);
  });

  it('grow in rows and not in statements', async () => {
    await enrolled(12, world.ana);
    await enrolled(3, world.ben);
    for (let i = 0; i < 10; i += 1) await app.user('coach', { serviceId: world.service });
    const grown: string[] = [];
    for (const { path, as } of LISTS) {
      const { statements } = await counted(path, as);
      const n = before.get(`${path} ${as}`)!;
      if (statements.length !== n) grown.push(`${path} of ${as}: ${n} statements, then ${statements.length}`);
    }
    expect(grown).toEqual([]);
  });

  it('send the statements that were counted when they were written', () => {
    expect(Object.fromEntries(before)).toEqual(Object.fromEntries(LISTS.map(({ path, as, statements }) => [`${path} ${as}`, statements])));
  });
});
