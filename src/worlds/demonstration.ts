import type { INestApplicationContext } from '@nestjs/common';
import { ActivitiesService } from '../modules/activities';
import { AgendaService } from '../modules/agenda';
import { AgreementsService } from '../modules/agreements';
import { AssessmentsService } from '../modules/assessments';
import { AdviceService, ApplicationsService } from '../modules/employment-advice';
import { EnrolmentsService, ProtocolsService, shippedProtocols, StepsService } from '../modules/pathways';
import { EntryService, InformationService, ParticipantsService, ProfileService } from '../modules/participants';
import { Passwords, UsersService } from '../modules/identity';
import { PlanItemsService, PlansService, SupportsService } from '../modules/plans';
import { ProgrammesService } from '../modules/programmes';
import { Actor, type MembershipRole } from '../platform/access/actor';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { addDays, type Day } from '../platform/days';
import { PEOPLE, type Invented } from './invented-people';

/** One sign-in per role. The people are invented; the password is for a machine that nobody else reaches. */
export const PASSWORD = 'une-borne-sur-le-chemin';
const ZONE = 'Europe/Paris';
export const ACCOUNTS: readonly { role: MembershipRole; name: string; email: string }[] = [
  { role: 'coach', name: 'Inès Caradec', email: 'coach@demonstration.example' },
  { role: 'coach', name: 'Marius Lebrun', email: 'coach2@demonstration.example' },
  { role: 'manager', name: 'Bruno Estève', email: 'manager@demonstration.example' },
  { role: 'officer', name: 'Salomé Ferrand', email: 'officer@demonstration.example' },
  { role: 'editor', name: 'Odile Marchetti', email: 'editor@demonstration.example' },
  { role: 'administrator', name: 'Karim Benali', email: 'administrator@demonstration.example' },
];

/** True when nobody has an account yet. */
export async function isEmpty(application: INestApplicationContext): Promise<boolean> {
  const database = application.get(Database, { strict: false });
  const [row] = await database.read(Actor.system('world'), () => database.sql<{ empty: boolean }>('select not exists (select from app_user) as empty'));
  return row!.empty;
}

/** True when the accounts are there, so that the start may print them. */
export async function isThere(application: INestApplicationContext): Promise<boolean> {
  const database = application.get(Database, { strict: false });
  return (await database.read(Actor.system('world'), () => application.get(UsersService, { strict: false }).userByEmail(Actor.system('world'), ACCOUNTS[0]!.email))) !== null;
}

/** The protocols that come with the product: drafts or published, as far as their requirements can be judged. Again does no harm. */
export async function installProtocols(application: INestApplicationContext): Promise<void> {
  const system = Actor.system('protocols');
  const protocols = application.get(ProtocolsService, { strict: false });
  await application.get(Database, { strict: false }).write(system, async () => {
    for (const document of shippedProtocols()) await protocols.install(system, document);
  });
}

/** A small service with its people, built through the services as its own users would. */
export async function fillDemonstration(application: INestApplicationContext): Promise<void> {
  await new Demonstration(application).fill();
}

class Demonstration {
  private readonly today: Day;

  constructor(private readonly application: INestApplicationContext) {
    this.today = this.the(Clock).today(ZONE);
  }

  /** All or nothing: a start that was cut off in the middle finds an empty database again. */
  fill(): Promise<void> {
    return this.the(Database).write(Actor.system('world'), async () => {
      const { service, operation, place } = await this.ground();
      const users = await this.users(service.id, service.federationId, operation.programmeId);
      const coaches = users.filter(({ role }) => role === 'coach').map((user) => new Actor({ id: user.id, role: 'coach', scope: service.id, service: service.id, federation: service.federationId, name: user.name, timeZone: ZONE, place }));
      for (const [index, invented] of PEOPLE.entries()) await this.person(coaches[index % 5 === 4 ? 1 : 0]!, operation.id, invented, index);
    });
  }

  private async ground() {
    const world = Actor.system('world');
    const programmes = this.the(ProgrammesService);
    const opensOn = addDays(this.today, -400);
    const federation = await programmes.addFederation(world, { name: 'Fédération des Deux Rives', country: 'FR' });
    const programme = await programmes.addProgramme(world, { federationId: federation.id, name: 'Un emploi qui dure', opensOn });
    const operation = await programmes.addOperation(world, { programmeId: programme.id, name: 'Accompagnement en Touraine', opensOn });
    const service = await programmes.addService(world, { federationId: federation.id, name: 'Les Deux Rives', place: 'Tours', country: 'FR', timeZone: ZONE, language: 'fr' });
    await programmes.joinProgramme(world, programme.id, { serviceId: service.id, opensOn });
    const system = Actor.system('protocols');
    await this.the(Database).as(system, async () => {
      for (const { id } of await this.the(ProtocolsService).newestShipped(system)) await this.the(ProtocolsService).adopt(system, { programmeId: programme.id, versionId: id });
    });
    return { service, operation, place: `${service.name}, ${service.place}` };
  }

  private async users(serviceId: string, federationId: string, programmeId: string): Promise<{ id: string; name: string; role: MembershipRole }[]> {
    const world = Actor.system('world');
    const passwordHash = await this.the(Passwords).hash(PASSWORD);
    const scopes: Partial<Record<MembershipRole, object>> = { coach: { serviceId }, manager: { serviceId }, editor: { federationId }, officer: { programmeId }, administrator: {} };
    const made = [];
    for (const { role, name, email } of ACCOUNTS) {
      const user = await this.the(UsersService).addUser(world, { name, email, language: 'fr', passwordHash, memberships: [{ role, startsOn: addDays(this.today, -400), ...scopes[role] }] });
      made.push({ id: user.id, name, role });
    }
    return made;
  }

  /** One person, led as far as the protocol in force goes. */
  private async person(coach: Actor, operationId: string, invented: Invented, index: number): Promise<void> {
    await this.the(Database).as(coach, async () => {
      const ago = (days: number): Day => addDays(this.today, -days);
      const id = await this.the(ParticipantsService).register(coach, {
        givenNames: invented.given, familyNames: invented.family, bornPrecision: 'day', bornDay: 1 + (index * 7) % 28, bornMonth: 1 + (index * 5) % 12, bornYear: invented.born,
        gender: invented.gender, documentKind: 'national-id', place: invented.place, languages: ['fr'], channel: index % 3 === 0 ? 'sms' : 'call', formats: index % 4 === 0 ? ['easy-read'] : [],
        phones: [{ number: `02 99 00 ${String(10 + index)} ${String(20 + index)}`, owner: 'self' }], confirmedNew: true,
      });
      const enrolment = await this.the(EnrolmentsService).open(coach, id, {
        pathway: invented.pathway, operationId, source: invented.source, receivedOn: ago(invented.referred), wish: invented.wish, entitlement: 'programme-eligibility', entitlementFrom: ago(invented.referred),
      });
      if (invented.reaches === 'referred') return;
      if (invented.reaches === 'waiting') {
        await this.step(coach, enrolment, { step: 'wait', effectiveOn: ago(invented.admitted), reviewOn: addDays(this.today, 6) });
        return;
      }
      const admitted = ago(invented.admitted);
      await this.the(InformationService).inform(coach, id, { givenOn: admitted, format: 'read-aloud', willing: 'yes' });
      await this.the(EntryService).answer(coach, id, { answeredOn: admitted, version: 0, answers: (await this.the(EntryService).of(coach, id)).items.map((item) => ({ item: item.item, value: item.item === 'work-status' ? 'unemployed' : item.sensitive && item.group === 'entry' ? 'refused' : item.options[0]! })) });
      if (invented.recognitionEnds !== null) {
        await this.the(ProfileService).addRecognition(coach, id, { scheme: 'rqth', state: 'granted', validFrom: ago(1000), validUntil: addDays(this.today, invented.recognitionEnds) });
      }
      await this.step(coach, enrolment, { step: invented.pathway === 'entrepreneurship' ? 'accept-advice' : 'admit', effectiveOn: admitted });
      for (const days of invented.contacts) {
        await this.the(ActivitiesService).log(coach, { participantIds: [id], kind: days % 2 === 0 ? 'interview' : 'phone', happenedOn: ago(days), minutes: days % 2 === 0 ? 50 : 15, outcome: 'done', note: invented.note });
      }
      if (index % 4 !== 0) await this.tickOff(coach, id);
      if (invented.pathway === 'employment-advice') await this.search(coach, id, invented, index);
      if (invented.reaches === 'profiling') await this.step(coach, enrolment, { step: 'start-profiling', effectiveOn: ago(Math.min(...invented.contacts)) });
      if (invented.reaches === 'profiling' && invented.pathway === 'employment-advice') await this.planned(coach, id, enrolment, invented, ago(Math.min(...invented.contacts)));
    });
  }

  /** What was tried since, and what was said of benefits. */
  private async search(coach: Actor, id: string, { wish, contacts, tried }: Invented, index: number): Promise<void> {
    const applications = this.the(ApplicationsService);
    const last = addDays(this.today, -Math.min(...contacts));
    for (const [place, employerName] of tried.entries()) {
      const isCurrent = place === tried.length - 1;
      const interview = isCurrent && index % 2 === 0 ? { state: 'interview' as const, interviewOn: addDays(this.today, 4 + index % 5) } : { state: isCurrent ? 'sent' as const : 'refused' as const };
      await applications.add(coach, id, { employerName, title: wish, foundBy: index % 3 === 0 ? 'coach' : 'person', appliedOn: addDays(last, -10), stateOn: last, ...interview });
    }
    if (tried.length > 1) await this.the(AdviceService).advise(coach, id, { answer: 'given', givenOn: last, situation: 'Allocation aux adultes handicapés, aide au logement', changes: 'Les six premiers mois, le salaire s\'ajoute en entier ; ensuite l\'allocation baisse peu à peu.', format: 'read-aloud' });
  }

  /** What only a hand closes, and was due by now, has been done. */
  /** What the person said of themselves, the plan that they made of it, who helps, and the agreement that waits for the service. */
  private async planned(coach: Actor, id: string, enrolmentId: string, { wish, place }: Invented, on: Day): Promise<void> {
    await this.the(AssessmentsService).write(coach, id, { section: 'work-wanted', words: wish, ownWords: true, writtenOn: on, version: 0 });
    await this.the(AssessmentsService).write(coach, id, { section: 'conditions', words: `Pas plus d'une demi-heure de trajet depuis ${place}.`, writtenOn: on, version: 0 });
    const plan = await this.the(PlansService).begin(coach, id, { enrolmentId, kind: 'search', openedOn: on, goal: wish, goalOwnWords: true, reviewOn: addDays(this.today, 60) });
    await this.the(PlanItemsService).addAction(coach, id, plan, { what: 'Choisir ensemble trois employeurs à appeler', who: 'person', dueOn: addDays(this.today, 20), addedOn: on });
    await this.the(PlansService).agree(coach, id, plan, { agreedOn: on, format: 'easy-read', giver: 'self', version: 1 });
    await this.the(SupportsService).name(coach, id, { enrolmentId, name: 'Dominique Faure', relation: 'friend', forWhat: 'Accompagne au premier rendez-vous', fromOn: on });
    const agreement = await this.the(AgreementsService).begin(coach, id, { enrolmentId, kind: 'two-party', fromOn: on, terms: 'Un appel par semaine, une visite par mois.' });
    await this.the(AgreementsService).sign(coach, id, agreement, { party: 'participant', giver: 'self', method: 'handwritten', signedOn: on, version: 1 });
  }

  private async tickOff(coach: Actor, participantId: string): Promise<void> {
    for (const entry of await this.the(AgendaService).openOf(coach, participantId)) {
      if (entry.byHand && entry.dueOn < this.today) await this.the(AgendaService).tickOff(coach, entry.id, { version: entry.version });
    }
  }

  private async step(coach: Actor, enrolment: string, command: { step: string; effectiveOn: Day; reviewOn?: Day }): Promise<void> {
    const { version } = await this.the(EnrolmentsService).get(coach, enrolment);
    await this.the(StepsService).take(coach, enrolment, { ...command, version });
  }

  private the<T>(type: abstract new (...args: never[]) => T): T {
    return this.application.get<T>(type, { strict: false });
  }
}
