import { createHash } from 'node:crypto';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { Repeats } from '../../src/platform/web/repeats';
import { Lab, type LabPerson } from '../support/lab';

describe('the same form twice', () => {
  let lab: Lab;
  let ana: LabPerson;
  const service = newId();

  beforeAll(async () => {
    lab = await Lab.start();
    ana = lab.person('coach', service);
  });
  afterAll(() => lab.close());

  const named = async (name: string): Promise<number> => (await lab.rows<{ n: number }>('select count(*)::int as n from lab_thing where name = $1', [name]))[0]!.n;

  it('makes one thing of 50 clicks at once, and answers all of them the same', async () => {
    const _key = newId();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ana.post('/lab/things', { name: 'clicked', _key })));
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.location}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(303);
    expect(await named('clicked')).toBe(1);
    expect(await lab.rows("select what from lab_trace where what = 'made clicked'")).toHaveLength(1);
  });

  it('answers a call that is sent again with the id of what it made, and keeps nothing else of the answer', async () => {
    const send = (): Promise<{ status: number; body: unknown; headers: Record<string, string> }> =>
      lab.caller('coach', service).bare('post', '/api/v1/lab/things').set('Idempotency-Key', 'not shared').send({ name: 'x' });
    expect((await send()).status).toBe(422); // no key: a space
    const machine = lab.caller('coach', service);
    const key = newId();
    const [first, second] = [await machine.bare('post', '/api/v1/lab/things').set('Idempotency-Key', key).send({ name: 'called' }), await machine.bare('post', '/api/v1/lab/things').set('Idempotency-Key', key).send({ name: 'called' })];
    expect(first.status).toBe(201);
    const { id } = first.body as { id: string };
    expect([second.status, second.body, second.headers.location]).toEqual([201, { id }, first.headers.location]);
    expect(await lab.rows('select status, location, made_id from idempotency_key where key = $1', [key])).toEqual([{ status: 201, location: first.headers.location, made_id: id }]);
    expect(await named('called')).toBe(1);
  });

  it('refuses the key with another content, and takes it from another person, on another route', async () => {
    const _key = newId();
    expect((await ana.post('/lab/things', { name: 'one', _key })).status).toBe(303);
    expect((await ana.post('/lab/things', { name: 'two', _key })).status).toBe(422);
    expect((await lab.person('coach', newId()).post('/lab/things', { name: 'one', _key })).status).toBe(303);
    expect((await ana.post('/lab/everything', { name: 'one', _key })).status).toBe(201);
    expect(await named('two')).toBe(0);
  });

  it('forgets a key whose work was rolled back: the next try is the first', async () => {
    const _key = newId();
    expect((await ana.post('/lab/fail', { name: 'tried', _key })).status).toBe(409);
    expect((await ana.post('/lab/fail', { name: 'tried', _key })).status).toBe(409);
    expect((await ana.post('/lab/things', { name: 'tried', _key })).status).toBe(303);
    expect(await lab.rows('select from idempotency_key where key = $1', [_key])).toHaveLength(1);
  });

  it.each(['short', 'with space here', 'x'.repeat(101), 'quote\'quote'])('refuses the key %j', async (_key) => {
    expect((await ana.post('/lab/things', { name: 'unkeyed', _key })).status).toBe(422);
    expect(await named('unkeyed')).toBe(0);
  });

  it('keeps no copy of what was sent that could be guessed from its hash', async () => {
    const key = newId();
    await lab.caller('coach', service).bare('post', '/api/v1/lab/things').set('Idempotency-Key', key).send({ name: 'guessed' });
    const bare = createHash('sha256').update('{"name":"guessed"}').digest('hex');
    expect(await lab.rows("select from idempotency_key where key = $1 and encode(request_hash, 'hex') <> $2", [key, bare])).toHaveLength(1);
  });

  it('forgets what is a day old, whosever it is, and nothing younger', async () => {
    const keys = [newId(), newId()];
    await lab.rows("insert into idempotency_key (actor_id, route, key, request_hash, created_at) values ($1, 'POST /x', $2, '', $4), ($1, 'POST /x', $3, '', $5)",
      [newId(), ...keys, new Date(lab.clock.now().getTime() - 86_400_001), new Date(lab.clock.now().getTime() - 86_399_000)]);
    const purge = Actor.system('purge');
    expect(await lab.database.write(purge, () => lab.nest.get(Repeats).forget(10))).toBe(1);
    expect(await lab.rows('select key from idempotency_key where key = any($1)', [keys])).toEqual([{ key: keys[1] }]);
    const other = Actor.system('sign-in');
    expect(await lab.database.write(other, () => lab.database.sql('delete from idempotency_key returning key'))).toEqual([]);
  });
});
