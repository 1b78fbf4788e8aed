import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { AuditService } from '../audit';
import { InformationService, ParticipantsService } from '../participants';
import { FIELD_OF, sheetView, type DecideDisclosure, type SheetView } from './disclosure.dto';
import { DisclosureItem, DisclosureSheet, FACTS, SPEAKS_FOR_EMPLOYER, type Fact } from './disclosure.entities';
import { DisclosureDecided } from './disclosure.events';
import { ahead, alreadyRevoked, before, sheetEnded } from './disclosure.problems';
import { DisclosureRepository } from './disclosure.repository';
import { DisclosureTasks } from './disclosure-tasks';

/** What may be known at work: decided by the person, taken back one by one or as a whole, never rewritten. Where nothing is decided nothing may be known. */
@Injectable()
export class DisclosureService {
  constructor(
    private readonly sheets: DisclosureRepository,
    private readonly tasks: DisclosureTasks,
    private readonly participants: ParticipantsService,
    private readonly information: InformationService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether somebody who speaks for this employer may know this of the person on that day: what colleagues or the occupational physician may know is not for it. What was decided for the employer goes before what was decided for any, taken back too:
   * a permission that is withdrawn leaves nothing behind, and what was said of any employer does not take its place (decision 22).
   */
  async mayKnow(actor: Actor, participantId: string, employerId: string, fact: Fact, on: Day): Promise<boolean> {
    const decided = (await this.sheets.sheets(actor, participantId)).filter((one) => one.decidedOn <= on);
    const sheet = thatSpeakOf(employerId, decided).find((one) => one.stoodOn(on));
    if (!sheet || sheet.nothing) return false;
    return (await this.sheets.items(actor, participantId)).some((one) => one.sheetId === sheet.id && one.fact === fact && speaksFor(one) && one.holdsOn(on));
  }

  /** Until when somebody who speaks for this employer may know this, as it is decided now, without an end where none is set; null where nobody may. */
  async knownUntil(actor: Actor, participantId: string, employerId: string, fact: Fact): Promise<{ until: Day | null } | null> {
    const sheet = thatSpeakOf(employerId, await this.sheets.sheets(actor, participantId)).find((one) => one.endedOn === null);
    if (!sheet || sheet.nothing) return null;
    const items = (await this.sheets.items(actor, participantId)).filter((one) => one.sheetId === sheet.id && one.fact === fact && speaksFor(one) && one.revokedOn === null);
    if (items.length === 0) return null;
    return { until: items.some((one) => one.untilOn === null) ? null : items.map((one) => one.untilOn!).sort().at(-1)! };
  }

  /** Who has decided for one of these employers, ever: what may be known of them changes where the two become one. */
  whoDecidedFor(actor: Actor, employerIds: readonly string[]): Promise<string[]> {
    return this.sheets.whoDecidedFor(actor, employerIds);
  }

  /** Whether the person has decided; "the employer knows nothing" counts. */
  isAnswered(actor: Actor, participantId: string): Promise<boolean> {
    return this.tasks.isAnswered(actor, participantId);
  }

  /** The decision that stands today for this employer, or for any; null where there is none. */
  async inForce(actor: Actor, participantId: string, employerId: string | null): Promise<SheetView | null> {
    return (await this.of(actor, participantId)).find((one) => one.endedOn === null && one.employerId === employerId) ?? null;
  }

  /** All decisions of a person, the latest first; the ended ones too. */
  async of(actor: Actor, participantId: string): Promise<SheetView[]> {
    const items = await this.sheets.items(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    return (await this.sheets.sheets(actor, participantId)).map((one) => sheetView(one, items, today));
  }

  /** The decision before ends. The caller has looked whether the service knows the employer. */
  async decide(actor: Actor, participantId: string, given: DecideDisclosure): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const { decidedOn, untilOn = null, employerId = null } = given;
    if (decidedOn > today) throw ahead('decidedOn');
    await this.participants.checkDay(actor, [participantId], 'decidedOn', decidedOn);
    const nothing = given.answer === 'nothing';
    if (!nothing && untilOn && untilOn < today) throw before('untilOn', today);
    const earlier = (await this.sheets.sheets(actor, participantId)).filter((one) => one.employerId === employerId);
    const last = earlier.map((one) => one.endedOn ?? one.decidedOn).sort().at(-1);
    if (last && decidedOn < last) throw before('decidedOn', last);
    // A no is taken as it is; a yes has beside it the signature that law asks for.
    const coSigner = nothing ? null : await this.information.signsBeside(actor, participantId, 'disclosure', decidedOn, given);
    const standing = earlier.find((one) => one.endedOn === null);
    if (standing) await this.sheets.changeSheet(standing, { endedOn: decidedOn });
    const sheet = Object.assign(new DisclosureSheet(), {
      id: newId(), serviceId, participantId, employerId, nothing, decidedOn, format: given.format, giver: given.giver, coSigner, note: given.note ?? null, recordedAt: this.clock.now(), recordedBy: actor.id, endedOn: null, version: 1,
    });
    const items = nothing ? [] : FACTS.flatMap((fact) => [...new Set(given[FIELD_OF[fact]] ?? [])].map((audience) => Object.assign(new DisclosureItem(), {
      id: newId(), sheetId: sheet.id, serviceId, participantId, fact, audience, words: null, untilOn, revokedOn: null, version: 1,
    })));
    this.sheets.insert(sheet, items);
    await this.told(actor, 'disclosure.decided', sheet.id, participantId);
    return sheet.id;
  }

  /** One thing that one group may not know any more. */
  async revoke(actor: Actor, participantId: string, id: string, version: number): Promise<void> {
    await this.participants.hold(actor, participantId);
    const item = await this.sheets.item(actor, participantId, id);
    if (item.revokedOn) throw alreadyRevoked();
    if ((await this.sheets.sheet(actor, participantId, item.sheetId)).endedOn) throw sheetEnded();
    await this.sheets.changeItem({ id, version }, { revokedOn: this.clock.today(actor.timeZone) });
    await this.told(actor, 'disclosure.revoked', item.sheetId, participantId);
  }

  /** The whole decision is taken back: nothing of it may be known any more. */
  async end(actor: Actor, participantId: string, id: string, version: number): Promise<void> {
    await this.participants.hold(actor, participantId);
    if ((await this.sheets.sheet(actor, participantId, id)).endedOn) throw sheetEnded();
    await this.sheets.changeSheet({ id, version }, { endedOn: this.clock.today(actor.timeZone) });
    await this.told(actor, 'disclosure.ended', id, participantId);
  }

  private async told(actor: Actor, action: string, id: string, participantId: string): Promise<void> {
    await this.audit.record(actor, action, { kind: 'disclosure', id, participantId });
    await this.tasks.follow(actor, participantId);
    await this.events.publish(new DisclosureDecided(participantId));
  }
}

const speaksFor = ({ audience }: DisclosureItem): boolean => SPEAKS_FOR_EMPLOYER.includes(audience);

/** The decisions that count at an employer: its own, as soon as there was one; else those for any. */
function thatSpeakOf(employerId: string, decided: readonly DisclosureSheet[]): DisclosureSheet[] {
  const own = decided.filter((one) => one.employerId === employerId);
  return own.length ? own : decided.filter((one) => one.employerId === null);
}
