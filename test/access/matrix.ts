import type supertest from 'supertest';
import { shippedProtocols } from '../../src/modules/pathways';
import { ROLES, type MembershipRole } from '../../src/platform/access/actor';
import { newId } from '../../src/platform/id';
import type { Caller, TestApp, TestUser } from '../support/app';
import { aWorld, type World } from '../support/factories/world';
import { routesOf, type Route } from '../support/routes';
import { asForm, COMMANDS, type About } from './commands';
import { EXPECTED, OPEN, type Expectation, type Thing } from './expected';
import { Things } from './things';

/** What stands in an address, as seen from the user: theirs, a colleague's, another service's, one's own with a part of a colleague's, nobody's, nonsense. */
export const RELATIONS = ['own', 'colleague', 'foreign', 'mixed', 'missing', 'malformed'] as const;
export type Relation = (typeof RELATIONS)[number];

const SCOPE: Partial<Record<MembershipRole, 'serviceId' | 'programmeId' | 'federationId'>> = {
  team: 'serviceId', cashier: 'serviceId', employer: 'serviceId', participant: 'serviceId', complaints: 'serviceId', funder: 'programmeId', reviewer: 'federationId',
};
/** Things that no colleague has for himself. */
const COMMON: Thing[] = ['federation', 'programme', 'operation', 'service', 'user', 'protocol', 'draft'];
/** Roles whose work has not come yet: they are refused everything but their own account. */
const WAITING: MembershipRole[] = ['team', 'cashier', 'employer', 'participant', 'reviewer', 'complaints', 'funder'];

export interface Cell {
  route: Route;
  expectation: Expectation;
  role: MembershipRole;
  relation: Relation;
}

/** One application with two services that know nothing of each other, somebody in every role of the first, and things of everybody. */
export class Matrix {
  readonly users = new Map<MembershipRole, TestUser>();
  private readonly callers = new Map<string, Promise<Caller>>();
  private numbers = 1_000;
  private readonly shared = new Map<string, Things>();

  private constructor(
    readonly app: TestApp,
    private readonly protocol: ReturnType<typeof shippedProtocols>[number],
    readonly here: World,
    readonly there: World,
  ) {}

  static async of(app: TestApp): Promise<Matrix> {
    const matrix = new Matrix(app, shippedProtocols().find(({ pathway }) => pathway === 'employment-advice')!, await aWorld(app, { name: 'Here' }), await aWorld(app, { name: 'There' }));
    const { here } = matrix;
    const ids = { serviceId: here.service, programmeId: here.programme, federationId: here.federation };
    for (const role of ROLES) {
      const scope = SCOPE[role];
      const known = { coach: here.ana, manager: here.manager, officer: here.officer, editor: here.editor, administrator: here.administrator }[role as 'coach'] as TestUser | undefined;
      matrix.users.set(role, known ?? await app.user(role, scope ? { [scope]: ids[scope] } : {}));
    }
    await matrix.things(here.ana, false).id('employer', here.ana);
    return matrix;
  }

  /** The shipped protocol under a number that nobody has used. */
  document(): string {
    return JSON.stringify({ ...this.protocol, version: (this.numbers += 1) });
  }

  /** Routes of the application that the list of expectations does not know, and the other way round. */
  unlisted(): { unknown: string[]; gone: string[] } {
    const names = routesOf(this.app.nest).map(({ name }) => name);
    const listed = [...Object.keys(EXPECTED), ...OPEN];
    return { unknown: names.filter((name) => !listed.includes(name)), gone: listed.filter((name) => !names.includes(name)) };
  }

  cells(): Cell[] {
    return routesOf(this.app.nest).flatMap((route) => {
      const expectation = EXPECTED[route.name];
      if (!expectation) return [];
      return ROLES.flatMap((role) => this.relations(route, expectation, role).map((relation) => ({ route, expectation, role, relation })));
    });
  }

  /** The status that the expectation says, by the reach alone. */
  expected({ expectation, role, relation }: Cell): number[] {
    const reach = expectation.may[role];
    if (!reach) return [403];
    const reached = !expectation.on || relation === 'own' || (relation === 'colleague' && reach !== 'own') || (relation === 'foreign' && reach === 'all');
    if (!reached) return [404];
    const ok = expectation.ok ?? 200;
    return typeof ok === 'object' && !Array.isArray(ok) ? [ok[role]!] : [ok].flat();
  }

  /** Sends the request of a cell. `fresh`: about things made for it alone, because it changes them. */
  async send(cell: Cell, fresh: boolean): Promise<supertest.Response> {
    const { path, ids } = await this.address(cell, fresh);
    return this.request(cell, path, cell.expectation.sends ? this.command(cell, ids) : {});
  }

  /** The command that a cell sends about things that are there. */
  commandOf(cell: Cell): Record<string, unknown> {
    return this.command(cell, { id: this.things(this.here.ana, false).known('participant') ?? newId() });
  }

  /** The request of a cell with another body. */
  async sendBody(cell: Cell, body: Record<string, unknown>): Promise<supertest.Response> {
    return this.request(cell, (await this.address(cell, false)).path, body);
  }

  /** The request of a cell with another query. */
  async sendQuery(cell: Cell, query: string): Promise<supertest.Response> {
    return this.request(cell, `${(await this.address(cell, false)).path.split('?')[0]}?${query}`, {});
  }

  private async request({ route, role }: Cell, path: string, command: Record<string, unknown>): Promise<supertest.Response> {
    const user = this.users.get(role)!;
    const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    if (route.path.startsWith('/api/')) {
      const caller = await this.caller(user);
      const answer = await (verb === 'get' || verb === 'delete' ? caller[verb](path) : caller[verb](path, command));
      if (verb !== 'get' && answer.status < 400) this.app.forget(user);
      return worded(answer);
    }
    const browser = await this.app.as(user);
    const answer = await (verb === 'get' ? browser.get(path) : browser.post(path, asForm(command)));
    if (verb === 'post' && answer.status < 400) this.app.forget(user); // the session may have gone with it
    return worded(answer);
  }

  /** Where a cell is asked. */
  async address({ route, expectation, role, relation }: Cell, fresh: boolean): Promise<{ path: string; ids: Record<string, string> }> {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    const ids = await this.idsFor(names, expectation.on, this.users.get(role)!, relation, fresh);
    return { path: route.path.replace(/:(\w+)/g, (_, name: string) => ids[name]!) + (expectation.query ?? ''), ids };
  }

  /** Makes the things that a cell is about, before anything is measured. */
  async prepare(cell: Cell): Promise<void> {
    await this.address(cell, false);
    if (cell.route.path.startsWith('/api/')) await this.caller(this.users.get(cell.role)!);
  }

  caller(user: TestUser): Promise<Caller> {
    const known = this.callers.get(user.id);
    if (known) return known;
    // Who may not make tokens has none: a token made by the service asks the guard the same question.
    const made = this.app.api(user);
    this.callers.set(user.id, made);
    return made;
  }

  things(owner: TestUser, fresh: boolean): Things {
    const world = owner === this.there.ana || owner === this.there.manager ? this.there : this.here;
    if (fresh) return new Things(this, world, owner);
    const known = this.shared.get(owner.id) ?? new Things(this, world, owner);
    this.shared.set(owner.id, known);
    return known;
  }

  private relations(route: Route, { on, may }: Expectation, role: MembershipRole): Relation[] {
    if (!on) return ['own'];
    if (!may[role]) return WAITING.includes(role) ? ['own'] : ['own', 'foreign'];
    const parts = [...route.path.matchAll(/:(?!key)(\w+)/g)].length;
    return RELATIONS.filter((relation) => (relation !== 'mixed' || parts > 1) && (relation !== 'colleague' || !COMMON.includes(on)));
  }

  private async idsFor(names: string[], on: Thing | undefined, user: TestUser, relation: Relation, fresh: boolean): Promise<Record<string, string>> {
    const ids: Record<string, string> = {};
    const owner = this.ownerOf(user, relation);
    const [theirs, bens] = [this.things(owner, fresh), this.things(this.here.ben, fresh)];
    for (const name of names) {
      const thing = name === 'id' ? on! : name;
      if (name === 'key') ids[name] = 'admit';
      else if (relation === 'missing') ids[name] = newId();
      else if (relation === 'malformed') ids[name] = 'not-an-id';
      else if (relation === 'mixed' && name !== 'id') ids[name] = await bens.id(thing, this.here.ben);
      else ids[name] = await theirs.id(thing, relation === 'own' ? user : owner);
    }
    return ids;
  }

  /** Whose thing it is. A user who looks after nobody is given what is Ana's as "own". */
  private ownerOf(user: TestUser, relation: Relation): TestUser {
    if (relation === 'colleague') return this.here.ben;
    if (relation === 'foreign') return this.there.ana;
    return user.role === 'coach' ? user : this.here.ana;
  }

  private command({ expectation, role, relation }: Cell, ids: Record<string, string>): Record<string, unknown> {
    const { here } = this;
    const user = this.users.get(role)!;
    const about: About = {
      participant: ids.id ?? this.things(here.ana, false).known('participant') ?? newId(), programme: here.programme, operation: here.operation, service: here.service, federation: here.federation,
      protocol: here.protocols['employment-advice'] ?? newId(), version: 1, employer: this.things(here.ana, false).known('employer')!, document: () => this.document(), today: this.app.clock.today('Europe/Paris'),
      coach: expectation.sends === 'HandOver' ? (relation === 'colleague' ? here.ana.id : here.ben.id) : role === 'coach' ? user.id : here.ana.id,
    };
    return (COMMANDS[expectation.sends!] as (it: About) => Record<string, unknown>)(about);
  }
}

/** Does the work for each, four at a time: their order is of no matter. */
export async function sweep<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  }));
}

/** A file comes as bytes: a name in it is looked for all the same. */
function worded(answer: supertest.Response): supertest.Response {
  answer.text ||= Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : '';
  return answer;
}

/** An answer without what differs each time: ids, form tokens. */
export function bare(answer: supertest.Response): string {
  return answer.text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|not-an-id/g, 'id').replace(/name="_token" value="[^"]*"/g, '_token');
}

/** One line for each table: its rows, hashed. Tables that every request writes are left out. */
export async function digest(app: TestApp, where: (table: string, columns: string[]) => string | null): Promise<Record<string, string>> {
  const tables = await app.rows<{ table: string; columns: string[] }>(`select c.relname as table, array_agg(a.attname::text) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all ('{audit_event,session,idempotency_key,access_token,pgmigrations}') group by 1 order by 1`);
  const found: Record<string, string> = {};
  for (const { table, columns } of tables) {
    const condition = where(table, columns);
    if (condition === null) continue;
    const [row] = await app.rows<{ hash: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${table} t where ${condition}`);
    found[table] = row!.hash;
  }
  return found;
}
