import { createHash } from 'node:crypto';
import { Global, Injectable, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Request } from 'express';
import supertest from 'supertest';
import { Actor, type MembershipRole } from '../../src/platform/access/actor';
import { ActorSource, Refusals, Rights } from '../../src/platform/access/sources';
import { Config, loadConfig } from '../../src/platform/config';
import { Database } from '../../src/platform/database/database';
import { connected } from '../../src/platform/database/roles';
import { newId } from '../../src/platform/id';
import { Keys } from '../../src/platform/keys';
import { nestLogger } from '../../src/platform/log';
import { PlatformModule } from '../../src/platform/platform.module';
import { CHAIN, PLATFORM_ROUTES } from '../../src/platform/web/chain';
import { dress } from '../../src/platform/web/dress';
import { Navigation } from '../../src/platform/web/navigation';
import { SettableClock } from './clock';
import { LabRoutes, LabThing } from './lab.routes';
import { KeptLog } from './log';
import { cloneDatabase, type TestDatabase } from './postgres';

/** One kind of row on the real ground: the wall of the service, written by whoever works there. */
const TABLE = `
  create table lab_thing (id uuid primary key, service_id uuid not null, name text not null check (length(name) <= 40), version int not null default 1, unique (service_id, name));
  select app.protect('lab_thing', by => 'service');
  grant select, insert, update, delete on lab_thing to jalon_app;
  create table lab_trace (id uuid primary key, service_id uuid not null, what text not null);
  select app.protect('lab_trace', by => 'service');
  grant select, insert on lab_trace to jalon_app;`;

/** People of the lab, by the value of the header that names them. */
@Injectable()
export class LabPeople extends ActorSource {
  private readonly people = new Map<string, Actor>();

  add(role: MembershipRole, service: string | null, scopes: readonly string[] | null = null): string {
    const key = newId();
    const session = scopes ? null : createHash('sha256').update(key).digest('hex');
    this.people.set(key, new Actor({ id: newId(), role, service, scope: service, name: `a ${role}`, language: 'en', session, scopes }));
    return key;
  }

  override async actorOf(request: Request): Promise<Actor> {
    return this.people.get(request.get('x-lab-person') ?? '') ?? Actor.anonymous('en');
  }

  override async givesBack(): Promise<null> {
    return null;
  }
}

class LabRights extends Rights {
  override allows(_role: string, right: string): boolean {
    return right !== 'lab.refused';
  }
}

/** What was refused, kept in memory. */
@Injectable()
export class LabRefusals extends Refusals {
  readonly kept: { actor: Actor; right: string; subject: string; code: string }[] = [];

  override async record(actor: Actor, right: string, subject: string, code: string): Promise<void> {
    this.kept.push({ actor, right, subject, code });
  }
}

class NoNavigation extends Navigation {
  override async of(): Promise<[]> {
    return [];
  }
  override own(): [] {
    return [];
  }
}

@Global()
@Module({
  providers: [
    LabPeople, { provide: ActorSource, useExisting: LabPeople }, LabRefusals, { provide: Refusals, useExisting: LabRefusals },
    { provide: Rights, useClass: LabRights }, { provide: Navigation, useClass: NoNavigation },
  ],
  exports: [LabPeople, ActorSource, LabRefusals, Refusals, Rights, Navigation],
})
class LabGround {}

/** The platform alone, with the routes of a test on it: what holds here holds for every module. */
export class Lab {
  private constructor(
    readonly nest: NestExpressApplication,
    readonly postgres: TestDatabase,
    readonly clock: SettableClock,
    readonly log: KeptLog,
    readonly config: Config,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Lab> {
    const postgres = await cloneDatabase();
    await connected(postgres.ownerUrl, (owner) => owner.query(TABLE));
    const keys = new Keys(postgres.state);
    const config = loadConfig({ POOL_SIZE: '5', ...env });
    const clock = new SettableClock();
    const log = new KeptLog();
    @Module({
      imports: [PlatformModule.with({ config, databaseUrl: postgres.appUrl, keys: { context: keys.context, app: keys.app }, logger: log.logger, clock }), TypeOrmModule.forFeature([LabThing]), LabGround],
      controllers: [...PLATFORM_ROUTES, LabRoutes],
      providers: CHAIN,
    })
    class LabModule {}
    const testing = await Test.createTestingModule({ imports: [LabModule] }).compile();
    const nest = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: nestLogger(log.logger) });
    dress(nest, config, log.logger);
    await nest.listen(0, '127.0.0.1');
    return new Lab(nest, postgres, clock, log, config);
  }

  get database(): Database {
    return this.nest.get(Database);
  }

  get refusals(): LabRefusals['kept'] {
    return this.nest.get(LabRefusals).kept;
  }

  /** Somebody who came by the browser, with the three layers in order; `token` of another for a forgery. */
  person(role: MembershipRole, service: string | null): LabPerson {
    return new LabPerson(this, this.nest.get(LabPeople).add(role, service), null);
  }

  /** Somebody who came by the API with a token. */
  caller(role: MembershipRole, service: string | null, scopes: readonly string[] = ['read', 'write']): LabPerson {
    return new LabPerson(this, this.nest.get(LabPeople).add(role, service, scopes), null);
  }

  stranger(): supertest.Agent {
    return supertest(this.nest.getHttpServer());
  }

  /** Rows as the owner sees them, past every wall. */
  async rows<R>(statement: string, params: unknown[] = []): Promise<R[]> {
    return connected(this.postgres.ownerUrl, async (owner) => (await owner.query(statement, params)).rows as R[]);
  }

  /** Ends it; fails when the log holds a fault that no test took. */
  async close(): Promise<void> {
    await this.nest.close();
    await this.postgres.drop();
    const faults = this.log.takeFaults();
    if (faults.length) throw new Error(`faults in the log:\n${faults.join('')}`);
  }
}

export class LabPerson {
  constructor(
    private readonly lab: Lab,
    readonly key: string,
    private token: string | null,
  ) {}

  get(path: string): supertest.Test {
    return this.lab.stranger().get(path).set('x-lab-person', this.key);
  }

  /** A call with JSON; a person of the browser sends the form's token as a header. */
  async send(method: 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Promise<supertest.Response> {
    return this.lab.stranger()[method](path).set('x-lab-person', this.key).set('Origin', this.lab.config.url).set('X-CSRF-Token', await this.formToken()).send(body);
  }

  /** A form as the browser sends it. */
  async post(path: string, form: Record<string, string | string[]> = {}): Promise<supertest.Response> {
    return this.bare('post', path).set('Origin', this.lab.config.url).set('Sec-Fetch-Site', 'same-origin').type('form').send({ _token: await this.formToken(), ...form });
  }

  /** A request with nothing but the person. */
  bare(method: 'post' | 'put' | 'patch' | 'delete', path: string): supertest.Test {
    return this.lab.stranger()[method](path).set('x-lab-person', this.key);
  }

  /** The token in the forms that this person was shown. */
  async formToken(): Promise<string> {
    this.token ??= (await this.get('/lab/token')).text;
    return this.token;
  }
}
