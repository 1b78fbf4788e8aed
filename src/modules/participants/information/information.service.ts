import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { addDays, type Day } from '../../../platform/days';
import { Events } from '../../../platform/events';
import { newId } from '../../../platform/id';
import { refuseTogether, wrongField } from '../../../platform/problem';
import { AuditService } from '../../audit';
import { UsersService } from '../../identity';
import { StepsService } from '../../pathways';
import { ConsentAnswered, MeasureChanged } from '../participants.events';
import { ahead, alreadyWithdrawn, before, legalSignatureNeeded, measureExpired, measureThere, measureWithdrawn, nothingToWithdraw } from '../participants.problems';
import type { Birth } from '../register/birth';
import { ParticipantsRepository } from '../register/participants.repository';
import { changed } from '../register/participants.service';
import { EARLIEST_RIGHT, hasBeen, notTooEarly } from '../register/past-days';
import { plain } from '../spelling';
import { Consent } from './consent.entity';
import type {
  AnswerConsent, ConsentView, EditMeasure, Inform, InformationPageView, InformationView, MeasureGiven, MeasureView, WithdrawConsent, WithdrawMeasure,
} from './information.dto';
import type { InformationGiven } from './information-given.entity';
import { InformationRepository } from './information.repository';
import type { ProtectionMeasure } from './protection-measure.entity';
import { besideThePerson, holdsOn, isMinor, lastDayOfMinority, type Beside } from './who-decides';
import { CONSENT_WORDINGS, INFORMATION_WORDING, PURPOSES, type Act } from './wordings';

/** Whose answer it is, and who signed beside the person where law asks for it. */
export type Answer = Pick<AnswerConsent, 'giver' | 'coSigner'>;

/** What the person was told, what they agreed to, and who signs beside them. */
@Injectable()
export class InformationService {
  constructor(
    private readonly kept: InformationRepository,
    private readonly participants: ParticipantsRepository,
    private readonly users: UsersService,
    private readonly steps: StepsService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async of(actor: Actor, participantId: string): Promise<InformationPageView> {
    const person = await this.participants.get(actor, participantId);
    const today = this.clock.today(actor.timeZone);
    const informed = await this.kept.informedOf(actor, participantId);
    const names = await this.users.names(actor, [...new Set(informed.flatMap((one) => one.givenBy ?? []))]);
    const consents = await this.kept.consentsOf(actor, participantId);
    const noted = await this.kept.measuresOf(actor, participantId);
    const measures = noted.filter(stands);
    return {
      informed: informed.map((one) => informedView(one, names)),
      purposes: PURPOSES.map((purpose) => {
        const [latest = null, ...earlier] = consents.filter((one) => one.purpose === purpose).map((one) => consentView(one, today));
        return { purpose, latest, earlier };
      }),
      measures: measures.map((one) => measureView(one, today)), withdrawnMeasures: noted.filter((one) => !stands(one)).map((one) => measureView(one, today)),
      minor: isMinor(measures, today, person), adultNoted: measures.some((one) => one.kind === 'minor' && holdsOn(one, today)),
    };
  }

  /** What an act asks beside the person's own answer, on a day or today. */
  async beside(actor: Actor, participantId: string, act: Act = 'consents', on: Day = this.clock.today(actor.timeZone)): Promise<Beside> {
    const person = await this.participants.get(actor, participantId);
    return besideThePerson((await this.kept.measuresOf(actor, participantId)).filter(stands), act, on, person);
  }

  /** Who signs beside the person on that day, by name; null where nobody has to and nobody is told. @throws Problem where the act waits for a measure, a signature or a name */
  async signsBeside(actor: Actor, participantId: string, act: Act, on: Day, given: Answer): Promise<string | null> {
    return coSignerOf(given, await this.beside(actor, participantId, act, on));
  }

  async inform(actor: Actor, participantId: string, given: Inform): Promise<string> {
    const participant = await this.participants.hold(actor, participantId);
    hasBeen('givenOn', given.givenOn, participant, this.clock.today(actor.timeZone));
    const row: InformationGiven = {
      id: newId(), serviceId: participant.serviceId, participantId, givenOn: given.givenOn, wordingVersion: INFORMATION_WORDING, format: given.format,
      willing: given.willing, givenBy: actor.id, recordedAt: this.clock.now(),
    };
    await this.kept.insertInformed(row);
    await this.audit.record(actor, 'participant.informed', { kind: 'information', id: row.id, participantId }, { willing: given.willing, format: given.format });
    await this.steps.factsChanged(actor, 'informed', [participantId], true);
    return row.id;
  }

  /** A no is taken as it is. A yes needs the person's own answer, and where law asks for it another signature in addition. */
  async answer(actor: Actor, participantId: string, given: AnswerConsent): Promise<string> {
    const participant = await this.participants.hold(actor, participantId);
    hasBeen('givenOn', given.givenOn, participant, this.clock.today(actor.timeZone));
    if (given.method === 'mark' && !given.witness) throw wrongField('witness', 'required');
    const coSigner = given.answer === 'yes' ? coSignerOf(given, besideThePerson((await this.kept.measuresOf(actor, participantId)).filter(stands), 'consents', given.givenOn, participant)) : null;
    const consent = Object.assign(new Consent(), {
      id: newId(), serviceId: participant.serviceId, participantId, purpose: given.purpose, answer: given.answer, wordingVersion: CONSENT_WORDINGS[given.purpose], format: given.format,
      giver: given.giver, method: given.method, witness: given.witness ?? null, coSigner, readIn: given.readIn ?? null, readBy: given.readBy ?? null, evidence: given.evidence ?? null, givenOn: given.givenOn, withdrawnOn: null, version: 1,
    });
    await this.kept.insertConsent(consent);
    await this.audit.record(actor, 'consent.answered', { kind: 'consent', id: consent.id, participantId }, { purpose: given.purpose, answer: given.answer });
    await this.steps.factsChanged(actor, 'consent', [participantId], true);
    await this.events.publish(new ConsentAnswered(participantId));
    return consent.id;
  }

  async consent(actor: Actor, participantId: string, id: string): Promise<ConsentView> {
    return consentView(await this.kept.consent(actor, participantId, id), this.clock.today(actor.timeZone));
  }

  async withdraw(actor: Actor, participantId: string, id: string, given: WithdrawConsent): Promise<void> {
    await this.participants.hold(actor, participantId);
    const consent = await this.kept.consent(actor, participantId, id);
    if (consent.answer === 'no') throw nothingToWithdraw();
    if (consent.withdrawnOn) throw alreadyWithdrawn(consent.withdrawnOn);
    if (given.withdrawnOn > this.clock.today(actor.timeZone)) throw ahead('withdrawnOn');
    if (given.withdrawnOn < consent.givenOn) throw before('withdrawnOn', consent.givenOn);
    await this.kept.changeConsent({ id, version: given.version }, { withdrawnOn: given.withdrawnOn });
    await this.audit.record(actor, 'consent.withdrawn', { kind: 'consent', id, participantId }, { purpose: consent.purpose });
    await this.steps.factsChanged(actor, 'consent', [participantId], true);
    await this.events.publish(new ConsentAnswered(participantId));
  }

  async measure(actor: Actor, participantId: string, id: string): Promise<MeasureView> {
    return measureView(await this.kept.measure(actor, participantId, id), this.clock.today(actor.timeZone));
  }

  async addMeasure(actor: Actor, participantId: string, given: MeasureGiven): Promise<string> {
    const participant = await this.participants.hold(actor, participantId);
    const fields = measureOf(given, participant, this.clock.today(actor.timeZone));
    await this.refuseTwin(actor, participantId, fields);
    const measure: ProtectionMeasure = { ...fields, id: newId(), serviceId: participant.serviceId, participantId, withdrawnAt: null, withdrawnBy: null, withdrawnReason: null, version: 1 };
    await this.kept.insertMeasure(measure);
    await this.audit.record(actor, 'measure.added', { kind: 'measure', id: measure.id, participantId });
    return measure.id;
  }

  /** @returns false where it was all written down like this already: then nothing is done */
  async editMeasure(actor: Actor, participantId: string, id: string, given: EditMeasure): Promise<boolean> {
    const participant = await this.participants.hold(actor, participantId);
    const measure = await this.kept.measure(actor, participantId, id);
    if (measure.withdrawnAt) throw measureWithdrawn();
    const patch = measureOf(given, participant, this.clock.today(actor.timeZone));
    const fields = changed(measure, patch);
    if (fields.length === 0) return false;
    await this.refuseTwin(actor, participantId, { ...patch, id });
    await this.kept.changeMeasure({ id, version: given.version }, patch);
    await this.audit.record(actor, 'measure.edited', { kind: 'measure', id, participantId }, { fields });
    await this.events.publish(new MeasureChanged(participantId));
    return true;
  }

  /** Noted in error: it counts nowhere any more; what was written, and why it goes, stay. */
  async withdrawMeasure(actor: Actor, participantId: string, id: string, given: WithdrawMeasure): Promise<void> {
    await this.participants.hold(actor, participantId);
    const measure = await this.kept.measure(actor, participantId, id);
    if (measure.withdrawnAt) throw measureWithdrawn();
    await this.kept.changeMeasure({ id, version: given.version }, { withdrawnAt: this.clock.now(), withdrawnBy: actor.id, withdrawnReason: given.reason });
    await this.audit.record(actor, 'measure.withdrawn', { kind: 'measure', id, participantId }, null, given.reason);
    await this.events.publish(new MeasureChanged(participantId));
  }

  /** @throws Problem 409 where the same kind of measure, of the same holder and from the same day, stands already */
  private async refuseTwin(actor: Actor, participantId: string, like: Pick<ProtectionMeasure, 'kind' | 'fromOn' | 'holder'> & { id?: string }): Promise<void> {
    const others = (await this.kept.measuresOf(actor, participantId)).filter((one) => stands(one) && one.id !== like.id);
    if (others.some((one) => one.kind === like.kind && one.fromOn === like.fromOn && plain(one.holder ?? '') === plain(like.holder ?? ''))) throw measureThere();
  }
}

/**
 * A yes has beside it the signature that law asks for, with its name: the holder's of the measure unless another is told, never the service's own.
 * @throws Problem where the measure has ended, the signature is missing, or nobody may be taken to have given it
 */
function coSignerOf(given: Answer, beside: Beside): string | null {
  if (beside.needs === 'expired') throw measureExpired(beside.on);
  if (beside.needs === 'legal' && given.giver !== 'self-and-legal') throw legalSignatureNeeded();
  if (given.giver !== 'self-and-legal') return null;
  const { holder, byService } = beside.needs === 'legal' ? beside : { holder: null, byService: false };
  const name = given.coSigner ?? (byService ? null : holder);
  if (!name) throw wrongField('coSigner', 'required');
  if (byService && plain(name) === plain(holder ?? '')) throw wrongField('coSigner', 'outside-the-service');
  return name;
}

function measureOf(given: MeasureGiven, person: Birth, today: Day): Pick<ProtectionMeasure, 'kind' | 'holder' | 'holderPhone' | 'acts' | 'byService' | 'document' | 'fromOn' | 'untilOn'> {
  const none = given.kind === 'none';
  refuseTogether(
    () => notTooEarly('fromOn', given.fromOn, person, EARLIEST_RIGHT),
    () => notTooEarly('untilOn', given.untilOn, person, EARLIEST_RIGHT),
    () => { if (given.fromOn && given.untilOn && given.untilOn < given.fromOn) throw before('untilOn', given.fromOn); },
    () => { if (!none && !given.holder) throw wrongField('holder', 'required'); },
    // Nobody signs beside the person: what was typed of them is not thrown away without a word.
    () => { if (none && (given.holder ?? given.holderPhone)) throw wrongField('holder', 'nobody-signs'); },
    () => { if (none && given.acts?.length) throw wrongField('acts', 'nobody-signs'); },
    () => { if (none && given.byService) throw wrongField('byService', 'nobody-signs'); },
  );
  return {
    kind: given.kind, holder: given.holder ?? null, holderPhone: given.holderPhone ?? null, acts: given.acts ?? [],
    byService: given.byService ?? false, document: given.document ?? null, fromOn: given.fromOn ?? null, untilOn: given.kind === 'minor' ? minorUntil(given, person, today) : given.untilOn ?? null,
  };
}

/** Minority ends the day before the eighteenth birthday, whatever is written; nobody of age is put under it. */
function minorUntil({ fromOn, untilOn }: MeasureGiven, person: Birth, today: Day): Day | null {
  const last = lastDayOfMinority(person);
  if (!last) return untilOn ?? null;
  if ((fromOn ?? (untilOn ? last : today)) > last) throw wrongField('kind', 'of-age', { day: addDays(last, 1) });
  if (untilOn && untilOn > last) throw wrongField('untilOn', 'not-after', { day: last });
  return untilOn ?? last;
}

function stands({ withdrawnAt }: ProtectionMeasure): boolean {
  return withdrawnAt === null;
}

function informedView(one: InformationGiven, names: Map<string, string>): InformationView {
  return { id: one.id, givenOn: one.givenOn, wordingVersion: one.wordingVersion, format: one.format, willing: one.willing, givenBy: one.givenBy ? names.get(one.givenBy) ?? null : null };
}

function consentView(one: Consent, today: string): ConsentView {
  const { id, purpose, answer, wordingVersion, format, giver, method, witness, coSigner, readIn, readBy, evidence, givenOn, withdrawnOn, version } = one;
  return { id, purpose, answer, wordingVersion, format, giver, method, witness, coSigner, readIn, readBy, evidence, givenOn, withdrawnOn, stands: one.standsOn(today), version };
}

function measureView(one: ProtectionMeasure, today: string): MeasureView {
  const { id, kind, holder, holderPhone, acts, byService, document, fromOn, untilOn, withdrawnAt, withdrawnReason, version } = one;
  const withdrawn = withdrawnAt && { at: withdrawnAt.toISOString(), reason: withdrawnReason! };
  return { id, kind, holder, holderPhone, acts, byService, document, fromOn, untilOn, holds: stands(one) && holdsOn(one, today), withdrawn, version };
}
