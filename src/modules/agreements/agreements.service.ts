import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { faultsIn, refuse, wrongField } from '../../platform/problem';
import { AuditService } from '../audit';
import { DisclosureService } from '../disclosure';
import { DocumentsService } from '../documents';
import { EmployersService } from '../employers';
import { UsersService } from '../identity';
import { InformationService, ParticipantsService, type Beside } from '../participants';
import { EnrolmentsService, OpenTasks, StepsService, StepTaken, type EnrolmentView } from '../pathways';
import { standsOn, type Agreement, type AgreementSignature } from './agreement.entities';
import type { AgreementView, EditAgreement, EndAgreement, OpenAgreement, Sign } from './agreements.dto';
import { agreementEnded, agreementFixed, agreementThere, ahead, before, signedAlready, threePartyNotPermitted } from './agreements.problems';
import { AgreementsRepository } from './agreements.repository';
import { agreementView } from './agreements.views';
import { missingOf, WORDINGS, type AgreementKind } from './parties';
import { signatureOf } from './signing';

/** Agreements: written, signed by each party in its own way, ended with a reason. */
@Injectable()
export class AgreementsService implements OnModuleInit {
  constructor(
    private readonly agreements: AgreementsRepository,
    private readonly participants: ParticipantsService,
    private readonly information: InformationService,
    private readonly documents: DocumentsService,
    private readonly employers: EmployersService,
    private readonly disclosure: DisclosureService,
    private readonly enrolments: EnrolmentsService,
    private readonly users: UsersService,
    private readonly steps: StepsService,
    private readonly tasks: OpenTasks,
    private readonly events: Events,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // What was signed before a step opened its task is done already.
    this.events.subscribe(StepTaken, 'agreements', async (event, system) => {
      const today = this.clock.today(system.timeZone);
      const standing = (await this.agreements.ofEnrolment(system, event.enrolmentId)).filter((one) => standsOn(one, today));
      for (const one of standing) await this.tasks.done(system, { id: event.enrolmentId, participantId: event.participantId }, taskOf(one.kind));
    });
  }

  /** A person's agreements, those that have not ended first. The caller has checked that the person may be seen. */
  async of(actor: Actor, participantId: string): Promise<AgreementView[]> {
    return this.views(actor, participantId, await this.agreements.ofParticipant(actor, participantId));
  }

  /** The same for whoever reads them by themselves: that the person's file was opened is recorded. @throws Problem 404 when the person is not seen */
  async read(actor: Actor, participantId: string): Promise<AgreementView[]> {
    await this.participants.open(actor, participantId);
    return this.of(actor, participantId);
  }

  /** One agreement; the reading is recorded. @throws Problem 404 */
  async open(actor: Actor, participantId: string, id: string): Promise<AgreementView> {
    const agreement = await this.agreements.get(actor, participantId, id);
    this.audit.opened(actor, 'participant.opened', { kind: 'participant', id: participantId, participantId });
    return (await this.views(actor, participantId, [agreement]))[0]!;
  }

  /** The pathways of a person for which an agreement can be made. */
  async openEnrolments(actor: Actor, participantId: string): Promise<EnrolmentView[]> {
    return (await this.enrolments.ofParticipant(actor, participantId)).filter((one) => one.closedOn === null);
  }

  /** What signing asks today beside the person. */
  beside(actor: Actor, participantId: string, on: Day = this.clock.today(actor.timeZone)): Promise<Beside> {
    return this.information.beside(actor, participantId, 'agreement', on);
  }

  /** The employers with whom an agreement of three can be made: those whom the person lets know of the support. */
  async employersToChoose(actor: Actor, participantId: string): Promise<{ value: string; label: string }[]> {
    const sheets = (await this.disclosure.of(actor, participantId)).filter((one) => one.endedOn === null && !one.nothing);
    const named = await this.employers.names(actor, sheets.flatMap((one) => one.employerId ?? []));
    // A sheet of no one employer speaks of any: the first of the list are offered.
    const others = sheets.some((one) => one.employerId === null) ? await this.employers.find(actor) : [];
    const permitted: { value: string; label: string }[] = [];
    for (const [id, name] of new Map([...named, ...others.map((one) => [one.id, one.name] as const)])) if (await this.mayInvolve(actor, participantId, id)) permitted.push({ value: id, label: name });
    return permitted;
  }

  async begin(actor: Actor, participantId: string, given: OpenAgreement): Promise<string> {
    const { serviceId } = await this.participants.hold(actor, participantId);
    if (!(await this.openEnrolments(actor, participantId)).some((one) => one.id === given.enrolmentId)) throw wrongField('enrolmentId', 'not-in-list');
    // Where no employer may know, none can be chosen: what is missing is the person's yes.
    if (given.kind === 'three-party' && !given.employerId && (await this.employersToChoose(actor, participantId)).length === 0) throw threePartyNotPermitted();
    refuse(faultsIn(
      () => { if (given.untilOn && given.untilOn < given.fromOn) throw before('untilOn', given.fromOn); },
      () => { if (given.kind === 'three-party' && !given.employerId) throw wrongField('employerId', 'required', { choose: true }); },
      () => { if (given.kind === 'two-party' && given.employerId) throw wrongField('employerId', 'two-parties-only'); },
    ));
    await this.participants.checkDay(actor, [participantId], 'fromOn', given.fromOn);
    if (given.employerId) {
      await this.employers.check(actor, given.employerId);
      await this.permit(actor, participantId, given.employerId);
    }
    const running = (await this.agreements.ofEnrolment(actor, given.enrolmentId)).filter((one) => one.endedOn === null && (one.untilOn === null || one.untilOn >= given.fromOn));
    if (running.some((one) => one.kind === given.kind && one.employerId === (given.employerId ?? null))) throw agreementThere();
    const agreement: Agreement = {
      id: newId(), serviceId, participantId, enrolmentId: given.enrolmentId, employerId: given.employerId ?? null, kind: given.kind, wordingVersion: WORDINGS[given.kind], terms: given.terms ?? null,
      fromOn: given.fromOn, untilOn: given.untilOn ?? null, signedOn: null, endedOn: null, endedReason: null, createdAt: this.clock.now(), createdBy: actor.id, version: 1,
    };
    await this.agreements.insert(agreement);
    await this.audit.record(actor, 'agreement.written', subject(agreement), { kind: agreement.kind });
    return agreement.id;
  }

  /** Its terms and days, until somebody has signed them. @returns false where it was all written like this already */
  async edit(actor: Actor, participantId: string, id: string, given: EditAgreement): Promise<boolean> {
    const { agreement, signatures } = await this.held(actor, participantId, id);
    if (signatures.length > 0) throw agreementFixed();
    if (given.untilOn && given.untilOn < given.fromOn) throw before('untilOn', given.fromOn);
    await this.participants.checkDay(actor, [participantId], 'fromOn', given.fromOn);
    const patch = { terms: given.terms ?? null, fromOn: given.fromOn, untilOn: given.untilOn ?? null };
    const fields = Object.keys(patch).filter((name) => patch[name as keyof typeof patch] !== agreement[name as keyof typeof patch]);
    if (fields.length === 0) return false;
    await this.agreements.change({ id, version: given.version }, patch);
    await this.audit.record(actor, 'agreement.edited', subject(agreement), { fields });
    return true;
  }

  /**
   * One party signs, by any method. The person's own signature is nobody else's to give; where law asks for another beside it, the agreement waits for that one too.
   * @returns true once everybody has signed
   */
  async sign(actor: Actor, participantId: string, id: string, given: Sign): Promise<boolean> {
    const { agreement, signatures, name } = await this.held(actor, participantId, id);
    if (given.signedOn > this.clock.today(actor.timeZone)) throw ahead('signedOn');
    await this.participants.checkDay(actor, [participantId], 'signedOn', given.signedOn);
    if (signatures.some((one) => one.party === given.party)) throw signedAlready(given.party);
    if (agreement.employerId) await this.permit(actor, participantId, agreement.employerId);
    const staff = await this.users.coachesOf(actor);
    const own = (await this.users.names(actor, actor.id ? [actor.id] : [])).get(actor.id ?? '') ?? null;
    const told = signatureOf(given, {
      kind: agreement.kind, person: name, recorder: own, staff: [...staff.map((one) => one.name), ...(own ? [own] : [])], beside: await this.beside(actor, participantId, given.signedOn),
      personSigned: signatures.some((one) => one.party === 'participant'),
    });
    const signature: AgreementSignature = {
      ...told, id: newId(), agreementId: id, serviceId: agreement.serviceId, participantId, party: given.party, method: given.method, signedOn: given.signedOn, documentId: null,
      recordedAt: this.clock.now(), recordedBy: actor.id,
    };
    const all = [...signatures, signature];
    const isComplete = missingOf(agreement.kind, (await this.legalOf(actor, participantId, all)).legal, all).length === 0;
    await this.agreements.change({ id, version: given.version }, isComplete ? { signedOn: all.map((one) => one.signedOn).sort().at(-1)! } : {});
    await this.agreements.insertSignature(signature);
    await this.audit.record(actor, 'agreement.signed', subject(agreement), { party: given.party, method: given.method });
    if (isComplete) await this.completed(actor, agreement);
    return isComplete;
  }

  /** Where law no longer asks for a signature beside the person, an agreement that waited for nothing else is signed by all, from the day of the last signature. */
  async completeWaiting(actor: Actor, participantId: string): Promise<void> {
    const waiting = (await this.agreements.ofParticipant(actor, participantId)).filter((one) => !one.endedOn && !one.signedOn);
    const signatures = await this.agreements.signaturesOf(actor, waiting.map(({ id }) => id));
    for (const agreement of waiting) {
      const own = signatures.filter((one) => one.agreementId === agreement.id);
      if (own.length === 0 || missingOf(agreement.kind, (await this.legalOf(actor, participantId, own)).legal, own).length > 0) continue;
      const signedOn = own.map((one) => one.signedOn).sort().at(-1)!;
      await this.agreements.change(agreement, { signedOn });
      await this.audit.record(actor, 'agreement.completed', subject(agreement), { signedOn });
      await this.completed(actor, agreement);
    }
  }

  private async completed(actor: Actor, { enrolmentId, participantId, kind }: Agreement): Promise<void> {
    await this.tasks.done(actor, { id: enrolmentId, participantId }, taskOf(kind));
    await this.steps.factsChanged(actor, 'agreement', [participantId], false);
  }

  async end(actor: Actor, participantId: string, id: string, given: EndAgreement): Promise<void> {
    const { agreement } = await this.held(actor, participantId, id);
    if (given.endedOn > this.clock.today(actor.timeZone)) throw ahead('endedOn');
    if (agreement.signedOn && given.endedOn < agreement.signedOn) throw before('endedOn', agreement.signedOn);
    await this.participants.checkDay(actor, [participantId], 'endedOn', given.endedOn);
    await this.agreements.change({ id, version: given.version }, { endedOn: given.endedOn, endedReason: given.reason });
    await this.audit.record(actor, 'agreement.ended', subject(agreement), { endedOn: given.endedOn }, given.reason);
    if (agreement.signedOn) await this.steps.factsChanged(actor, 'agreement', [participantId], true);
  }

  /** An agreement that has not ended, its person held. @throws Problem 404, 409 */
  private async held(actor: Actor, participantId: string, id: string): Promise<{ agreement: Agreement; signatures: AgreementSignature[]; name: string }> {
    const { name } = await this.participants.hold(actor, participantId);
    const agreement = await this.agreements.get(actor, participantId, id);
    if (agreement.endedOn) throw agreementEnded(agreement.endedOn);
    return { agreement, signatures: await this.agreements.signaturesOf(actor, [id]), name };
  }

  /** Whether law asks for a signature beside the person's, as of the day on which they signed, or of today; and since when a measure that has ended makes it wait. */
  private async legalOf(actor: Actor, participantId: string, signatures: readonly Pick<AgreementSignature, 'party' | 'signedOn'>[]): Promise<{ legal: boolean; waitsSince: Day | null }> {
    const own = signatures.find((one) => one.party === 'participant');
    const beside = await this.beside(actor, participantId, own?.signedOn);
    return { legal: beside.needs === 'legal' || signatures.some((one) => one.party === 'legal'), waitsSince: !own && beside.needs === 'expired' ? beside.on : null };
  }

  /** @throws Problem 409 where the person has not let this employer know of the support */
  private async permit(actor: Actor, participantId: string, employerId: string): Promise<void> {
    if (!(await this.mayInvolve(actor, participantId, employerId))) throw threePartyNotPermitted();
  }

  private mayInvolve(actor: Actor, participantId: string, employerId: string): Promise<boolean> {
    return this.disclosure.mayKnow(actor, participantId, employerId, 'support', this.clock.today(actor.timeZone));
  }

  private async views(actor: Actor, participantId: string, found: readonly Agreement[]): Promise<AgreementView[]> {
    const today = this.clock.today(actor.timeZone);
    const signatures = await this.agreements.signaturesOf(actor, found.map(({ id }) => id));
    const employerIds = [...new Set(found.flatMap((one) => one.employerId ?? []))];
    const names = employerIds.length ? await this.employers.names(actor, employerIds) : new Map<string, string>();
    const papers = found.length ? await this.documents.ofParticipant(actor, participantId) : [];
    const views: AgreementView[] = [];
    for (const one of found) {
      const own = signatures.filter((signature) => signature.agreementId === one.id);
      views.push(agreementView(one, own, {
        ...(await this.legalOf(actor, participantId, own)), employerName: (one.employerId && names.get(one.employerId)) ?? null, documents: papers.filter(({ subject: { kind, id } }) => kind === 'agreement' && id === one.id), today,
      }));
    }
    return views;
  }
}

export const subject = ({ id, participantId }: Pick<Agreement, 'id' | 'participantId'>): { kind: 'agreement'; id: string; participantId: string } => ({ kind: 'agreement', id, participantId });

/** The task of the shipped protocol that a signed agreement does. */
const taskOf = (kind: AgreementKind): string => `${kind}-agreement`;
