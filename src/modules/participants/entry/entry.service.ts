import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { ageOn, type Day } from '../../../platform/days';
import { editedMeanwhile, refuse, refuseTogether, type FieldFault } from '../../../platform/problem';
import { AuditService } from '../../audit';
import { StepsService } from '../../pathways';
import type { Birth } from '../register/birth';
import { ParticipantsRepository } from '../register/participants.repository';
import { subject } from '../register/participants.service';
import { firstDayOf, hasBeen } from '../register/past-days';
import { contradictions } from './contradictions';
import type { EntryAnswer } from './entry-answer.entity';
import { ENTRY_ITEMS } from './entry-items';
import { REFUSED, type AnswerEntry, type EntryPageView } from './entry.dto';
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

  async of(actor: Actor, participantId: string): Promise<EntryPageView> {
    return viewOf(await this.answers.ofParticipant(actor, participantId));
  }

  /** Writes what was answered. @returns how many answers changed, and how many items nobody has answered yet */
  async answer(actor: Actor, participantId: string, given: AnswerEntry): Promise<{ changed: number; left: number }> {
    const participant = await this.participants.hold(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const answeredOn = given.answeredOn ?? today;
    const now = viewOf(await this.answers.ofParticipant(actor, participantId));
    const known = new Map(now.items.map((one) => [one.item, one.value]));
    refuseTogether(() => hasBeen('answeredOn', answeredOn, participant, today), () => refuse(faultsOf(given, known, participant, answeredOn)));
    const sent = given.answers.filter((one) => one.value !== undefined && one.value !== known.get(one.item));
    if (now.version !== given.version) {
      throw editedMeanwhile(Object.fromEntries(sent.map((one) => [one.item, known.get(one.item) ?? null])), Object.fromEntries(sent.map((one) => [one.item, one.value])), now.version);
    }
    const left = now.total - now.answered - sent.filter((one) => known.get(one.item) === null).length;
    if (sent.length === 0) return { changed: 0, left };
    await this.answers.put(sent.map(({ item, value }) => {
      const refused = value === REFUSED;
      return { participantId, serviceId: participant.serviceId, item, value: refused ? null : value!, refused, answeredOn, recordedBy: actor.id, version: 1 };
    }));
    await this.audit.record(actor, 'entry.answered', subject(participantId), { items: sent.map((one) => one.item) });
    await this.steps.factsChanged(actor, 'answered-or-refused', [participantId], true);
    return { changed: sent.length, left };
  }
}

/** What is wrong with the answers, each by itself and beside the others, those given before included. */
function faultsOf({ answers }: AnswerEntry, known: ReadonlyMap<string, string | null>, birth: Birth, answeredOn: Day): FieldFault[] {
  const faults: FieldFault[] = [];
  answers.forEach((one, index) => {
    const item = ENTRY_ITEMS.find(({ key }) => key === one.item)!;
    if (one.value && one.value !== REFUSED && !item.options.includes(one.value)) faults.push({ path: `answers.${index}.value`, code: 'not-in-list', values: {} });
    if (answers.findIndex((other) => other.item === one.item) !== index) faults.push({ path: `answers.${index}.item`, code: 'twice', values: {} });
  });
  const said = { ...Object.fromEntries(known), ...Object.fromEntries(answers.flatMap(({ item, value }) => (value === undefined ? [] : [[item, value]]))) };
  const born = firstDayOf(birth);
  const where = (item: string): string | null => {
    const index = answers.findIndex((one) => one.item === item && one.value !== undefined);
    return index < 0 ? null : `answers.${index}.value`;
  };
  return [...faults, ...contradictions(said, born && born <= answeredOn ? ageOn(born, answeredOn) : null, where)];
}

function viewOf(answers: EntryAnswer[]): EntryPageView {
  const known = new Map(answers.map((one) => [one.item, one]));
  const items = ENTRY_ITEMS.map(({ key, group, sensitive, options }) => {
    const answer = known.get(key);
    return { item: key, group, sensitive, options: [...options], value: answer ? (answer.refused ? REFUSED : answer.value) : null, answeredOn: answer?.answeredOn ?? null };
  });
  return { items, answered: items.filter((one) => one.value !== null).length, total: items.length, version: answers.reduce((sum, one) => sum + one.version, 0) };
}
