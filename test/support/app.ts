import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import type { Request, Response } from 'express';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module';
import { SessionsService, TokensService, UsersService } from '../../src/modules/identity';
import { Actor, type Language, type MembershipRole } from '../../src/platform/access/actor';
import { loadConfig, type Config } from '../../src/platform/config';
import { Database } from '../../src/platform/database/database';
import { connected } from '../../src/platform/database/roles';
import { addDays } from '../../src/platform/days';
import { newId } from '../../src/platform/id';
import { Keys } from '../../src/platform/keys';
import { nestLogger } from '../../src/platform/log';
import { CsrfGuard } from '../../src/platform/web/csrf';
import { dress } from '../../src/platform/web/dress';
import { SettableClock } from './clock';
import { Description } from './description';
import { aWorld, type World, type WorldOptions } from './factories/world';
import { KeptLog } from './log';
import { cloneDatabase, type TestDatabase } from './postgres';

export interface AppOptions {
  /** Variables of the environment. */
  env?: Record<string, string>;
  /** Whom requests connect as: `owner` walks past row-level security, so that only the application's own wall stands. */
  connectAs?: 'app' | 'owner';
  /** Replaces parts, as the matrix does to try one wall alone. */
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  clock?: SettableClock;
  /** A database of another server than the one of this run. */
  postgres?: TestDatabase;
}

/** A user of a world, in the one membership that the world gave. */
export interface TestUser {
  id: string;
  name: string;
  email: string;
  role: MembershipRole;
  membership: string;
}

type Form = Record<string, string | string[] | undefined>;

/** The whole application on a database of its own: one for each test file. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const postgres = options.postgres ?? await cloneDatabase();
  const keys = new Keys(postgres.state);
  const config = loadConfig({ POOL_SIZE: '5', ...options.env });
  const clock = options.clock ?? new SettableClock();
  const log = new KeptLog();
  const parts = { config, databaseUrl: options.connectAs === 'owner' ? postgres.ownerUrl : postgres.appUrl, keys: { context: keys.context, app: keys.app }, logger: log.logger, clock };
  const builder = Test.createTestingModule({ imports: [AppModule.with(parts)] });
  const nest = (await (options.override?.(builder) ?? builder).compile()).createNestApplication<NestExpressApplication>({ bodyParser: false, logger: nestLogger(log.logger) });
  dress(nest, config, log.logger);
  await nest.listen(0, '127.0.0.1');
  return new TestApp(nest, postgres, clock, log, config);
}

export class TestApp {
  private readonly secrets = new Map<string, Promise<{ secret: string; actor: Actor }>>();
  private told: Description | null = null;

  constructor(
    readonly nest: NestExpressApplication,
    readonly postgres: TestDatabase,
    readonly clock: SettableClock,
    readonly log: KeptLog,
    readonly config: Config,
  ) {}

  /** What the application says of its API. */
  get description(): Description {
    this.told ??= Description.of(this.nest);
    return this.told;
  }

  /** A part of the application. */
  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.nest.get<T>(token, { strict: false });
  }

  get database(): Database {
    return this.get(Database);
  }

  /** Its own federation, programme, operation and service with its people: the product's own wall keeps worlds apart. */
  world(options: WorldOptions = {}): Promise<World> {
    return aWorld(this, options);
  }

  /** One more user, through the service, as the system. */
  async user(role: MembershipRole, scope: { serviceId?: string; programmeId?: string; federationId?: string }, more: { name?: string; language?: Language; passwordHash?: string } = {}): Promise<TestUser> {
    const name = more.name ?? `${role} ${newId().slice(-6)}`;
    const email = `${newId()}@example.org`;
    const made = await this.asSystem((system) => this.get(UsersService).addUser(system, {
      name, email, language: more.language ?? 'en', passwordHash: more.passwordHash, memberships: [{ role, startsOn: '2025-01-01', ...scope }],
    }));
    return { id: made.id, name, email, role, membership: made.memberships[0]!.id };
  }

  /** One unit of work as the system, for one purpose. */
  asSystem<T>(work: (system: Actor) => Promise<T>, purpose = 'world'): Promise<T> {
    const system = Actor.system(purpose);
    return this.database.write(system, () => work(system));
  }

  /** One unit of work as a user: services called without a page. */
  async acting<T>(user: TestUser, work: (actor: Actor) => Promise<T>): Promise<T> {
    const { actor } = await this.signedIn(user);
    return this.database.write(actor, () => work(actor));
  }

  /** The browser of somebody who has signed in. */
  async as(user: TestUser): Promise<Browser> {
    const { secret, actor } = await this.signedIn(user);
    return new Browser(this, secret, this.get(CsrfGuard).tokenFor({ actor } as Request, {} as Response));
  }

  /** A program with a user's token. */
  async api(user: TestUser, scopes: ('read' | 'write')[] = ['read', 'write']): Promise<Caller> {
    const { actor } = await this.signedIn(user);
    const made = await this.database.write(actor, () => this.get(TokensService).make(actor, { name: 'test', scopes, expiresOn: addDays(this.clock.today('UTC'), 364) }));
    return new Caller(this, made.secret);
  }

  /** Somebody who has not signed in. */
  stranger(): supertest.Agent {
    // Packing and unpacking ten thousand answers would take longer than reading them.
    return supertest.agent(this.nest.getHttpServer()).set('Accept-Encoding', 'identity');
  }

  /** Rows as the owner sees them, past every wall. */
  async rows<R = Record<string, unknown>>(statement: string, params: unknown[] = []): Promise<R[]> {
    return connected(this.postgres.ownerUrl, async (owner) => (await owner.query(statement, params)).rows as R[]);
  }

  /** Ends it; fails when the log holds a fault that no test took, or input that only the database refused. */
  async close(): Promise<void> {
    await this.nest.close();
    await this.postgres.drop();
    const faults = this.log.takeFaults();
    if (faults.length) throw new Error(`faults in the log:\n${faults.join('')}`);
  }

  /** A session made by the service: hashing a password each time would be most of the run. */
  private signedIn(user: TestUser): Promise<{ secret: string; actor: Actor }> {
    const known = this.secrets.get(user.membership);
    if (known) return known;
    const made = (async () => {
      const signIn = Actor.system('sign-in');
      const sessions = this.get(SessionsService);
      // What the same user sends beside this may end all of their sessions, this one before it was ever used: the matrix presses every button at once.
      for (let tries = 0; tries < 3; tries += 1) {
        const secret = await this.database.write(signIn, () => sessions.start(user.id, user.membership, 'test'));
        const actor = await sessions.resume(secret);
        if (actor) return { secret, actor };
      }
      throw new Error(`${user.name} cannot sign in today`);
    })();
    this.secrets.set(user.membership, made);
    return made;
  }

  /** The next request of this user signs in again: after the clock went past the session's end. */
  forget(user: TestUser): void {
    this.secrets.delete(user.membership);
  }
}

/** What a browser sends: the session's cookie, and with every form its token, its key and where it comes from. */
export class Browser {
  constructor(
    private readonly app: TestApp,
    readonly session: string,
    readonly token: string,
  ) {}

  get(path: string): supertest.Test {
    return this.app.stranger().get(path).set('Cookie', `sid=${this.session}`);
  }

  /** Goes where an answer leads, with the notice that it left. */
  follow(answer: { headers: Record<string, unknown> }): supertest.Test {
    const notice = /\bnotice=([^;]*)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
    return this.app.stranger().get(String(answer.headers.location)).set('Cookie', `sid=${this.session}; notice=${notice}`);
  }

  post(path: string, form: Form = {}): supertest.Test {
    const given = Object.fromEntries(Object.entries({ _token: this.token, _key: newId(), ...form }).filter(([, value]) => value !== undefined));
    return this.app.stranger().post(path).set('Cookie', `sid=${this.session}`).set('Origin', this.app.config.url).set('Sec-Fetch-Site', 'same-origin').type('form').send(given);
  }

  /** A form with a file. */
  upload(path: string, form: Record<string, string>, file: { name: string; content: Buffer; field?: string } | null): supertest.Test {
    const request = this.app.stranger().post(path).set('Cookie', `sid=${this.session}`).set('Origin', this.app.config.url).set('Sec-Fetch-Site', 'same-origin');
    return withFile(request, { _token: this.token, _key: newId(), ...form }, file);
  }
}

function withFile(request: supertest.Test, form: Record<string, string>, file: { name: string; content: Buffer; field?: string } | null): supertest.Test {
  for (const [name, value] of Object.entries(form)) void request.field(name, value);
  return file ? request.attach(file.field ?? 'file', file.content, file.name) : request;
}

/** What a program sends: JSON and its token. Whatever it is answered must be what the description of the API says. */
export class Caller {
  constructor(
    private readonly app: TestApp,
    readonly token: string,
  ) {}

  get(path: string): supertest.Test {
    return this.call('get', path);
  }

  post(path: string, body: object = {}): supertest.Test {
    return this.call('post', path).send(body);
  }

  /** A call with a file beside its fields. */
  upload(path: string, form: Record<string, string>, file: { name: string; content: Buffer; field?: string } | null): supertest.Test {
    return withFile(this.call('post', path), form, file);
  }

  patch(path: string, body: object = {}): supertest.Test {
    return this.call('patch', path).send(body);
  }

  put(path: string, body: object = {}): supertest.Test {
    return this.call('put', path).send(body);
  }

  delete(path: string): supertest.Test {
    return this.call('delete', path);
  }

  private call(method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string): supertest.Test {
    return this.app.stranger()[method](path).set('Authorization', `Bearer ${this.token}`).expect((answer) => {
      const differs = this.app.description.differs(method.toUpperCase(), path, answer);
      if (differs) throw new Error(differs);
    });
  }
}
