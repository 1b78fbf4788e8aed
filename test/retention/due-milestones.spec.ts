import { startApp, type Browser, type TestApp } from '../support/app';
import { aReferredPerson } from '../support/factories/enrolments';
import { aJob } from '../support/factories/placements';
import type { World } from '../support/factories/world';
import { wordsOf } from '../support/html';
import { statementsOf } from '../support/statements';

interface Row {
  id: string;
  participantId: string;
  name: string;
  coachName: string;
  job: string | null;
  month: number;
  dueOn: string;
  side: string;
  standing: string;
  putOffUntil: string | null;
}

let app: TestApp;
let world: World;
beforeAll(async () => { app = await startApp(); });
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  world = await app.world();
});

/** A person of a coach who works since that day. */
async function working(familyNames: string, firstDayOn: string, coach = world.ana, title = 'Baker'): Promise<string> {
  const { person } = await aReferredPerson(app, { ...world, ana: coach }, { givenNames: 'Awa', familyNames });
  await aJob(app, coach, person, firstDayOn, { title });
  return person;
}
const list = async (query = '', as = world.ana): Promise<{ items: Row[]; total: number }> => (await (await app.api(as)).get(`/api/v1/milestones${query}`).expect(200)).body as { items: Row[]; total: number };
const shown = async (query = '', as = world.ana): Promise<string[]> => (await list(query, as)).items.map(({ name, month, standing }) => `${name} ${month} ${standing}`);
async function on(later: string): Promise<Browser> {
  app.clock.set(`${later}T09:00:00Z`);
  for (const user of [world.ana, world.ben, world.manager]) app.forget(user);
  return app.as(world.ana);
}

describe('the list of milestones that wait', () => {
  it('shows what is to be asked now, what is late, what falls into this month and what is to come, in the order of the days', async () => {
    await working('Koné', '2026-01-31'); // 28 February, 30 April, 31 July …
    await working('Diallo', '2026-02-20'); // 20 March, 20 May …
    let ana = await on('2026-03-28');
    expect(await shown()).toEqual(['Awa Koné 1 due', 'Awa Diallo 1 due']);
    expect(await shown('?order=desc')).toEqual(['Awa Diallo 1 due', 'Awa Koné 1 due']);
    expect(await shown('?show=late')).toEqual([]); // the 28th day after M is still in time
    expect(wordsOf((await ana.get('/milestones?show=late').expect(200)).text)).toContain('Nothing is late');
    await on('2026-03-29');
    expect(await shown('?show=late')).toEqual(['Awa Koné 1 late']);
    expect(await shown('?show=month')).toEqual(['Awa Diallo 1 due']);
    expect((await list('?show=all')).total).toBe(16);
    ana = await on('2026-04-01');
    expect(await shown('?show=month')).toEqual(['Awa Koné 3 not-yet-due']); // 30 April, the last day of the month
    const page = (await ana.get('/milestones').expect(200)).text;
    for (const words of ['Follow-up', 'Awa Koné', 'Month 1', 'Baker', '28 Feb 2026', 'The person']) expect(wordsOf(page)).toContain(words);
    const link = /href="(\/participants\/[^"]+\/milestones\/[^"]+)"/.exec(page)![1]!;
    await ana.get(link).expect(200);
  });

  it('leaves out what was answered, ended, cancelled or belongs to somebody else; says what was put off', async () => {
    const koné = await working('Koné', '2026-01-31');
    const diallo = await working('Diallo', '2026-02-01');
    await working('Traoré', '2026-02-02', world.ben);
    await on('2026-03-05');
    expect(await shown()).toEqual(['Awa Koné 1 due', 'Awa Diallo 1 due']);
    const api = await app.api(world.ana);
    const [first, second] = (await list()).items;
    await api.post(`/api/v1/participants/${koné}/milestones/${first!.id}/answers`, { side: 'worker', status: 'at-work', answeredOn: '2026-03-05', channel: 'call', level: 'worker' }).expect(200);
    const [entry] = await app.rows<{ id: string; version: number }>("select id, version from agenda_entry where participant_id = $1 and subject_id = $2 and kind = 'milestone'", [diallo, second!.id]);
    await api.post(`/api/v1/agenda/${entry!.id}/postpone`, { dueOn: '2026-04-20', reason: 'On holiday', version: entry!.version }).expect(200);
    expect((await list()).items).toMatchObject([{ participantId: diallo, month: 1, dueOn: '2026-03-01', side: 'worker', putOffUntil: '2026-04-20' }]);
    expect(wordsOf((await (await app.as(world.ana)).get('/milestones').expect(200)).text)).toContain('put off until 20 Apr 2026');
  });

  it('shows a manager the service, and one coach’s people when asked for', async () => {
    await working('Koné', '2026-01-31');
    await working('Traoré', '2026-02-02', world.ben);
    await on('2026-03-05');
    expect(await shown('', world.manager)).toEqual(['Awa Koné 1 due', 'Awa Traoré 1 due']);
    expect(await shown(`?coach=${world.ben.id}`, world.manager)).toEqual(['Awa Traoré 1 due']);
    expect(await shown(`?coach=${world.ben.id}`)).toEqual([]); // a coach sees nobody by asking for a colleague
    const manager = await app.as(world.manager);
    const page = wordsOf((await manager.get('/milestones').expect(200)).text);
    expect(page).toContain('All coaches');
    expect((await (await app.as(world.ana)).get('/milestones').expect(200)).text).not.toContain('name="coach"');
    const there = await app.world();
    expect(await shown('?show=all', there.manager)).toEqual([]);
  });

  it('is a table to take away, in the reader’s language, in which no spreadsheet runs anything', async () => {
    await working('=1+1', '2026-01-31', world.ana, '@SUM(A1)');
    const ana = await on('2026-03-05');
    const file = await ana.get('/milestones/export').expect(200);
    expect(file.headers['content-type']).toContain('text/csv');
    const lines = file.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[0]).toBe('"Person","Coach","Milestone","Job","Who is asked","Situation on","Answer by","Where it stands"');
    expect(lines.slice(1)).toEqual([expect.stringMatching(/^"Awa =1\+1",".*","Month 1","'@SUM\(A1\)","The person","2026-02-28","2026-03-28","To be asked"$/)]);
    expect(await app.rows("select count(*)::int as n from audit_event where action = 'milestones.exported' and actor_id = $1", [world.ana.id])).toEqual([{ n: 1 }]);
  });

  it('sends the same statements for one row as for many', async () => {
    await working('Koné', '2026-01-31');
    const counted = async (as: World['ana']): Promise<number> => {
      const browser = await app.as(as);
      await browser.get('/milestones').expect(200); // the session is touched at most once a minute
      return (await statementsOf(() => browser.get('/milestones').expect(200))).statements.length;
    };
    await on('2026-03-05');
    const before = [await counted(world.ana), await counted(world.manager)];
    app.clock.set('2026-03-02T09:00:00Z');
    for (const name of ['Diallo', 'Traoré', 'Keïta', 'Cissé']) await working(name, '2026-01-31', name > 'K' ? world.ana : world.ben);
    await on('2026-03-05');
    expect([await counted(world.ana), await counted(world.manager)]).toEqual(before);
    // As for any list; who leads whom and a manager’s choice of coaches beside it.
    expect(before).toEqual([8, 10]);
  });
});
