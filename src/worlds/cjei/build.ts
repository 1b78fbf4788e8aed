import type { INestApplicationContext } from '@nestjs/common';
import { AccommodationsService } from '../../modules/accommodations';
import { ActivitiesService } from '../../modules/activities';
import { AgendaService } from '../../modules/agenda';
import { AgreementsService } from '../../modules/agreements';
import { AssessmentsService } from '../../modules/assessments';
import { EmployersService } from '../../modules/employers';
import { AdviceService, ApplicationsService } from '../../modules/employment-advice';
import { Passwords, UsersService } from '../../modules/identity';
import { EntryService, InformationService, ParticipantsService, ProfileService } from '../../modules/participants';
import { EnrolmentsService, ProtocolsService, StepsService } from '../../modules/pathways';
import { PlacementsService } from '../../modules/placements';
import { PlanItemsService, PlansService, SupportsService } from '../../modules/plans';
import { ProgrammesService, ServiceSitesService, type ProgrammeView, type ServiceView } from '../../modules/programmes';
import { Actor, type MembershipRole } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { addDays, addMonths, type Day } from '../../platform/days';
import { Stream } from '../streams';
import { DISTRICTS, EMPLOYERS, inventPeople, type InventedJob, type InventedPerson, type Site } from './people';

/** One sign-in per role and site. The password is for a machine that nobody else reaches. */
export const PASSWORD = 'une-borne-sur-le-chemin';
export const ACCOUNTS: readonly { role: MembershipRole; name: string; email: string; site: Site | null }[] = [
  { role: 'coach', name: 'Inés Carrasco', email: 'coach@demonstration.example', site: 'cusco' },
  { role: 'coach', name: 'Mario Luna', email: 'coach2@demonstration.example', site: 'cusco' },
  { role: 'manager', name: 'Bruno Estévez', email: 'manager@demonstration.example', site: 'cusco' },
  { role: 'officer', name: 'Salomé Herrera', email: 'officer@demonstration.example', site: null },
  { role: 'editor', name: 'Odilia Marquina', email: 'editor@demonstration.example', site: null },
  { role: 'administrator', name: 'Karim Bellido', email: 'administrator@demonstration.example', site: null },
  { role: 'coach', name: 'Tania Solís', email: 'coach3@demonstration.example', site: 'san-juan' },
  { role: 'coach', name: 'Raúl Ponce', email: 'coach4@demonstration.example', site: 'san-juan' },
  { role: 'manager', name: 'Gladis Ferro', email: 'manager2@demonstration.example', site: 'san-juan' },
];

const ZONE = 'America/Lima';
const CURRENCY = 'PEN';
const KEY = 'cjei';
const SERVICES: Record<Site, { key: string; name: string; place: string }> = {
  cusco: { key: 'cjei-cusco', name: 'CJEI Cusco', place: 'Cusco' },
  'san-juan': { key: 'cjei-san-juan', name: 'CJEI San Juan de Miraflores', place: 'Lima' },
};
/** The first day of the programme, before the world's day. */
const BEGAN = 1_200;
/** Days after which a coach dates no step back, and the manager does. */
const COACH_DATES_BACK = 90;

/** Who works at a site. */
interface Team {
  service: ServiceView;
  coaches: Actor[];
  manager: Actor;
  employers: string[];
}
interface Ground {
  programme: ProgrammeView;
  operation: string;
  teams: Record<Site, Team>;
}

/** How much of the world is built: all of it, or what the demonstration shows. */
export type Extent = 'whole' | 'demonstration';

/** Builds the world through the services, as its own people would have: what is there already stays as it is. */
export class CjeiWorld {
  private readonly today: Day;
  private readonly everybody = inventPeople();
  /** Those whom the demonstration shows: more is told about them, also in the whole world. */
  private readonly shown: ReadonlySet<number>;

  constructor(private readonly application: INestApplicationContext) {
    this.today = this.the(Clock).today(ZONE);
    this.shown = new Set(shownPeople(this.everybody).map((one) => one.number));
  }

  /**
   * The demonstration is there whole or not at all. The whole world is built site beside site, each of them whole or not at all; begun again, it adds who is missing.
   * @returns how many people were added
   */
  async fill(extent: Extent): Promise<number> {
    const database = this.the(Database);
    const world = Actor.system('world');
    if (extent === 'demonstration') {
      return database.write(world, async () => {
        const ground = await this.ground();
        for (const person of this.everybody.filter((one) => this.shown.has(one.number))) await this.person(ground, person);
        await this.door(ground);
        return this.shown.size;
      });
    }
    const ground = await database.write(world, () => this.ground());
    const added = await Promise.all((['cusco', 'san-juan'] as const).map((site) => database.write(world, () => this.site(ground, site, this.everybody.filter((one) => one.site === site)))));
    return added.reduce((sum, one) => sum + one, 0);
  }

  private async site(ground: Ground, site: Site, people: readonly InventedPerson[]): Promise<number> {
    const { manager } = ground.teams[site];
    const known = await this.the(Database).as(manager, async () => {
      const listed = await this.the(ParticipantsService).people(manager, 2 * people.length);
      return new Set((await this.the(ParticipantsService).names(manager, listed.map(({ id }) => id))).values());
    });
    const missing = people.filter((one) => !known.has(`${one.given} ${one.family}`));
    for (const person of missing) await this.person(ground, person);
    return missing.length;
  }

  private async ground(): Promise<Ground> {
    const world = Actor.system('world');
    const programmes = this.the(ProgrammesService);
    const opensOn = addDays(this.today, -BEGAN);
    const found = await programmes.programmeByKey(world, KEY);
    const federationId = found?.federationId ?? (await programmes.addFederation(world, { name: 'Red de centros de empleo inclusivo', country: 'PE' })).id;
    const programme = found ?? await programmes.addProgramme(world, { federationId, key: KEY, name: 'CJEI: jóvenes con discapacidad en el empleo', opensOn });
    const [known] = await programmes.operationsOfProgramme(world, programme.id);
    // 612 people are 19 % with a result of a population that the evaluation does not print: 1,380 is deduced from its shares.
    const operation = known ?? await programmes.addOperation(world, { programmeId: programme.id, name: 'Cusco y San Juan de Miraflores', opensOn, referencePopulation: 1_380 });
    const services = {} as Record<Site, ServiceView>;
    for (const site of ['cusco', 'san-juan'] as const) {
      const { key, name, place } = SERVICES[site];
      services[site] = await programmes.serviceByKey(world, key) ?? await programmes.addService(world, { federationId, key, name, place, country: 'PE', timeZone: ZONE, language: 'es' });
      if (!found) await this.the(ServiceSitesService).add(world, services[site].id, { name: `Centro ${place}`, place, opensOn });
      if (!found) await programmes.joinProgramme(world, programme.id, { serviceId: services[site].id, opensOn });
    }
    if (!found) await this.adoptProtocols(programme.id);
    const users = await this.users(services, federationId, programme.id);
    const teams = {} as Record<Site, Team>;
    for (const site of ['cusco', 'san-juan'] as const) {
      const here = users.filter((one) => one.site === site).map((one) => ({ role: one.role, actor: actorOf(one, services[site]) }));
      const manager = here.find((one) => one.role === 'manager')!.actor;
      teams[site] = { service: services[site], manager, coaches: here.filter((one) => one.role === 'coach').map((one) => one.actor), employers: await this.employers(manager, site) };
    }
    return { programme, operation: operation.id, teams };
  }

  /** Each pathway by the newest of its protocols that can be judged whole. */
  private async adoptProtocols(programmeId: string): Promise<void> {
    const system = Actor.system('protocols');
    await this.the(Database).as(system, async () => {
      for (const { id } of await this.the(ProtocolsService).newestShipped(system)) await this.the(ProtocolsService).adopt(system, { programmeId, versionId: id });
    });
  }

  private async users(services: Record<Site, ServiceView>, federationId: string, programmeId: string): Promise<{ id: string; name: string; role: MembershipRole; site: Site | null }[]> {
    const world = Actor.system('world');
    const passwordHash = await this.the(Passwords).hash(PASSWORD);
    const startsOn = addDays(this.today, -BEGAN);
    const made = [];
    for (const { role, name, email, site } of ACCOUNTS) {
      const scope = site ? { serviceId: services[site].id } : role === 'editor' ? { federationId } : role === 'officer' ? { programmeId } : {};
      const user = await this.the(UsersService).userByEmail(world, email) ?? await this.the(UsersService).addUser(world, { name, email, language: 'es', passwordHash, memberships: [{ role, startsOn, ...scope }] });
      made.push({ id: user.id, name, role, site });
    }
    return made;
  }

  private employers(manager: Actor, site: Site): Promise<string[]> {
    return this.the(Database).as(manager, async () => {
      const ids: string[] = [];
      for (const { name, sector } of EMPLOYERS[site]) {
        const known = (await this.the(EmployersService).find(manager, name)).find((one) => one.name === name);
        ids.push(known?.id ?? await this.employer(manager, site, name, sector));
      }
      return ids;
    });
  }

  private async employer(manager: Actor, site: Site, name: string, sector: string): Promise<string> {
    const employers = this.the(EmployersService);
    const id = await employers.create(manager, { name, sector, country: 'PE', place: SERVICES[site].place, confirmedNew: true });
    const own = new Stream(`cjei|employer|${name}`);
    await employers.addSite(manager, id, { name: 'Sede principal', place: own.pick(DISTRICTS[site]) });
    await employers.addContact(manager, id, { name: `${own.pick(['Rocío', 'Álvaro', 'Carla', 'Iván'])} ${own.pick(['Benavides', 'Torreblanca', 'Luján', 'Sotomayor'])}`, role: own.pick(['hr', 'management', 'tutor'] as const), phone: `900 ${three(own.below(1_000))} ${three(own.below(1_000))}` });
    return id;
  }

  /** One person as far as their way went. */
  private async person(ground: Ground, one: InventedPerson): Promise<void> {
    const team = ground.teams[one.site];
    const coach = team.coaches[one.number % 5 === 4 ? 1 : 0]!;
    const admitted = this.ago(one.admitted);
    const { id, enrolment } = await this.the(Database).as(coach, async () => {
      const referred = await this.refer(ground, coach, one);
      await this.admissible(coach, referred.id, one, admitted);
      return referred;
    });
    await this.step(team, coach, enrolment, { step: one.pathway === 'entrepreneurship' ? 'accept-advice' : 'admit', effectiveOn: admitted });
    await this.the(Database).as(coach, async () => {
      for (const [index, after] of one.contacts.entries()) {
        await this.the(ActivitiesService).log(coach, { participantIds: [id], kind: index === 0 ? 'interview' : 'phone', happenedOn: addDays(admitted, after), minutes: index === 0 ? 50 : 15, outcome: 'done' });
      }
      await this.tickOff(coach, id);
    });
    const met = one.contacts[0];
    if (one.profiled && met !== undefined) await this.step(team, coach, enrolment, { step: 'start-profiling', effectiveOn: addDays(admitted, met) });
    if (isToldMore(one) && this.shown.has(one.number)) await this.search(coach, id, enrolment, one);
    for (const job of one.jobs) await this.job(team, id, admitted, job);
    if (one.leaves) await this.step(team, coach, enrolment, { step: 'leave', effectiveOn: addDays(admitted, one.leaves.after), reason: one.leaves.reason });
  }

  private async refer(ground: Ground, coach: Actor, one: InventedPerson): Promise<{ id: string; enrolment: string }> {
    const born = addDays(addMonths(this.ago(one.admitted), -12 * one.age), -one.ageDays);
    const [bornYear, bornMonth, bornDay] = born.split('-').map(Number) as [number, number, number];
    const own = new Stream(`cjei|contact|${one.number}`);
    const id = await this.the(ParticipantsService).register(coach, {
      givenNames: one.given, familyNames: one.family, bornPrecision: 'day', bornDay, bornMonth, bornYear, gender: one.gender, documentKind: 'national-id', place: one.district, languages: own.below(4) === 0 ? ['es', 'qu'] : ['es'],
      channel: own.pick(['call', 'message', 'visit'] as const), formats: own.below(3) === 0 ? ['easy-read'] : [], phones: [{ number: `900 ${three(own.below(1_000))} ${three(one.number)}`, owner: own.pick(['self', 'self', 'family'] as const) }], confirmedNew: true,
    });
    const receivedOn = this.ago(one.referred);
    const enrolment = await this.the(EnrolmentsService).open(coach, id, {
      pathway: one.pathway, operationId: ground.operation, source: one.source, receivedOn, wish: one.wish, entitlement: 'programme-eligibility', entitlementFrom: receivedOn,
    });
    return { id, enrolment };
  }

  /** What admission asks for, on its day. */
  private async admissible(coach: Actor, id: string, one: InventedPerson, on: Day): Promise<void> {
    const own = new Stream(`cjei|entry|${one.number}`);
    await this.the(InformationService).inform(coach, id, { givenOn: on, format: own.pick(['read-aloud', 'easy-read', 'plain'] as const), willing: 'yes' });
    const { items } = await this.the(EntryService).of(coach, id);
    const work = own.pick(['unemployed', 'unemployed', 'inactive'] as const);
    const answers = items.map(({ item, sensitive, options }) => ({ item, value: known(work, one.card, own)[item] ?? (sensitive && own.below(10) === 0 ? 'refused' : own.pick(options)) }));
    await this.the(EntryService).answer(coach, id, { answeredOn: on, version: 0, answers });
    await this.the(ProfileService).editProfile(coach, id, { families: [one.disability], mainFamily: one.disability, version: 0 });
    if (one.card) await this.the(ProfileService).addRecognition(coach, id, { scheme: 'conadis-card', state: 'granted', validFrom: addDays(on, -own.between(30, 400)), validUntil: addDays(this.today, own.between(20, 1_400)) });
  }

  /** What is known of who looks for work: what they said of themselves, the plan that they made of it, who helps, what was tried, and what was said of benefits. */
  private async search(coach: Actor, id: string, enrolmentId: string, { number, site, wish, district, admitted, contacts, jobs }: InventedPerson): Promise<void> {
    const on = addDays(this.ago(admitted), contacts.at(-1)!);
    await this.the(Database).as(coach, async () => {
      await this.the(AssessmentsService).write(coach, id, { section: 'work-wanted', words: wish, ownWords: true, writtenOn: on, version: 0 });
      await this.the(AssessmentsService).write(coach, id, { section: 'conditions', words: `Que el viaje desde ${district} no pase de media hora.`, writtenOn: on, version: 0 });
      const plan = await this.the(PlansService).begin(coach, id, { enrolmentId, kind: 'search', openedOn: on, goal: wish, goalOwnWords: true, reviewOn: addDays(this.today, 60) });
      await this.the(PlanItemsService).addAction(coach, id, plan, { what: 'Elegir juntos tres empleadores para llamar', who: 'person', dueOn: addDays(this.today, 20), addedOn: on });
      await this.the(PlansService).agree(coach, id, plan, { agreedOn: on, format: 'easy-read', giver: 'self', version: 1 });
      await this.the(SupportsService).name(coach, id, { enrolmentId, name: 'Yolanda Prado', relation: 'friend', forWhat: 'Acompaña a la primera entrevista', fromOn: on });
      const agreement = await this.the(AgreementsService).begin(coach, id, { enrolmentId, kind: 'two-party', fromOn: on, terms: 'Una llamada por semana, una visita por mes.' });
      await this.the(AgreementsService).sign(coach, id, agreement, { party: 'participant', giver: 'self', method: 'handwritten', signedOn: on, version: 1 });
      const employers = EMPLOYERS[site];
      const name = (turn: number): string => employers[(number + turn) % employers.length]!.name;
      await this.the(ApplicationsService).add(coach, id, { employerName: name(0), title: wish, foundBy: 'coach', state: 'refused', appliedOn: on, stateOn: on });
      const last = jobs[0] ? { employerName: employers[jobs[0].employer]!.name, state: 'accepted' as const } : { employerName: name(1), state: 'interview' as const, interviewOn: addDays(this.today, 4 + number % 5) };
      await this.the(ApplicationsService).add(coach, id, { title: wish, foundBy: 'person', appliedOn: on, stateOn: on, ...last });
      await this.the(AccommodationsService).raise(coach, id, { kind: 'accessible-instructions', need: 'Que las tareas del día estén en una lista con dibujos', raisedOn: on, raisedBy: 'worker', agreedOn: on, owner: 'coach', interim: 'El asesor prepara la lista cada lunes', interimFromOn: on });
      await this.the(AdviceService).advise(coach, id, { answer: 'given', givenOn: on, situation: 'Pensión no contributiva Contigo', changes: 'Se revisa con el municipio antes de firmar un contrato.', format: 'read-aloud' });
    });
  }

  private async job(team: Team, id: string, admitted: Day, job: InventedJob): Promise<void> {
    const { manager } = team;
    const placements = this.the(PlacementsService);
    const firstDayOn = addDays(admitted, job.after);
    await this.the(Database).as(manager, async () => {
      const placement = await placements.plan(manager, id, {
        employerId: team.employers[job.employer]!, title: job.title, setting: 'ordinary', contract: job.contract, weeklyMinutes: job.weeklyHours * 60, wage: job.wage, wagePeriod: 'month', currency: CURRENCY, foundBy: 'coach',
      });
      await placements.start(manager, id, placement, { firstDayOn, evidence: job.evidence, version: 1 });
      if (job.lasted !== null && job.end) {
        const lastDayOn = addDays(firstDayOn, job.lasted - 1);
        const { version } = (await placements.of(manager, id)).find((one) => one.id === placement)!;
        await placements.end(manager, id, placement, { lastDayOn, ...job.end, learntOn: addDays(lastDayOn, 1), version });
      }
    });
  }

  /** What only a hand closes, and was due by now, has been done. */
  private async tickOff(coach: Actor, participantId: string): Promise<void> {
    for (const entry of await this.the(AgendaService).openOf(coach, participantId)) {
      if (entry.byHand && entry.dueOn < this.today) await this.the(AgendaService).tickOff(coach, entry.id, { version: entry.version });
    }
  }

  private async step(team: Team, coach: Actor, enrolment: string, command: { step: string; effectiveOn: Day; reason?: string; reviewOn?: Day }): Promise<void> {
    const who = command.effectiveOn < addDays(this.today, -COACH_DATES_BACK) ? team.manager : coach;
    await this.the(Database).as(who, async () => {
      const { version } = await this.the(EnrolmentsService).get(who, enrolment);
      await this.the(StepsService).take(who, enrolment, { ...command, version });
    });
  }

  /** People who have come and are not admitted yet: they are no part of the world's counts. */
  private async door(ground: Ground): Promise<void> {
    const team = ground.teams.cusco;
    for (const [index, one] of atTheDoor().entries()) {
      const coach = team.coaches[0]!;
      const { enrolment } = await this.the(Database).as(coach, () => this.refer(ground, coach, one));
      if (index > 2) await this.step(team, coach, enrolment, { step: 'wait', effectiveOn: this.ago(one.referred - 10), reviewOn: addDays(this.today, 6) });
    }
  }

  private ago(days: number): Day {
    return addDays(this.today, -days);
  }

  private the<T>(type: abstract new (...args: never[]) => T): T {
    return this.application.get<T>(type, { strict: false });
  }
}

function actorOf(user: { id: string; name: string; role: MembershipRole }, service: ServiceView): Actor {
  return new Actor({ id: user.id, role: user.role, scope: service.id, service: service.id, federation: service.federationId, name: user.name, language: 'es', timeZone: ZONE, place: `${service.name}, ${service.place}` });
}

/** Answers that follow from each other; nobody who came had work. */
function known(work: 'unemployed' | 'inactive', hasCard: boolean, own: Stream): Record<string, string> {
  const since: Record<string, string> = work === 'unemployed'
    ? { 'unemployed-for': own.pick(['under-6-months', '6-to-12-months', '12-to-24-months', 'over-24-months']) } : { 'unemployed-for': 'not-concerned', 'registered-unemployed': 'no' };
  return {
    'work-status': work, ...since, 'in-education': 'no', 'education-level': own.pick(['none', 'isced-1', 'isced-2', 'isced-3', 'isced-3', 'isced-4']), household: own.pick(['with-parents', 'with-parents', 'with-others']),
    nationality: 'national', disability: 'yes', 'disability-evidence': hasCard ? 'recognised' : 'self-declared',
  };
}

/** The demonstration: of Cusco those admitted last on each pathway, and those hired last. */
function shownPeople(everybody: readonly InventedPerson[]): InventedPerson[] {
  const recent = everybody.filter((one) => one.site === 'cusco').sort((a, b) => a.admitted - b.admitted || a.number - b.number);
  const of = (chosen: (one: InventedPerson) => boolean, most: number): InventedPerson[] => recent.filter(chosen).slice(0, most);
  return [
    ...of((one) => one.jobs.length > 0, 8), ...of((one) => one.pathway === 'employment-advice' && one.jobs.length === 0, 6), ...of((one) => one.pathway === 'orientation', 5), ...of((one) => one.pathway === 'entrepreneurship', 3),
  ];
}

/** On the way to work or in it, with the profile begun. */
function isToldMore({ pathway, profiled, contacts, jobs, leaves }: InventedPerson): boolean {
  return pathway === 'employment-advice' && (profiled || jobs.length > 0) && contacts.length > 0 && leaves === null;
}

/** Beside the world: numbers behind its last one. */
function atTheDoor(): InventedPerson[] {
  const names = [['Flor Milagros', 'Ayma Cruz'], ['Wilson', 'Dueñas Pari'], ['Ruth', 'Sarmiento Lima'], ['Edgar', 'Vizcarra Tito'], ['Nely', 'Barrientos Rado']] as const;
  const [model] = inventPeople();
  return names.map(([given, family], index) => ({
    ...model!, number: 700 + index, given, family, site: 'cusco', pathway: 'employment-advice', district: 'Wanchaq', referred: [4, 12, 21, 36, 30][index]!, admitted: 0, contacts: [], jobs: [], leaves: null, wish: 'Trabajar en un hotel',
  }));
}

const three = (n: number): string => String(n).padStart(3, '0');
