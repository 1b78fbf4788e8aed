import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { dayOf, type Day } from '../../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../../pathways';
import type { EntryAnswer } from '../entry/entry-answer.entity';
import { itemsOf } from '../entry/entry-items';
import { EntryRepository } from '../entry/entry.repository';
import type { InformationGiven } from '../information/information-given.entity';
import { InformationRepository } from '../information/information.repository';
import { PURPOSES } from '../information/wordings';
import { ParticipantsRepository } from '../register/participants.repository';

/** What this module knows of the requirements of protocols: how much there is, how much it takes, and where it is met. */
@Injectable()
export class ParticipantFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly participants: ParticipantsRepository,
    private readonly entry: EntryRepository,
    private readonly information: InformationRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('identity', (actor, subject) => this.identity(actor, subject));
    this.facts.register('informed', async (actor, subject, _, on) => informed(subject, await this.information.informedOf(actor, subject.participantId), on));
    this.facts.register('answered-or-refused', async (actor, subject, requirement) =>
      answered(subject, String(requirement.params?.items ?? 'entry'), await this.entry.ofParticipant(actor, subject.participantId)), ({ items }) => itemsOf(String(items ?? 'entry')).length > 0);
    this.facts.register('consent', (actor, subject, requirement, on) => this.consent(actor, subject, requirement, on), ({ purpose }) => PURPOSES.some((one) => one === purpose));
  }

  /**
   * Who the person is was said with what brought them here, or before, when they were registered. A birth date may be unknown: papers hold nobody back.
   * That a referral is typed days later moves nothing: requirements are judged on the day on which it happened.
   */
  private async identity(actor: Actor, subject: FactSubject): Promise<Fact> {
    const person = await this.participants.get(actor, subject.participantId);
    const registeredOn = dayOf(person.createdAt, actor.timeZone);
    return { have: 1, need: 1, metOn: registeredOn < subject.referredOn ? registeredOn : subject.referredOn, evidence: [{ kind: 'participant', id: person.id, level: 'coach' }], where: `/participants/${person.id}/identity`, missing: [] };
  }

  private async consent(actor: Actor, subject: FactSubject, requirement: Requirement, on: Day): Promise<Fact> {
    const purpose = PURPOSES.find((one) => one === requirement.params?.purpose);
    const where = `/participants/${subject.participantId}/consents/new?purpose=${purpose ?? PURPOSES[0]}`;
    const given = (await this.information.consentsOf(actor, subject.participantId)).find((one) => one.purpose === purpose && one.givenOn <= on);
    if (!given || !given.standsOn(on)) return { have: 0, need: 1, metOn: null, evidence: [], where, missing: [] };
    return { have: 1, need: 1, metOn: given.givenOn, evidence: [{ kind: 'consent', id: given.id, level: given.evidence ? 'document' : 'worker' }], where, missing: [] };
  }
}

/** Told, and willing: what the person said last, up to the day asked about, counts; a yes said later only tells from when. */
export function informed(subject: Pick<FactSubject, 'participantId'>, latestFirst: readonly InformationGiven[], on: Day): Fact {
  const where = `/participants/${subject.participantId}/informed`;
  const upTo = latestFirst.filter((one) => one.givenOn <= on);
  const last = upTo[0] ?? latestFirst.at(-1);
  if (!last) return { have: 0, need: 1, metOn: null, evidence: [], where, missing: [{ code: 'not-informed', words: 'participants.missing.informed' }] };
  if (last.willing === 'no') return { have: 0, need: 1, metOn: null, evidence: [], where, missing: [{ code: 'unwilling', words: 'participants.missing.unwilling' }], refused: true };
  if (last.willing !== 'yes') return { have: 0, need: 1, metOn: null, evidence: [], where, missing: [{ code: 'still-thinking', words: 'participants.missing.later' }] };
  return { have: 1, need: 1, metOn: last.givenOn, evidence: [{ kind: 'information', id: last.id, level: 'coach' }], where, missing: [] };
}

/** Each item of a group answered, or refused, which is an answer. */
export function answered(subject: Pick<FactSubject, 'participantId'>, group: string, answers: readonly EntryAnswer[]): Fact {
  const items = itemsOf(group);
  const known = answers.filter((one) => items.some(({ key }) => key === one.item));
  const complete = known.length === items.length;
  return {
    have: known.length, need: items.length, metOn: complete ? known.map((one) => one.answeredOn).sort().at(-1) ?? null : null,
    evidence: complete ? [{ kind: 'entry', id: subject.participantId, level: 'coach' }] : [], where: `/participants/${subject.participantId}/entry#${group}`,
    missing: items.filter(({ key }) => !known.some((one) => one.item === key)).map(({ key }) => ({ code: key, words: `participants.entry.${key}.label` })),
  };
}
