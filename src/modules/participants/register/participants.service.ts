import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import type { Day } from '../../../platform/days';
import { Events } from '../../../platform/events';
import { forbidden, Problem } from '../../../platform/problem';
import { faultsOf } from '../../../platform/web/fields';
import { AuditService } from '../../audit';
import { CaseloadsService } from '../../caseloads';
import { UsersService } from '../../identity';
import { EnrolmentsService } from '../../pathways';
import { ParticipantRegistered } from '../participants.events';
import { coachNeeded, likelyDuplicates, notACoachHere } from '../participants.problems';
import { phoneTail, plain } from '../spelling';
import { ageOf, birthFault, birthOf, partsLookedFor, partsOf } from './birth';
import { contactOf, fullName, identityOf, listedName, Participant, type ParticipantPhone } from './participant.entity';
import { notTooEarly, writtenSinceBirth } from './past-days';
import { ParticipantHeaders, type ParticipantHeader, type ParticipantTab } from './participant.header';
import { ParticipantsRepository } from './participants.repository';
import { LookFor, type EditContact, type EditIdentity, type FoundPerson, type LikelyDuplicate, type ParticipantView, type PhoneView, type RegisterParticipant } from './register.dto';

const BIRTH_DATE: readonly string[] = ['bornYear', 'bornMonth', 'bornDay'];

/** Who the people accompanied are: looked for, registered, read, corrected. */
@Injectable()
export class ParticipantsService {
  constructor(
    private readonly participants: ParticipantsRepository,
    private readonly headers: ParticipantHeaders,
    private readonly caseloads: CaseloadsService,
    private readonly users: UsersService,
    private readonly enrolments: EnrolmentsService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Among those whom the actor may see: names in any order, accents or not, or a phone number. */
  async find(actor: Actor, q: string, n = 20): Promise<FoundPerson[]> {
    const rows = await this.participants.find(plain(q), phoneTail(q), n);
    this.audit.opened(actor, 'participant.searched', { kind: 'participant', id: null });
    return rows.map((row) => ({
      id: row.id, name: fullName(row.given_names, row.family_names), knownAs: row.known_as, bornOn: row.born_on, bornPrecision: row.born_precision, place: row.place,
    }));
  }

  /** In the whole service: who may be the person about to be registered. */
  async likelyDuplicates(actor: Actor, given: LookFor): Promise<LikelyDuplicate[]> {
    const parts = partsLookedFor(given);
    const bornOn = parts ? birthOf(parts, this.clock.today(actor.timeZone)).bornOn : null;
    const found = await this.alike([given.givenNames ?? '', given.familyNames], bornOn, given.phone ? [given.phone] : []);
    // One line for the look, as a search has: it shows something of people whom colleagues accompany.
    this.audit.opened(actor, 'participant.compared', { kind: 'participant', id: null });
    return found;
  }

  /** The same for a form that is shown again: what is refused in it says nothing of who is alike. */
  async alikeAsTyped(actor: Actor, typed: LookFor): Promise<LikelyDuplicate[]> {
    const wrong = new Set(faultsOf(typed).map(({ path }) => path));
    if (wrong.has('familyNames')) return [];
    const parts = BIRTH_DATE.some((name) => wrong.has(name)) ? null : partsLookedFor(typed);
    const left = parts && !birthFault(parts, this.clock.today(actor.timeZone)) ? [] : BIRTH_DATE;
    const sound = Object.entries(typed).filter(([name]) => !wrong.has(name) && !left.includes(name));
    return this.likelyDuplicates(actor, Object.assign(new LookFor(), Object.fromEntries(sound)));
  }

  /** A new person, assigned before being written, so that nobody exists without somebody who answers for them. */
  async register(actor: Actor, given: RegisterParticipant): Promise<string> {
    if (!actor.service) throw forbidden('participant.create');
    const today = this.clock.today(actor.timeZone);
    const participant = Participant.register(given, { service: actor.service, by: actor.id, at: this.clock.now(), today });
    const phones = given.phones ?? [];
    if (!given.confirmedNew) {
      const alike = await this.alike([given.givenNames, given.familyNames], participant.bornOn, phones.map((one) => one.number));
      if (alike.length) throw this.audit.shownBy(actor, 'participant.compared', { kind: 'participant', id: null }, likelyDuplicates(alike));
    }
    await this.caseloads.assign(actor, { participantId: participant.id, coachId: await this.coachFor(actor, given.coachId), kind: 'lead', fromOn: today });
    await this.participants.insert(participant);
    await this.participants.replacePhones(actor, participant, phones);
    await this.audit.record(actor, 'participant.registered', subject(participant.id), { confirmedNew: given.confirmedNew ?? false });
    await this.events.publish(new ParticipantRegistered(participant.id));
    return participant.id;
  }

  /** The whole record; the reading is recorded. */
  async open(actor: Actor, id: string): Promise<ParticipantView> {
    const view = await this.read(actor, id);
    this.audit.opened(actor, 'participant.opened', subject(id));
    return view;
  }

  /** The record, for a page or a use case that records its own reading. */
  async read(actor: Actor, id: string): Promise<ParticipantView> {
    const participant = await this.participants.get(actor, id);
    return viewOf(participant, await this.participants.phonesOf(actor, id), this.clock.today(actor.timeZone));
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async editIdentity(actor: Actor, id: string, given: EditIdentity): Promise<boolean> {
    const participant = await this.participants.hold(actor, id);
    const patch = identityOf(given, this.clock.today(actor.timeZone));
    const fields = changed(participant, patch);
    if (fields.length === 0) return false;
    if (patch.bornOn !== participant.bornOn || patch.bornPrecision !== participant.bornPrecision) writtenSinceBirth(patch, await this.firstDay(actor, id));
    await this.participants.change({ id, version: given.version }, patch);
    await this.audit.record(actor, 'participant.edited', subject(id), { fields });
    return true;
  }

  /** The same. */
  async editContact(actor: Actor, id: string, given: EditContact): Promise<boolean> {
    const participant = await this.participants.get(actor, id);
    const patch = contactOf(given);
    const phones = await this.participants.phonesOf(actor, id);
    const fields = [...changed(participant, patch), ...(JSON.stringify((given.phones ?? []).map(phoneView)) === JSON.stringify(phones.map(phoneView)) ? [] : ['phones'])];
    if (fields.length === 0) return false;
    await this.participants.change({ id, version: given.version }, patch).catch((problem: unknown) => {
      throw withPhones(problem, phones, given.phones ?? []);
    });
    await this.participants.replacePhones(actor, participant, given.phones ?? []);
    await this.audit.record(actor, 'participant.edited', subject(id), { fields });
    return true;
  }

  /** What stands above every tab of a person's page. */
  header(actor: Actor, id: string, tab: ParticipantTab): Promise<ParticipantHeader> {
    return this.headers.of(actor, id, tab);
  }

  /** Those whom the actor may see, or those of them who are named, family name first and in its order, at most so many: for a list to choose from. */
  async people(actor: Actor, most: number, ids: readonly string[] | null = null): Promise<{ id: string; name: string }[]> {
    return (await this.participants.byName(actor, most, ids)).map((row) => ({ id: row.id, name: listedName(row.given_names, row.family_names) }));
  }

  async names(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return new Map((await this.participants.names(actor, ids)).map((row) => [row.id, fullName(row.given_names, row.family_names)]));
  }

  /** For whoever writes about a person: held until the unit ends, before anything is read about them. @throws Problem 404 when there is nobody, or nobody whom this actor may see */
  async hold(actor: Actor, id: string): Promise<{ id: string; serviceId: string; name: string }> {
    const { serviceId, givenNames, familyNames } = await this.participants.hold(actor, id);
    return { id, serviceId, name: fullName(givenNames, familyNames) };
  }

  /** For whoever dates something about these people. @param earliest of what may be older than any support @throws Problem 422 on a day before one of them was born, or absurdly old */
  async checkDay(actor: Actor, ids: readonly string[], path: string, day: Day, earliest?: Day): Promise<void> {
    for (const birth of await this.participants.births(actor, ids)) notTooEarly(path, day, birth, earliest);
  }

  /** The first day on which something is written down about the person. */
  private async firstDay(actor: Actor, id: string): Promise<Day | null> {
    const referred = (await this.enrolments.ofParticipant(actor, id)).map(({ referredOn }) => referredOn);
    return [...referred, ...(await this.participants.firstDay(actor, id))].sort()[0] ?? null;
  }

  private async coachFor(actor: Actor, wanted: string | undefined): Promise<string> {
    if (actor.role === 'coach') {
      if (wanted && wanted !== actor.id) throw notACoachHere();
      return actor.id!;
    }
    if (!wanted) throw coachNeeded();
    if (!(await this.users.coachesOf(actor)).some((coach) => coach.id === wanted)) throw notACoachHere();
    return wanted;
  }

  private async alike(names: string[], bornOn: string | null, phones: string[]): Promise<LikelyDuplicate[]> {
    const tails = phones.map(phoneTail).filter((tail) => tail !== '');
    const found = new Map<string, LikelyDuplicate>();
    for (const tail of tails.length ? tails : ['']) {
      for (const row of await this.participants.duplicates(plain(names.join(' ')), bornOn, tail)) {
        const because = [row.same_name && ('name' as const), row.same_birth && ('birth' as const), row.same_phone && ('phone' as const)].filter((one) => one !== false);
        found.set(`${row.name}|${row.born_year}|${row.coach}`, { id: row.id, name: row.name, bornYear: row.born_year, coachName: row.coach, because });
      }
    }
    return [...found.values()];
  }
}

export const subject = (id: string): { kind: string; id: string; participantId: string } => ({ kind: 'participant', id, participantId: id });

/** Names of the fields that an edit changes; their values stay out of the log. */
export function changed<E extends object>(now: E, patch: Partial<E>): string[] {
  return (Object.keys(patch) as (keyof E & string)[]).filter((name) => name !== 'search' && JSON.stringify(now[name] ?? null) !== JSON.stringify(patch[name] ?? null));
}

/** Phones stand in rows of their own: who lost an edit is shown both lists all the same. */
function withPhones(problem: unknown, now: readonly { number: string }[], sent: readonly { number: string }[]): unknown {
  if (!(problem instanceof Problem) || !problem.row) return problem;
  const listed = (phones: readonly { number: string }[]): string => phones.map(({ number }) => number).join(', ');
  problem.row = { now: { ...problem.row.now, phones: listed(now) }, sent: { ...problem.row.sent, phones: listed(sent) } };
  return problem;
}

function phoneView({ number, owner, safeHours }: Pick<ParticipantPhone, 'number' | 'owner'> & { safeHours?: string | null }): PhoneView {
  return { number, owner, safeHours: safeHours ?? null };
}

function viewOf(participant: Participant, phones: ParticipantPhone[], today: string): ParticipantView {
  const { id, name, givenNames, familyNames, knownAs, bornOn, gender, documentKind, place, languages, channel, formats, emergencyName, emergencyPhone, emergencyRelation, version } = participant;
  return {
    id, name, givenNames, familyNames, knownAs, bornOn, ...partsOf(participant), age: ageOf(participant, today), gender, documentKind, place,
    phones: phones.map(phoneView), languages, channel, formats,
    emergencyName, emergencyPhone, emergencyRelation, createdAt: participant.createdAt.toISOString(), version,
  };
}
