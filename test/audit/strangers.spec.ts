import supertest from 'supertest';
import { Ground } from '../identity/ground';

describe('whoever has no account', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await Ground.start();
  });
  afterAll(() => ground.close());

  it('does not fill the log: beyond sixty refusals in ten minutes their number stands in the next line', async () => {
    const knock = (): Promise<unknown> => supertest(ground.nest.getHttpServer()).post('/sign-in').expect(403);
    ground.clock.set('2026-03-02T09:00:00Z');
    for (let i = 0; i < 75; i += 1) await knock();
    expect(await ground.events('access.refused')).toHaveLength(60);
    ground.clock.set('2026-03-02T09:10:00Z');
    await knock();
    const lines = await ground.events('access.refused');
    expect(lines).toHaveLength(61);
    expect(lines.at(-1)).toMatchObject({ changes: { unwritten: 15 } });
    await knock();
    expect((await ground.events('access.refused')).at(-1)!.changes).not.toHaveProperty('unwritten');
  });

  it('is written down again when the clock was set back', async () => {
    const knock = (): Promise<unknown> => supertest(ground.nest.getHttpServer()).post('/sign-in').expect(403);
    ground.clock.set('2026-03-02T12:00:00Z');
    for (let i = 0; i < 61; i += 1) await knock();
    const before = (await ground.events('access.refused')).length;
    ground.clock.set('2026-03-02T11:00:00Z');
    await knock();
    expect(await ground.events('access.refused')).toHaveLength(before + 1);
  });
});
