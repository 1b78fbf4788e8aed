import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { editedMeanwhile, wrongField } from '../../../platform/problem';
import { AuditService } from '../../audit';
import { StepsService } from '../../pathways';
import { ParticipantsRepository } from '../register/participants.repository';
import { subject } from '../register/participants.service';
import { hasBeen } from '../register/past-days';
import type { EntryAnswer } from './entry-answer.entity';
import { ENTRY_ITEMS } from './entry-items';
import { REFUSED, type AnswerEntry, type EntryView } from './entry.dto';
import { EntryRepository } from './entry.repository';

/** What is known of a person's situation at entry, answered or refused. */
@Injectable()
export class EntryService {
  constructor(
    private readonly answers: EntryRepository,
    private readonly participants: ParticipantsRepository,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, participantId: string): Promise<EntryView> {
    return viewOf(await this.answers.ofParticipant(actor, participantId));
  }

  async answer(actor: Actor, participantId: string, given: AnswerEntry): Promise<void> {
    const participant = await this.participants.get(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const answeredOn = given.answeredOn ?? today;
    hasBeen('answeredOn', answeredOn, participant, today);
    given.answers.forEach((one, index) => {
      const item = ENTRY_ITEMS.find(({ key }) => key === one.item)!;
      if (one.value && one.value !== REFUSED && !item.options.includes(one.value)) throw wrongField(`answers.${index}.value`, 'not-in-list');
      if (given.answers.findIndex((other) => other.item === one.item) !== index) throw wrongField(`answers.${index}.item`, 'twice');
    });
    await this.answers.lock(participantId);
    const now = viewOf(await this.answers.ofParticipant(actor, participantId));
    const sent = given.answers.filter((one) => one.value !== undefined && one.value !== now.items.find((item) => item.item === one.item)?.value);
    if (now.version !== given.version) {
      throw editedMeanwhile(Object.fromEntries(sent.map((one) => [one.item, now.items.find((item) => item.item === one.item)?.value ?? null])), Object.fromEntries(sent.map((one) => [one.item, one.value])), now.version);
    }
    for (const one of sent) {
      const refused = one.value === REFUSED;
      await this.answers.put({ participantId, serviceId: participant.serviceId, item: one.item, value: refused ? null : one.value!, refused, answeredOn, recordedBy: actor.id, version: 1 });
    }
    if (sent.length === 0) return;
    await this.audit.record(actor, 'entry.answered', subject(participantId), { items: sent.map((one) => one.item) });
    await this.steps.factsChanged(actor, 'answered-or-refused', [participantId], true);
  }
}

function viewOf(answers: EntryAnswer[]): EntryView {
  const known = new Map(answers.map((one) => [one.item, one]));
  const items = ENTRY_ITEMS.map(({ key, group, sensitive, options }) => {
    const answer = known.get(key);
    return { item: key, group, sensitive, options: [...options], value: answer ? (answer.refused ? REFUSED : answer.value) : null, answeredOn: answer?.answeredOn ?? null };
  });
  return { items, answered: items.filter((one) => one.value !== null).length, total: items.length, version: answers.reduce((sum, one) => sum + one.version, 0) };
}
