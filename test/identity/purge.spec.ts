import { PurgeService } from '../../src/modules/identity';
import { Actor } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import { groundWithPlace, PASSWORD } from './ground';

const { ground, aCoach } = groundWithPlace();

const daysAgo = (days: number): Date => new Date(Date.UTC(2026, 2, 2, 9) - days * 86_400_000);

/** A session, a token, a link and a browser, each last of use on a day. */
async function traces(user: { id: string; memberships: { id: string }[] }, at: Date): Promise<void> {
  const membership = user.memberships[0]!.id;
  await ground.rows("insert into session (id, id_hash, user_id, membership_id, created_at, last_seen_at, expires_at) values ($1::uuid, decode(md5($1::uuid::text), 'hex'), $2, $3, $4, $4, $4)", [newId(), user.id, membership, at]);
  await ground.rows("insert into access_token (id, token_hash, user_id, membership_id, name, scopes, created_at, expires_on, revoked_at) values ($1::uuid, decode(md5($1::uuid::text), 'hex'), $2, $3, 'x', '{read}', $4, '2026-12-31', $4)", [newId(), user.id, membership, at]);
  await ground.rows("insert into one_time_link (token_hash, user_id, created_at, expires_at) values (decode(md5($1), 'hex'), $2, $3, $3)", [newId(), user.id, at]);
  await ground.rows("insert into known_browser (id_hash, user_id, created_at) values (decode(md5($1), 'hex'), $2, $3)", [newId(), user.id, at]);
}
const left = async (userId: string) => (await ground.rows<Record<string, number>>(
  `select (select count(*)::int from session where user_id = $1) sessions, (select count(*)::int from access_token where user_id = $1) tokens,
    (select count(*)::int from one_time_link where user_id = $1) links, (select count(*)::int from known_browser where user_id = $1) browsers`, [userId]))[0];

describe('what has ended', () => {
  it('goes a week later, a browser after ninety days; what lives and a user’s last session stay', async () => {
    const user = await aCoach();
    for (const days of [8, 6, 0]) await traces(user, daysAgo(days));
    const away = await aCoach();
    for (const days of [91, 89]) await traces(away, daysAgo(days));
    await ground.nest.get(PurgeService).all();
    expect(await left(user.id)).toEqual({ sessions: 2, tokens: 2, links: 2, browsers: 3 });
    expect(await left(away.id)).toEqual({ sessions: 1, tokens: 0, links: 0, browsers: 1 });
    expect((await ground.rows('select created_at from session where user_id = $1', [away.id]))).toEqual([{ created_at: daysAgo(89) }]);
  });

  it('goes in bounded steps, as many as are needed', async () => {
    const user = await aCoach();
    await ground.rows("insert into one_time_link (token_hash, user_id, created_at, expires_at) select decode(md5($1::uuid::text || n), 'hex'), $1::uuid, $2::timestamptz, $2::timestamptz from generate_series(1, 2500) n", [user.id, daysAgo(30)]);
    await ground.nest.get(PurgeService).all();
    expect(await left(user.id)).toMatchObject({ links: 0 });
  });

  it('goes after a sign-in, once an hour at most', async () => {
    const user = await aCoach();
    const other = await aCoach();
    await ground.nest.get(PurgeService).all();
    await traces(other, daysAgo(100));
    const signIn = async () => expect((await ground.browser(`198.51.120.${ground.clock.now().getUTCMinutes()}`).signIn(user.email, PASSWORD)).status).toBe(303);
    ground.clock.advance({ minutes: 59 });
    await signIn();
    expect(await left(other.id)).toMatchObject({ links: 1 });
    ground.clock.advance({ minutes: 1 });
    await signIn();
    expect(await left(other.id)).toMatchObject({ links: 0 });
  });

  it('is what the purge may delete, and nothing that lives; nobody else may', async () => {
    const user = await aCoach();
    await ground.signedIn(user);
    const purge = Actor.system('purge');
    const administrator = new Actor({ id: newId(), role: 'administrator' });
    for (const actor of [purge, administrator]) {
      expect(await ground.database.write(actor, () => ground.database.sql('delete from session where user_id = $1 returning id', [user.id]))).toEqual([]);
    }
    await expect(ground.database.write(purge, () => ground.database.sql('delete from credential'))).rejects.toMatchObject({ code: '42501' });
    expect(await ground.database.read(purge, () => ground.database.sql('select * from credential'))).toEqual([]);
  });
});

describe('a browser that is known', () => {
  it('stays known for as long as somebody signs in from it', async () => {
    const user = await aCoach();
    const browser = ground.browser('198.51.121.1');
    await browser.signIn(user.email, PASSWORD);
    ground.clock.advance({ days: 60 });
    await browser.signIn(user.email, PASSWORD);
    ground.clock.advance({ days: 60 });
    await ground.nest.get(PurgeService).all();
    expect(await left(user.id)).toMatchObject({ browsers: 1 });
  });
});
