import { Global, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { AuditModule } from '../../src/modules/audit';
import { IdentityModule, Passwords, SessionsService, UsersService, type NewMembership, type UserView } from '../../src/modules/identity';
import { ProgrammesModule, ProgrammesService } from '../../src/modules/programmes';
import { Actor, type MembershipRole } from '../../src/platform/access/actor';
import { loadConfig } from '../../src/platform/config';
import { Database } from '../../src/platform/database/database';
import { connected } from '../../src/platform/database/roles';
import { newId } from '../../src/platform/id';
import { Keys } from '../../src/platform/keys';
import { nestLogger } from '../../src/platform/log';
import { PlatformModule } from '../../src/platform/platform.module';
import { CHAIN, PLATFORM_ROUTES } from '../../src/platform/web/chain';
import { dress } from '../../src/platform/web/dress';
import { Navigation } from '../../src/platform/web/navigation';
import { SettableClock } from '../support/clock';
import { KeptLog } from '../support/log';
import { cloneDatabase, type TestDatabase } from '../support/postgres';

const WORLD = Actor.system('world');
export const PASSWORD = 'quatre mots sans aucun lien';

class NoNavigation extends Navigation {
  override async of(): Promise<[]> {
    return [];
  }
  override own(): [] {
    return [];
  }
}
@Global()
@Module({ providers: [{ provide: Navigation, useClass: NoNavigation }], exports: [Navigation] })
class NavigationModule {}

export interface Place {
  federation: string;
  programme: string;
  service: string;
}

/** What most test files stand on: a ground of their own with one place, from before their first test to after their last, and the same moment before each. */
export function groundWithPlace(): { ground: Ground; place: Place; aCoach: (name?: string) => Promise<UserView>; anAdministrator: (name?: string) => Promise<Browser> } {
  const ground = new Ground();
  const place: Place = { federation: '', programme: '', service: '' };
  beforeAll(async () => {
    await ground.begin();
    Object.assign(place, await ground.place());
  });
  afterAll(() => ground.close());
  beforeEach(() => ground.clock.set('2026-03-02T09:00:00Z'));
  return {
    ground, place,
    aCoach: (name) => ground.user([{ role: 'coach', serviceId: place.service }], name),
    anAdministrator: async (name = 'Ines Admin') => ground.signedIn(await ground.user([{ role: 'administrator' }], name)),
  };
}

/** The three first modules alone on the real ground: platform, log, programmes, accounts. */
export class Ground {
  nest!: NestExpressApplication;
  postgres!: TestDatabase;
  url!: string;
  readonly clock = new SettableClock();
  readonly log = new KeptLog();
  private hash: Promise<string> | null = null;

  static start(): Promise<Ground> {
    return new Ground().begin();
  }

  async begin(): Promise<this> {
    const postgres = await cloneDatabase();
    const keys = new Keys(postgres.state);
    const config = loadConfig({ POOL_SIZE: '5', TRUSTED_PROXIES: 'loopback' });
    const { clock, log } = this;
    @Module({
      imports: [
        PlatformModule.with({ config, databaseUrl: postgres.appUrl, keys: { context: keys.context, app: keys.app }, logger: log.logger, clock }),
        AuditModule, ProgrammesModule, IdentityModule, NavigationModule,
      ],
      controllers: PLATFORM_ROUTES,
      providers: CHAIN,
    })
    class GroundModule {}
    const testing = await Test.createTestingModule({ imports: [GroundModule] }).compile();
    const nest = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: nestLogger(log.logger) });
    dress(nest, config, log.logger);
    await nest.listen(0, '127.0.0.1');
    return Object.assign(this, { nest, postgres, url: config.url });
  }

  get database(): Database {
    return this.nest.get(Database);
  }

  /** A federation, its programme and one service of it. */
  place(): Promise<Place> {
    const programmes = this.nest.get(ProgrammesService);
    return this.database.write(WORLD, async () => {
      const federation = await programmes.addFederation(WORLD, { name: 'A federation', country: 'PE' });
      const programme = await programmes.addProgramme(WORLD, { federationId: federation.id, name: 'A programme', opensOn: '2025-01-01' });
      const service = await programmes.addService(WORLD, { federationId: federation.id, name: 'Servicio Horizonte', place: 'Lima', country: 'PE', timeZone: 'America/Lima', language: 'es' });
      return { federation: federation.id, programme: programme.id, service: service.id };
    });
  }

  /** An account with the password of all tests. */
  async user(memberships: readonly (Partial<NewMembership> & { role: MembershipRole })[], name = 'Ana Quispe'): Promise<UserView> {
    this.hash ??= this.nest.get(Passwords).hash(PASSWORD);
    const passwordHash = await this.hash;
    return this.database.write(WORLD, () => this.nest.get(UsersService).addUser(WORLD, {
      name, email: `${newId()}@example.org`, language: 'fr', passwordHash, memberships: memberships.map((one) => ({ startsOn: '2026-01-01', ...one })),
    }));
  }

  /** A browser without cookies. */
  browser(address = '203.0.113.7'): Browser {
    return new Browser(this, address);
  }

  /** A browser signed in, without the hashing. */
  async signedIn(user: UserView, membership = user.memberships[0]!.id): Promise<Browser> {
    const system = Actor.system('sign-in');
    const secret = await this.database.write(system, () => this.nest.get(SessionsService).start(user.id, membership, 'a test'));
    const browser = this.browser();
    browser.cookies.set('sid', secret);
    return browser;
  }

  async rows<R = Record<string, unknown>>(statement: string, params: unknown[] = []): Promise<R[]> {
    return connected(this.postgres.ownerUrl, async (owner) => (await owner.query(statement, params)).rows as R[]);
  }

  async events(action: string): Promise<{ outcome: string; code: string | null; actor_id: string | null; subject_id: string | null; changes: unknown }[]> {
    return this.rows('select * from audit_event where action = $1 order by id', [action]);
  }

  async close(): Promise<void> {
    await this.nest.close();
    await this.postgres.drop();
    const faults = this.log.takeFaults();
    if (faults.length) throw new Error(`faults in the log:\n${faults.join('')}`);
  }
}

/** Keeps cookies as a browser does, and fills in the token of forms. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly ground: Ground,
    private readonly address: string,
  ) {}

  async get(path: string): Promise<supertest.Response> {
    return this.kept(await supertest(this.ground.nest.getHttpServer()).get(path).set(this.headers()));
  }

  /** A form, with the token that the page `from` shows (the same path unless told). */
  async post(path: string, form: Record<string, string | string[]> = {}, from = path): Promise<supertest.Response> {
    const token = /name="_token" value="([^"]+)"/.exec((await this.get(from)).text)?.[1] ?? '';
    return this.send(path, { _token: token, ...form });
  }

  /** A form as it is. */
  async send(path: string, form: Record<string, string | string[]>, origin = this.ground.url): Promise<supertest.Response> {
    return this.kept(await supertest(this.ground.nest.getHttpServer()).post(path).set(this.headers()).set('Origin', origin).type('form').send(form));
  }

  async signIn(email: string, password: string): Promise<supertest.Response> {
    return this.post('/sign-in', { email, password });
  }

  private headers(): Record<string, string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { 'X-Forwarded-For': this.address, ...(cookie ? { Cookie: cookie } : {}) };
  }

  private kept(response: supertest.Response): supertest.Response {
    for (const line of (response.headers['set-cookie'] as unknown as string[] | undefined) ?? []) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line)!;
      if (/Max-Age=0/i.test(rest!)) this.cookies.delete(name!);
      else this.cookies.set(name!, decodeURIComponent(value!));
    }
    return response;
  }
}
