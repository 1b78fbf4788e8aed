import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { Views } from '../../src/platform/views/views';
import { Lab, type LabPerson } from '../support/lab';
import { LabThing } from '../support/lab.routes';

describe('a unit of work', () => {
  let lab: Lab;
  let ana: LabPerson;
  const service = newId();

  beforeAll(async () => {
    lab = await Lab.start();
    ana = lab.person('coach', service);
  });
  afterAll(() => lab.close());

  const count = async (table: 'lab_thing' | 'lab_trace'): Promise<number> => (await lab.rows<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;
  const idle = async (): Promise<unknown[]> => lab.rows("select state from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'");

  it('commits an act together with its trace', async () => {
    const answer = await ana.post('/lab/things', { name: 'first' });
    expect(answer.status).toBe(303);
    expect((await ana.get(answer.headers.location!).expect(200)).body).toMatchObject({ name: 'first', version: 1 });
    expect(await lab.rows('select what from lab_trace')).toEqual([{ what: 'made first' }]);
  });

  it('rolls both back when the act is refused', async () => {
    const before = [await count('lab_thing'), await count('lab_trace')];
    expect((await ana.post('/lab/fail', { name: 'second' })).status).toBe(409);
    expect([await count('lab_thing'), await count('lab_trace')]).toEqual(before);
  });

  it('lets PostgreSQL refuse a write in a GET', async () => {
    const before = [await count('lab_thing'), await count('lab_trace')];
    await ana.get('/lab/sneaky').expect(500);
    expect([await count('lab_thing'), await count('lab_trace')]).toEqual(before);
    expect(lab.log.takeFaults().map((line) => (JSON.parse(line) as { sqlstate: string }).sqlstate)).toEqual(['25006']);
  });

  it('renders the page once the unit is over', async () => {
    const views = lab.nest.get(Views);
    let during: string | null = null;
    const render = jest.spyOn(views, 'render').mockImplementation(() => {
      try {
        during = lab.database.actor().role;
      } catch (error) {
        during = (error as Error).message;
      }
      return 'drawn';
    });
    try {
      expect((await ana.get('/lab/page').expect(200)).text).toBe('drawn');
    } finally {
      render.mockRestore();
    }
    expect(during).toBe('the database was used outside a unit of work');
  });

  it('shows nothing when what must follow the commit fails', async () => {
    const answer = await ana.get('/lab/late').expect(409);
    expect(answer.text).not.toContain('shown');
  });

  it('refuses a handler that names no right, and a right that the role has not', async () => {
    await ana.get('/lab/forgotten').expect(500);
    expect(lab.log.takeFaults().join()).toContain('LabRoutes.forgotten names no right');
    await ana.get('/lab/refused').expect(403);
    expect(lab.refusals.at(-1)).toMatchObject({ code: 'forbidden', subject: '/lab/refused' });
  });

  it('gives its connection back whatever happened, 60 at once on a pool of 5', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => (index % 3 ? ana.get('/lab/things') : ana.get('/lab/fault'))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(40);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(20);
    expect(await idle()).toEqual([]);
    expect(lab.log.takeFaults()).toHaveLength(20);
  });

  it('is one for one actor: another may not join, and a reading one does not write', async () => {
    const [one, other] = [new Actor({ id: newId(), role: 'coach', service }), new Actor({ id: newId(), role: 'coach', service })];
    await expect(lab.database.read(one, () => lab.database.read(other, async () => 1))).rejects.toThrow('was joined by');
    await expect(lab.database.read(one, () => lab.database.write(one, async () => 1))).rejects.toThrow('cannot write');
    await expect(lab.database.write(one, () => lab.database.read(one, async () => 1))).resolves.toBe(1);
    expect(() => lab.database.of(LabThing)).toThrow('outside a unit');
  });

  it('works as another for a time, and then as the first again, also after a fault', async () => {
    const one = new Actor({ id: newId(), role: 'coach', service });
    const roles = await lab.database.write(one, async () => {
      const role = async (): Promise<string> => (await lab.database.sql<{ role: string }>('select app.role() as role'))[0]!.role;
      const within = await lab.database.as(Actor.system('test', service), role);
      await lab.database.as(Actor.system('test', service), async () => { throw new Error('on the way'); }).catch(() => undefined);
      return [within, await role(), lab.database.actor().role];
    });
    expect(roles).toEqual(['system', 'coach', 'coach']);
  });

  it('changes one row as it was read, or says what is there now', async () => {
    const made = await ana.send('post', '/api/v1/lab/things', { name: 'third' });
    const { id } = made.body as { id: string };
    expect((await ana.send('patch', `/api/v1/lab/things/${id}`, { name: 'third, by Ana', version: 1 })).body).toMatchObject({ version: 2 });
    const late = await ana.send('patch', `/api/v1/lab/things/${id}`, { name: 'third, by Ben', version: 1 });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'edited-meanwhile', now: { name: 'third, by Ana' }, sent: { name: 'third, by Ben' }, version: 2 });
    const twice = await Promise.all(['x', 'y'].map((name) => ana.send('patch', `/api/v1/lab/things/${id}`, { name, version: 2 })));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('keeps the row of another service out of every verb, as if it were not there', async () => {
    const ben = lab.person('coach', newId());
    const { id } = (await ana.send('post', '/api/v1/lab/things', { name: 'ours alone' })).body as { id: string };
    expect((await ben.get(`/api/v1/lab/things/${id}`)).status).toBe(404);
    expect((await ben.send('patch', `/api/v1/lab/things/${id}`, { name: 'taken', version: 1 })).status).toBe(404);
    await ben.send('delete', `/api/v1/lab/things/${id}`);
    expect((await ana.get(`/api/v1/lab/things/${id}`)).body).toMatchObject({ name: 'ours alone', version: 1 });
    expect((await ben.get('/api/v1/lab/things')).body).toEqual([]);
  });
});
