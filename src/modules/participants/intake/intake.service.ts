import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import type { Day } from '../../../platform/days';
import { Events } from '../../../platform/events';
import { forbidden, faultsIn, Problem, type FieldFault } from '../../../platform/problem';
import { faultsOf } from '../../../platform/web/fields';
import { AgendaService, type Want } from '../../agenda';
import { AuditService } from '../../audit';
import { CaseloadsService } from '../../caseloads';
import { EnrolmentsService } from '../../pathways';
import type { EntryAnswer } from '../entry/entry-answer.entity';
import { ParticipantRegistered } from '../participants.events';
import { alertsOf, Recognition, recognitionOf } from '../profile/recognition.entity';
import { wanted } from '../profile/profile.service';
import { birthOf } from '../register/birth';
import { Participant, ParticipantPhone } from '../register/participant.entity';
import { subject } from '../register/participants.service';
import { notTooEarly } from '../register/past-days';
import type { Intake, KnownFacts, KnownPerson } from './intake.dto';
import { IntakeRepository } from './intake.repository';

/** People whom a register tells of, many at once: the same rules as one by one, the same rows, the same lines in the log, the same entries of the agenda. */
@Injectable()
export class IntakeService {
  /** Those that were looked at, and nothing was wrong: to check a thousand forms twice is most of the work. */
  private readonly sound = new WeakSet<Intake>();

  constructor(
    private readonly intake: IntakeRepository,
    private readonly caseloads: CaseloadsService,
    private readonly enrolments: EnrolmentsService,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** Everybody of the service, as far as one is told from another. That somebody compared them is recorded. */
  async people(actor: Actor): Promise<KnownPerson[]> {
    this.audit.opened(actor, 'participant.compared', { kind: 'participant', id: null });
    return this.intake.people(actor);
  }

  /** What is written of these people. */
  async facts(actor: Actor, ids: readonly string[]): Promise<KnownFacts[]> {
    const referrals = await this.enrolments.referredOf(actor, ids);
    return (await this.intake.facts(actor, ids)).map((one) => ({ ...one, enrolments: referrals.get(one.id) ?? [] }));
  }

  /** What the forms would refuse, field by field. */
  faultsOf(actor: Actor, intake: Intake, country: string): FieldFault[] {
    const faults = this.judged(actor, intake, country);
    if (faults.length === 0) this.sound.add(intake);
    return faults;
  }

  private judged(actor: Actor, { person, recognition, enrolment }: Intake, country: string): FieldFault[] {
    const today = this.clock.today(actor.timeZone);
    const asked = { today, role: actor.role };
    // A form asks for the paper of identity; a register does not tell it.
    const faults = [...faultsOf(person, asked).filter(({ path }) => path !== 'documentKind'), ...(recognition ? faultsOf(recognition, asked) : []), ...(enrolment ? faultsOf(enrolment, asked) : [])];
    if (faults.length > 0) return faults;
    const birth = birthOf(person, today);
    return faultsIn(() => { if (recognition) recognitionOf(recognition, country, birth); }, () => notTooEarly('receivedOn', enrolment?.receivedOn, birth));
  }

  /** Writes them all, each assigned before being written. They have no faults. @returns their ids, in the same order */
  async takeIn(actor: Actor, given: readonly Intake[], country: string): Promise<string[]> {
    const { service } = actor;
    if (!service) throw forbidden('participant.create');
    const today = this.clock.today(actor.timeZone);
    const at = this.clock.now();
    const made = given.map((intake) => ({ intake, participant: Participant.register(intake.person, { service, by: actor.id, at, today }) }));
    for (const { intake } of made) {
      const faults = this.sound.has(intake) ? [] : this.faultsOf(actor, intake, country);
      if (faults.length > 0) throw new Problem(422, 'invalid', { count: faults.length }, faults);
    }
    this.intake.holdNew(made.map(({ participant }) => participant.id));
    this.caseloads.assignNew(actor, made.map(({ intake, participant }) => ({ participantId: participant.id, coachId: intake.coachId, kind: 'lead', fromOn: today })));
    const recognitions = made.flatMap(({ intake, participant }) => (intake.recognition ? Recognition.of(participant, intake.recognition, country) : []));
    const answers = made.flatMap(({ intake, participant }) => intake.entry.map((one) => answerOf(participant, one, intake.enteredOn ?? today, actor.id)));
    const profiles = made.flatMap(({ intake: { families }, participant }) => (families.length > 0
      ? { participantId: participant.id, serviceId: service, families, mainFamily: families[0]!, familiesRefused: false, supportNeeds: null, version: 1 } : []));
    this.intake.add({
      participants: made.map(({ participant }) => participant), recognitions, answers, profiles,
      phones: made.flatMap(({ intake, participant }) => (intake.person.phones ?? []).map((phone, index) => ParticipantPhone.of(participant, phone, index))),
    });
    this.audit.recordMany(actor, 'participant.registered', made.map(({ participant }) => ({ subject: subject(participant.id), changes: { confirmedNew: true } })));
    this.audit.recordMany(actor, 'profile.edited', profiles.map(({ participantId }) => ({ subject: subject(participantId) })));
    this.audit.recordMany(actor, 'recognition.added', recognitions.map(({ id, participantId }) => ({ subject: { kind: 'recognition', id, participantId } })));
    this.audit.recordMany(actor, 'entry.answered', made.flatMap(({ intake: { entry }, participant }) => (entry.length > 0 ? { subject: subject(participant.id), changes: { items: entry.map(({ item }) => item) } } : [])));
    for (const { participant } of made) await this.events.publish(new ParticipantRegistered(participant.id));
    await this.wantAlerts(actor, recognitions, today);
    await this.enrolments.openNew(actor, made.flatMap(({ intake, participant }) => (intake.enrolment ? { participantId: participant.id, command: intake.enrolment } : [])));
    return made.map(({ participant }) => participant.id);
  }

  private async wantAlerts(actor: Actor, recognitions: readonly Recognition[], today: Day): Promise<void> {
    const wants: Want[] = [];
    const past = new Set<Want>();
    for (const recognition of recognitions) {
      for (const alert of alertsOf(recognition)) {
        const want = wanted(recognition, alert);
        wants.push(want);
        if (alert.dueOn < today) past.add(want);
      }
    }
    await this.agenda.wantOfNew(actor, wants, past);
  }
}

const answerOf = (participant: Participant, { item, value }: { item: string; value: string }, answeredOn: Day, recordedBy: string | null): EntryAnswer =>
  ({ participantId: participant.id, serviceId: participant.serviceId, item, value, refused: false, answeredOn, recordedBy, version: 1 });
