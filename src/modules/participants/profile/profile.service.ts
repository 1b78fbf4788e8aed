import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { newId } from '../../../platform/id';
import { notChosen, wrongField } from '../../../platform/problem';
import { AgendaCheck, AgendaService, type Want } from '../../agenda';
import { AuditService } from '../../audit';
import { ProgrammesService } from '../../programmes';
import { recognitionThere } from '../participants.problems';
import { ParticipantsRepository } from '../register/participants.repository';
import { changed, subject } from '../register/participants.service';
import { hasBeen } from '../register/past-days';
import type { FamilyMember } from './family-member.entity';
import type { FunctionalProfile } from './functional-profile.entity';
import type { AddFamilyMember, AskWashingtonGroup, EditFamilyMember, EditProfile, EditRecognition, FamilyMemberView, ProfileView, RecognitionGiven, RecognitionView, WashingtonGroupView } from './profile.dto';
import { ProfileRepository } from './profile.repository';
import { alertsOf, Recognition, recognitionOf } from './recognition.entity';
import { schemesOf } from './recognition-schemes';
import { aboveCutOff, WG_QUESTIONS, type WashingtonGroup } from './washington-group.entity';

/** Recognition, functional profile, Washington Group, family: what helps to accompany somebody well. No health detail. */
@Injectable()
export class ProfileService implements OnModuleInit {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly participants: ParticipantsRepository,
    private readonly programmes: ProgrammesService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('recognition', async (actor, participantId) =>
      (await this.profiles.ending(actor, participantId)).flatMap((one) => alertsOf(one).map((alert) => wanted(one, alert))));
  }

  async of(actor: Actor, participantId: string): Promise<ProfileView> {
    const today = this.clock.today(actor.timeZone);
    const profile = await this.profiles.profileOf(actor, participantId);
    return {
      recognitions: (await this.profiles.recognitionsOf(actor, participantId)).map((one) => recognitionView(one, today)),
      families: profile?.families ?? [], mainFamily: profile?.mainFamily ?? null, familiesRefused: profile?.familiesRefused ?? false,
      supportNeeds: profile?.supportNeeds ?? null, version: profile?.version ?? 0,
      washingtonGroup: (await this.profiles.askingsOf(actor, participantId)).map(askingView),
      family: (await this.profiles.familyOf(actor, participantId)).map(memberView),
    };
  }

  async recognition(actor: Actor, participantId: string, id: string): Promise<RecognitionView> {
    return recognitionView(await this.profiles.recognition(actor, participantId, id), this.clock.today(actor.timeZone));
  }

  async schemes(actor: Actor): Promise<readonly string[]> {
    return schemesOf(await this.country(actor));
  }

  async addRecognition(actor: Actor, participantId: string, given: RecognitionGiven): Promise<string> {
    const participant = await this.participants.hold(actor, participantId);
    const recognition = Recognition.of(participant, given, await this.country(actor));
    const earlier = await this.others(actor, participantId, recognition);
    await this.profiles.insertRecognition(recognition);
    // What replaces or renews an older one of the same kind ends its alerts.
    if (recognition.state === 'granted') for (const one of earlier) await this.withdrawAlerts(actor, one);
    await this.wantAlerts(actor, recognition);
    await this.audit.record(actor, 'recognition.added', { kind: 'recognition', id: recognition.id, participantId });
    return recognition.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async editRecognition(actor: Actor, participantId: string, id: string, given: EditRecognition): Promise<boolean> {
    const participant = await this.participants.hold(actor, participantId);
    const recognition = await this.profiles.recognition(actor, participantId, id);
    const patch = recognitionOf(given, await this.country(actor), participant);
    const fields = changed(recognition, patch);
    if (fields.length === 0) return false;
    await this.others(actor, participantId, { ...patch, id });
    await this.profiles.changeRecognition({ id, version: given.version }, patch);
    await this.withdrawAlerts(actor, recognition);
    await this.wantAlerts(actor, Object.assign(new Recognition(), recognition, patch));
    await this.audit.record(actor, 'recognition.edited', { kind: 'recognition', id, participantId }, { fields });
    return true;
  }

  /** The same. */
  async editProfile(actor: Actor, participantId: string, given: EditProfile): Promise<boolean> {
    const participant = await this.participants.get(actor, participantId);
    const families = given.familiesRefused ? [] : given.families ?? [];
    if (given.familiesRefused && (given.families?.length ?? 0) > 0) throw wrongField('familiesRefused', 'does-not-fit');
    if (given.mainFamily && !families.includes(given.mainFamily)) throw wrongField('mainFamily', 'not-among-chosen');
    if (families.length > 1 && !given.mainFamily) throw notChosen('mainFamily');
    const profile: FunctionalProfile = {
      participantId, serviceId: participant.serviceId, families, mainFamily: given.mainFamily ?? families[0] ?? null, familiesRefused: given.familiesRefused ?? false,
      supportNeeds: given.supportNeeds ?? null, version: given.version,
    };
    const { participantId: _, serviceId: __, version: ___, ...told } = profile;
    const now = await this.profiles.profileOf(actor, participantId);
    if (changed(now ?? { ...told, families: [], mainFamily: null, familiesRefused: false, supportNeeds: null }, told).length === 0) return false;
    await this.profiles.putProfile(profile, given.version);
    await this.audit.record(actor, 'profile.edited', subject(participantId));
    return true;
  }

  async ask(actor: Actor, participantId: string, given: AskWashingtonGroup): Promise<string> {
    const participant = await this.participants.get(actor, participantId);
    hasBeen('askedOn', given.askedOn, participant, this.clock.today(actor.timeZone));
    const asking: WashingtonGroup = {
      id: newId(), serviceId: participant.serviceId, participantId, askedOn: given.askedOn, answeredBy: given.answeredBy,
      seeing: Number(given.seeing), hearing: Number(given.hearing), walking: Number(given.walking), remembering: Number(given.remembering),
      selfCare: Number(given.selfCare), communicating: Number(given.communicating), recordedAt: this.clock.now(), recordedBy: actor.id,
    };
    await this.profiles.insertAsking(asking);
    await this.audit.record(actor, 'washington-group.asked', { kind: 'washington-group', id: asking.id, participantId });
    return asking.id;
  }

  async addMember(actor: Actor, participantId: string, given: AddFamilyMember): Promise<string> {
    const participant = await this.participants.get(actor, participantId);
    const member: FamilyMember = {
      ...memberOf(given), id: newId(), serviceId: participant.serviceId, participantId, version: 1,
    };
    await this.profiles.insertMember(member);
    await this.audit.record(actor, 'family.added', { kind: 'family-member', id: member.id, participantId });
    return member.id;
  }

  async member(actor: Actor, participantId: string, id: string): Promise<FamilyMemberView> {
    return memberView(await this.profiles.member(actor, participantId, id));
  }

  /** The same. */
  async editMember(actor: Actor, participantId: string, id: string, given: EditFamilyMember): Promise<boolean> {
    const member = await this.profiles.member(actor, participantId, id);
    const patch = memberOf(given);
    const fields = changed(member, patch);
    if (fields.length === 0) return false;
    await this.profiles.changeMember({ id, version: given.version }, patch);
    await this.audit.record(actor, 'family.edited', { kind: 'family-member', id, participantId }, { fields });
    return true;
  }

  async removeMember(actor: Actor, participantId: string, id: string): Promise<void> {
    await this.profiles.removeMember(actor, participantId, id);
    await this.audit.record(actor, 'family.removed', { kind: 'family-member', id, participantId });
  }

  /** The others of the same scheme. @throws Problem 409 where one of them says the same */
  private async others(actor: Actor, participantId: string, like: Pick<Recognition, 'id' | 'scheme' | 'state' | 'reference' | 'validFrom' | 'validUntil'>): Promise<Recognition[]> {
    const others = (await this.profiles.recognitionsOf(actor, participantId)).filter((one) => one.scheme === like.scheme && one.id !== like.id);
    if (others.some((one) => one.state === like.state && one.reference === like.reference && one.validFrom === like.validFrom && one.validUntil === like.validUntil)) throw recognitionThere();
    return others;
  }

  private async country(actor: Actor): Promise<string> {
    return (await this.programmes.service(actor, actor.service!)).country;
  }

  private async wantAlerts(actor: Actor, recognition: Recognition): Promise<void> {
    const today = this.clock.today(actor.timeZone);
    for (const alert of alertsOf(recognition)) {
      await this.agenda.want(actor, wanted(recognition, alert));
      // Written down when the next alert is already due: this one has nothing left to say.
      if (alert.dueOn < today) await this.agenda.done(actor, recognition.participantId, alert.key, 'withdrawn');
    }
  }

  private async withdrawAlerts(actor: Actor, recognition: Recognition): Promise<void> {
    for (const { key } of alertsOf(recognition)) await this.agenda.done(actor, recognition.participantId, key, 'withdrawn');
  }
}

export function wanted(recognition: Recognition, alert: ReturnType<typeof alertsOf>[number]): Want {
  return {
    participantId: recognition.participantId, key: alert.key, kind: 'recognition-ends', fromOn: alert.fromOn, dueOn: alert.dueOn, forWhom: 'coach', nature: 'warning', byHand: true,
    subject: { kind: 'recognition', id: recognition.id }, params: { scheme: recognition.scheme, until: recognition.validUntil!, months: alert.months },
  };
}

function recognitionView(one: Recognition, today: string): RecognitionView {
  const { id, scheme, state, reference, validFrom, validUntil, version } = one;
  return { id, scheme, state, reference, validFrom, validUntil, holds: one.holdsOn(today), version };
}

function askingView(one: WashingtonGroup): WashingtonGroupView {
  return { id: one.id, askedOn: one.askedOn, answeredBy: one.answeredBy, answers: WG_QUESTIONS.map((question) => ({ question, answer: one[question] })), aboveCutOff: aboveCutOff(one) };
}

function memberOf({ name, relation, takesPart, phone }: AddFamilyMember): Pick<FamilyMember, 'name' | 'relation' | 'takesPart' | 'phone'> {
  return { name, relation, takesPart: takesPart ?? false, phone: phone ?? null };
}

function memberView({ id, name, relation, takesPart, phone, version }: FamilyMember): FamilyMemberView {
  return { id, name, relation, takesPart, phone, version };
}
