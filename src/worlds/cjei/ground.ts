import { DealingsService, EmployersService } from '../../modules/employers';
import { Passwords, UsersService } from '../../modules/identity';
import { ProtocolsService } from '../../modules/pathways';
import { ProgrammesService, ServiceSitesService, type ProgrammeView, type ServiceView } from '../../modules/programmes';
import { Actor, type MembershipRole } from '../../platform/access/actor';
import { addDays } from '../../platform/days';
import { Stream } from '../streams';
import { ACCOUNTS, actorOf, PASSWORD, ZONE } from './accounts';
import { three, type Field } from './field';
import { DISTRICTS, EMPLOYERS, SITE_NAMES, type Site } from './places';

const KEY = 'cjei';
const SERVICES: Record<Site, { key: string; name: string; place: string }> = {
  cusco: { key: 'cjei-cusco', name: 'CJEI Cusco', place: 'Cusco' },
  'san-juan': { key: 'cjei-san-juan', name: 'CJEI San Juan de Miraflores', place: 'Lima' },
};
/** The first day of the programme, before the world's day. */
const BEGAN = 1_200;

/** Who works at a site. */
export interface Team {
  service: ServiceView;
  coaches: Actor[];
  manager: Actor;
  employers: string[];
}
export interface Ground {
  programme: ProgrammeView;
  operation: string;
  teams: Record<Site, Team>;
}

/** The programme, its two services, who works there and the employers that they know: what is there already stays as it is. */
export class GroundBuilder {
  constructor(private readonly field: Field) {}

  async lay(): Promise<Ground> {
    const world = Actor.system('world');
    const programmes = this.field.the(ProgrammesService);
    const opensOn = this.field.ago(BEGAN);
    const found = await programmes.programmeByKey(world, KEY);
    const federationId = found?.federationId ?? (await programmes.addFederation(world, { name: 'Red de centros de empleo inclusivo', country: 'PE' })).id;
    const programme = found ?? await programmes.addProgramme(world, { federationId, key: KEY, name: 'CJEI: jóvenes con discapacidad en el empleo', opensOn });
    const [known] = await programmes.operationsOfProgramme(world, programme.id);
    // 612 people are 19 % with a result of a population that the evaluation does not print: 1,380 is deduced from its shares.
    const operation = known ?? await programmes.addOperation(world, { programmeId: programme.id, name: 'Cusco y San Juan de Miraflores', opensOn, referencePopulation: 1_380 });
    const services = {} as Record<Site, ServiceView>;
    for (const site of SITE_NAMES) {
      const { key, name, place } = SERVICES[site];
      services[site] = await programmes.serviceByKey(world, key) ?? await programmes.addService(world, { federationId, key, name, place, country: 'PE', timeZone: ZONE, language: 'es' });
      if (!found) await this.field.the(ServiceSitesService).add(world, services[site].id, { name: `Centro ${place}`, place, opensOn });
      if (!found) await programmes.joinProgramme(world, programme.id, { serviceId: services[site].id, opensOn });
    }
    if (!found) await this.adoptProtocols(programme.id);
    const users = await this.users(services, federationId, programme.id);
    const teams = {} as Record<Site, Team>;
    for (const site of SITE_NAMES) {
      const here = users.filter((one) => one.site === site).map((one) => ({ role: one.role, actor: actorOf(one, services[site]) }));
      const manager = here.find((one) => one.role === 'manager')!.actor;
      teams[site] = { service: services[site], manager, coaches: here.filter((one) => one.role === 'coach').map((one) => one.actor), employers: await this.employers(manager, site) };
    }
    return { programme, operation: operation.id, teams };
  }

  /** Each pathway by the newest of its protocols that can be judged whole. */
  private async adoptProtocols(programmeId: string): Promise<void> {
    // Adopted on the day that it is where people are: they are referred today by the clock there.
    const system = Actor.system('protocols', null, { zone: ZONE });
    const protocols = this.field.the(ProtocolsService);
    await this.field.as(system, async () => {
      for (const { id } of await protocols.newestShipped(system)) await protocols.adopt(system, { programmeId, versionId: id });
    });
  }

  private async users(services: Record<Site, ServiceView>, federationId: string, programmeId: string): Promise<{ id: string; name: string; role: MembershipRole; site: Site | null }[]> {
    const world = Actor.system('world');
    const users = this.field.the(UsersService);
    const passwordHash = await this.field.the(Passwords).hash(PASSWORD);
    const startsOn = this.field.ago(BEGAN);
    const made = [];
    for (const { role, name, email, site } of ACCOUNTS) {
      const scope = site ? { serviceId: services[site].id } : role === 'editor' ? { federationId } : role === 'officer' ? { programmeId } : {};
      const user = await users.userByEmail(world, email) ?? await users.addUser(world, { name, email, language: 'es', passwordHash, memberships: [{ role, startsOn, ...scope }] });
      made.push({ id: user.id, name, role, site });
    }
    return made;
  }

  private employers(manager: Actor, site: Site): Promise<string[]> {
    return this.field.as(manager, async () => {
      const ids: string[] = [];
      for (const { name, sector } of EMPLOYERS[site]) {
        const known = (await this.field.the(EmployersService).find(manager, name)).find((one) => one.name === name);
        ids.push(known?.id ?? await this.employer(manager, site, name, sector));
      }
      return ids;
    });
  }

  private async employer(manager: Actor, site: Site, name: string, sector: string): Promise<string> {
    const employers = this.field.the(EmployersService);
    const id = await employers.create(manager, { name, sector, country: 'PE', place: SERVICES[site].place, confirmedNew: true });
    const own = new Stream(`cjei|employer|${name}`);
    await employers.addSite(manager, id, { name: 'Sede principal', place: own.pick(DISTRICTS[site]) });
    const contactId = await employers.addContact(manager, id, { name: `${own.pick(['Rocío', 'Álvaro', 'Carla', 'Iván'])} ${own.pick(['Benavides', 'Torreblanca', 'Luján', 'Sotomayor'])}`, role: own.pick(['hr', 'management', 'tutor'] as const), phone: `900 ${three(own.below(1_000))} ${three(own.below(1_000))}` });
    await this.dealings(manager, id, contactId, own);
    return id;
  }

  /** How the employer was won, from the first call; with every second one the next talk is planned. */
  private async dealings(manager: Actor, id: string, contactId: string, own: Stream): Promise<void> {
    const dealings = this.field.the(DealingsService);
    const [called, visited, spoken] = [own.between(300, 900), own.between(200, 280), own.between(5, 90)];
    await dealings.log(manager, id, { kind: 'prospecting', mode: 'call', happenedOn: this.field.ago(called), minutes: 15, outcome: 'done' });
    await dealings.log(manager, id, { kind: 'visit', mode: 'in-person', contactId, happenedOn: this.field.ago(visited), minutes: own.between(40, 90), outcome: 'done' });
    await dealings.log(manager, id, { kind: 'dealing', mode: 'call', contactId, happenedOn: this.field.ago(spoken), minutes: own.between(5, 30), outcome: own.pick(['done', 'done', 'no-answer'] as const) });
    if (own.below(2) > 0) return;
    const { version } = await this.field.the(EmployersService).get(manager, id);
    await this.field.the(EmployersService).planNext(manager, id, { nextOn: addDays(this.field.today, own.between(1, 30)), nextWhat: own.pick(['Visitar un puesto vacante', 'Llamar por las prácticas', 'Presentar a una persona']), version });
  }
}
