import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandLine } from '../../src/cli/command-line';
import { userCommands } from '../../src/cli/user';
import { serve } from '../../src/main';
import { UsersService } from '../../src/modules/identity';
import { ProgrammesService } from '../../src/modules/programmes';
import { Actor } from '../../src/platform/access/actor';
import { Clock } from '../../src/platform/clock';
import { loadConfig, type Config } from '../../src/platform/config';
import { connected } from '../../src/platform/database/roles';
import { Keys } from '../../src/platform/keys';
import { freePort } from '../support/ports';
import { Ground, PASSWORD, type Place } from './ground';

/** The command line with its answer kept. */
class KeptLine extends CommandLine {
  answered: unknown = null;

  constructor(private readonly own: Config) {
    super();
  }

  override get config(): Config {
    return this.own;
  }

  override answer(value: unknown): void {
    this.answered = value;
  }
}

let ground: Ground;
let place: Place;
/** A folder of its own with the keys of this run: other files of tests serve with theirs, and a server says there where it is. */
const state = mkdtempSync(join(tmpdir(), 'jalon-commands-'));
beforeAll(async () => {
  ground = await Ground.start();
  cpSync(join(ground.postgres.state, 'keys'), join(state, 'keys'), { recursive: true });
  ground.clock.set(new Date().toISOString()); // commands have the real clock
  place = await ground.place();
});
afterAll(async () => {
  await ground.close();
  rmSync(state, { recursive: true, force: true });
});

async function jalon(...words: string[]): Promise<Record<string, unknown>> {
  const line = new KeptLine(loadConfig({ DATABASE_URL: ground.postgres.appUrl, JALON_STATE: state, POOL_SIZE: '2' }));
  const program = new Command('jalon').exitOverride().configureOutput({ writeErr: () => undefined });
  userCommands(program, line);
  await program.parseAsync(words, { from: 'user' });
  return line.answered as Record<string, unknown>;
}
/** Until somebody waits for what this transaction has not committed yet. */
async function waiting(transaction: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await ground.rows('select from pg_locks where not granted and transactionid::text = $1', [transaction])).length) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nobody waits');
}
const pathOf = (answer: Record<string, unknown>): string => new URL(String(answer.url)).pathname;

describe('jalon user', () => {
  it('makes links to the server that runs, and to its own address where none does', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }]);
    const opensAt = async () => new URL(String((await jalon('user', 'reset', user.email)).url)).origin;
    expect(await opensAt()).toBe('http://localhost:3000');
    const web = await serve(loadConfig({ JALON_STATE: state, JALON_URL: 'https://jalon.example.org', PORT: String(await freePort()), LOG_LEVEL: 'silent' }), ground.postgres.appUrl, new Keys(state));
    expect(await opensAt()).toBe('https://jalon.example.org');
    await web.close();
    expect(await opensAt()).toBe('http://localhost:3000');
    writeFileSync(join(state, 'address'), JSON.stringify({ pid: 99_999_999, born: '1', url: 'http://localhost:4999' })); // a crash leaves it
    expect(await opensAt()).toBe('http://localhost:3000');
  });

  it('adds the first administrator, who chooses a password by the link and signs in', async () => {
    const added = await jalon('user', 'add', 'First@example.org', '--name', 'Ines Admin', '--role', 'administrator');
    expect(added).toMatchObject({ email: 'first@example.org' });
    const browser = ground.browser();
    expect((await browser.post(pathOf(added), { newPassword: PASSWORD })).status).toBe(303);
    expect((await browser.signIn('first@example.org', PASSWORD)).status).toBe(303);
    expect((await browser.get('/users')).status).toBe(200);
  });

  it('adds a coach of a service, on behalf of an administrator', async () => {
    await jalon('user', 'add', 'boss@example.org', '--name', 'Boss', '--role', 'administrator');
    const added = await jalon('user', 'add', 'coach@example.org', '--name', 'Luz', '--role', 'coach', '--service', place.service, '--language', 'es', '--as', 'boss@example.org');
    const [event] = await ground.rows('select on_behalf_of, actor_role from audit_event where action = $1 and subject_id = $2', ['user.added', added.id]);
    const [boss] = await ground.rows<{ id: string }>("select id from app_user where email = 'boss@example.org'");
    expect(event).toEqual({ on_behalf_of: boss!.id, actor_role: 'system' });
    await expect(jalon('user', 'add', 'other@example.org', '--name', 'x', '--role', 'administrator', '--as', 'coach@example.org')).rejects.toMatchObject({ exitCode: 3 });
  });

  it('refuses an address twice, a role without its scope, a service that is not there, an unknown role', async () => {
    await expect(jalon('user', 'add', 'first@example.org', '--name', 'x', '--role', 'administrator')).rejects.toMatchObject({ exitCode: 3 });
    await expect(jalon('user', 'add', 'new@example.org', '--name', 'x', '--role', 'coach')).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('Fill in “--service”') as string });
    await expect(jalon('user', 'add', 'new@example.org', '--name', 'x', '--role', 'coach', '--service', 'Nowhere')).rejects.toMatchObject({ exitCode: 1 });
    await expect(jalon('user', 'add', 'new@example.org', '--name', 'x', '--role', 'king')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
    await expect(jalon('user', 'add', 'nobody', '--name', 'x', '--role', 'coach')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });

  it('takes what the page takes: no blank name, no sign that nobody sees, no address that cannot sign in, no role without work', async () => {
    const refused = async (message: string, ...words: string[]) => expect(jalon('user', 'add', ...words)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) as string });
    await refused('Fill in “--name”', 'blank@example.org', '--name', ' ', '--role', 'administrator');
    await refused('Fill in “--name”', 'blank@example.org', '--name', '', '--role', 'administrator');
    await refused('“--name”: at most 200 characters', 'long@example.org', '--name', 'x'.repeat(5_000), '--role', 'administrator');
    for (const sign of ['\u202E', '\u001B[2J']) await refused('forbidden-character', 'hidden@example.org', '--name', `Ana${sign}anauq`, '--role', 'administrator');
    for (const address of ['x@ex\u00E4mple.org', 'jos\u00E9@exemple.fr', 'a@b', 'x"y<z>@b.org']) await refused('not-an-email', address, '--name', 'X', '--role', 'administrator');
    await refused('“<email>” is used by another account', 'first@example.org', '--name', 'x', '--role', 'administrator');
    await expect(jalon('user', 'add', 'f@example.org', '--name', 'x', '--role', 'funder')).rejects.toMatchObject({ code: 'commander.invalidArgument' });
  });

  it('tells whoever adds an address at the same moment as somebody else, in words', async () => {
    await connected(ground.postgres.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query("insert into app_user (id, email, name, language, created_at) values (gen_random_uuid(), 'both@example.org', 'First', 'fr', now())");
      const { rows: [mine] } = await owner.query<{ id: string }>('select pg_current_xact_id()::text as id');
      const late = expect(jalon('user', 'add', 'both@example.org', '--name', 'Second', '--role', 'administrator')).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('already-there') as string });
      await waiting(mine!.id);
      await owner.query('commit');
      await late;
    });
  });

  it('gives a role from the day that the service has, so that one signs in at once', async () => {
    // Twenty-five hours apart: at any moment the day of one of them is not that of the server.
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const world = Actor.system('world');
      const service = await ground.database.write(world, () => ground.nest.get(ProgrammesService).addService(world, { federationId: place.federation, name: timeZone, place: 'x', country: 'KI', timeZone, language: 'en' }));
      const added = await jalon('user', 'add', `${service.id}@example.org`, '--name', 'Far', '--role', 'coach', '--service', service.id);
      expect(await ground.rows('select starts_on::text from membership where user_id = $1', [added.id])).toEqual([{ starts_on: new Clock().today(timeZone) }]);
    }
  });

  it('disables at once, and makes no link for who is disabled', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }]);
    const browser = await ground.signedIn(user);
    const reset = await jalon('user', 'reset', user.email);
    expect((await ground.browser().get(pathOf(reset))).status).toBe(200);
    await jalon('user', 'disable', user.email);
    expect((await browser.get('/sessions')).status).toBe(303);
    await expect(jalon('user', 'reset', user.email)).rejects.toMatchObject({ exitCode: 3 });
    await expect(jalon('user', 'disable', 'nobody@example.org')).rejects.toMatchObject({ exitCode: 1 });
  });

  it('lets a disabled user in again', async () => {
    const user = await ground.user([{ role: 'coach', serviceId: place.service }]);
    await jalon('user', 'disable', user.email);
    expect((await ground.browser().signIn(user.email, PASSWORD)).status).toBe(401);
    expect(await jalon('user', 'enable', user.email)).toEqual({ id: user.id, email: user.email, disabled: false });
    expect((await ground.browser().signIn(user.email, PASSWORD)).status).toBe(303);
    expect((await ground.events('user.enabled')).at(-1)).toMatchObject({ subject_id: user.id });
  });

  it('takes a place for a role that has one, and says which does not go with it', async () => {
    const refused = async (message: string, ...words: string[]) =>
      expect(jalon('user', 'add', 'placed@example.org', '--name', 'X', ...words)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) as string });
    await refused('“--service” does not go with this role', '--role', 'administrator', '--service', place.service);
    await refused('“--service” does not go with this role', '--role', 'officer', '--programme', place.programme, '--service', place.service);
    await refused('“--federation” does not go with this role', '--role', 'coach', '--service', place.service, '--federation', place.federation);
    expect(await ground.rows("select from app_user where email = 'placed@example.org'")).toEqual([]);
  });

  it('leaves one administrator at least, also when another is being taken at the same moment', async () => {
    const one = await ground.user([{ role: 'administrator' }]);
    const other = await ground.user([{ role: 'administrator' }, { role: 'coach', serviceId: place.service }]);
    await ground.user([{ role: 'administrator', startsOn: '2020-01-01', endsOn: '2021-01-01' }]);
    await ground.user([{ role: 'administrator', startsOn: '2990-01-01' }]);
    const those = await ground.rows<{ email: string }>("select distinct email from app_user join membership on user_id = app_user.id where role = 'administrator' and app_user.id <> all($1)", [[one.id, other.id]]);
    for (const { email } of those) await jalon('user', 'disable', email);

    const users = ground.nest.get(UsersService);
    const operator = Actor.system('operator');
    const membership = other.memberships.find(({ role }) => role === 'administrator')!.id;
    const ending = () => ground.database.write(operator, () => users.endMembership(operator, other.id, membership));
    await connected(ground.postgres.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query('update app_user set disabled_at = now() where id = $1', [one.id]);
      const { rows: [mine] } = await owner.query<{ id: string }>('select pg_current_xact_id()::text as id');
      const late = expect(ending()).rejects.toMatchObject({ status: 409, code: 'last-administrator' });
      await waiting(mine!.id);
      await owner.query('commit');
      await late;
    });
    await expect(jalon('user', 'disable', other.email)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining('This is the last administrator’s account') as string });
    // Who has not set a password yet, and who goes sooner, is nobody to leave it to.
    await jalon('user', 'add', 'next@example.org', '--name', 'Next', '--role', 'administrator');
    const brief = await ground.user([{ role: 'administrator', endsOn: '2026-03-03' }]);
    await expect(ending()).rejects.toMatchObject({ status: 409, code: 'last-administrator' });
    await jalon('user', 'disable', brief.email);
    await ground.user([{ role: 'administrator' }]);
    await ending();
  });
});
