import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { daysBetween, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { refuse } from '../../platform/problem';
import { AgendaService, type Want } from '../agenda';
import { AuditService, type Subject } from '../audit';
import { UsersService } from '../identity';
import { ActsRepository } from './acts.repository';
import { entitlementKey, readyKey, stageDue, standing, standingWants, stageKey } from './deadlines';
import { EnrolmentsRepository } from './enrolments.repository';
import { Enrolment, type Referral } from './entities';
import { EnrolmentOpened } from './pathways.events';
import type { EditReferral, EnrolmentView, HistoryView, OpenEnrolment, ReferralView, StageLoad, SummaryView, TrackView } from './pathways.dto';
import { alreadyEnrolled } from './pathways.problems';
import { stageOf, waits, type Pathway, type Protocol, type Said } from './protocol';
import { ProtocolsService } from './protocols.service';
import { mayBeReadyAtOnce, Readiness } from './readiness';
import { referralFaults } from './referral-faults';
import { actView, enrolmentView, historyView, laterFirst, referralView, summaryView, titleOf, trackView, weightAt } from './views';

/** What is written of an enrolment when it is opened; its stage is the database's to say. */
type Begun = Omit<Enrolment, 'stage' | 'stageSince' | 'admittedOn' | 'closedOn' | 'closeReason' | 'pauseReason' | 'pausedOn' | 'pauseUntil'>;
interface Opened {
  enrolment: Begun;
  referral: Referral;
}

/** Enrolments as they stand: opened with their referral, and read. What moves them is in steps.service, what stops their clock in pauses.service. */
@Injectable()
export class EnrolmentsService {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly protocols: ProtocolsService,
    private readonly readiness: Readiness,
    private readonly acts: ActsRepository,
    private readonly users: UsersService,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** A person is referred, or comes. The caller has checked that the person may be seen. */
  async open(actor: Actor, participantId: string, command: OpenEnrolment): Promise<string> {
    refuse(referralFaults(command, this.clock.today(actor.timeZone)));
    this.enrolments.holdPerson(participantId);
    const protocolVersionId = await this.protocols.current(actor, command.operationId, command.pathway);
    const running = await this.enrolments.ofParticipants(actor, [participantId]);
    if (running.some((one) => !one.closedOn && one.pathway === command.pathway && one.operationId === command.operationId)) throw alreadyEnrolled();
    const { enrolment, referral } = this.opened(actor, participantId, command, protocolVersionId);
    const { id } = enrolment;
    await this.enrolments.insert(enrolment, referral);
    await this.wantWhereItStands(actor, id);
    const { subject, changes } = openedLine(enrolment);
    await this.audit.record(actor, 'enrolment.opened', subject, changes);
    await this.events.publish(new EnrolmentOpened(id, participantId));
    return id;
  }

  /** The same for many who are new, in a fixed number of statements: nothing is asked about whom nothing is known. The caller has written and holds them. */
  async openNew(actor: Actor, given: readonly { participantId: string; command: OpenEnrolment }[]): Promise<void> {
    const versions = new Map<string, string>();
    const opened = [];
    for (const { participantId, command } of given) {
      refuse(referralFaults(command, this.clock.today(actor.timeZone)));
      const rule = `${command.operationId} ${command.pathway}`;
      if (!versions.has(rule)) versions.set(rule, await this.protocols.current(actor, command.operationId, command.pathway));
      opened.push(this.opened(actor, participantId, command, versions.get(rule)!));
    }
    this.enrolments.addMany(opened);
    const documents = await this.protocols.documents([...new Set(versions.values())]);
    const wants: Want[] = [];
    for (const { enrolment, referral } of opened) {
      const protocol = documents.get(enrolment.protocolVersionId)!.document;
      if (mayBeReadyAtOnce(protocol)) await this.wantWhereItStands(actor, enrolment.id);
      else wants.push(...standingWants(atItsBeginning(enrolment, protocol), protocol, referral, null));
    }
    await this.agenda.wantOfNew(actor, wants);
    this.audit.recordMany(actor, 'enrolment.opened', opened.map(({ enrolment }) => openedLine(enrolment)));
    for (const { enrolment } of opened) await this.events.publish(new EnrolmentOpened(enrolment.id, enrolment.participantId));
  }

  async editReferral(actor: Actor, enrolmentId: string, command: EditReferral): Promise<void> {
    refuse(referralFaults(command, this.clock.today(actor.timeZone)));
    const enrolment = await this.enrolments.hold(actor, enrolmentId);
    const referral = await this.enrolments.referralOf(actor, enrolmentId);
    const patch = referralFields(command);
    await this.enrolments.updateReferral({ id: referral.id, version: command.version }, patch);
    await this.wantWhereItStands(actor, enrolmentId);
    await this.audit.record(actor, 'referral.edited', { kind: 'referral', id: referral.id, participantId: enrolment.participantId }, { fields: Object.keys(patch) });
  }

  async get(actor: Actor, id: string): Promise<EnrolmentView> {
    const enrolment = await this.enrolments.get(actor, id);
    return enrolmentView(enrolment, await this.protocolOf(enrolment));
  }

  /** The same for whoever reads it by itself: the reading of the person's file is recorded. */
  async read(actor: Actor, id: string): Promise<EnrolmentView> {
    const enrolment = await this.get(actor, id);
    this.audit.opened(actor, 'participant.opened', { kind: 'participant', id: enrolment.participantId, participantId: enrolment.participantId });
    return enrolment;
  }

  /** A person's enrolments, the open ones first. */
  async ofParticipant(actor: Actor, participantId: string): Promise<EnrolmentView[]> {
    const found = await this.enrolments.ofParticipants(actor, [participantId]);
    const documents = await this.documentsOf(found);
    return found.map((one) => enrolmentView(one, documents.get(one.protocolVersionId)!));
  }

  /** For lists: where each of these people stands, in a fixed number of statements. */
  async summaries(actor: Actor, participantIds: readonly string[]): Promise<Map<string, SummaryView[]>> {
    const found = participantIds.length > 0 ? await this.enrolments.ofParticipants(actor, participantIds) : [];
    const documents = await this.documentsOf(found);
    const byPerson = new Map<string, SummaryView[]>();
    for (const one of found) byPerson.set(one.participantId, [...(byPerson.get(one.participantId) ?? []), summaryView(one, documents.get(one.protocolVersionId)!)]);
    return byPerson;
  }

  /** On what pathways each of these people was ever referred, and when. */
  async referredOf(actor: Actor, participantIds: readonly string[]): Promise<Map<string, { pathway: Pathway; receivedOn: Day }[]>> {
    const found = participantIds.length > 0 ? await this.enrolments.ofParticipants(actor, participantIds) : [];
    const byPerson = new Map<string, { pathway: Pathway; receivedOn: Day }[]>();
    for (const { participantId, pathway, referredOn } of found) byPerson.set(participantId, [...(byPerson.get(participantId) ?? []), { pathway, receivedOn: referredOn }]);
    return byPerson;
  }

  /** How many stand on which stage, and what they weigh together: a caseload counted without reading it. */
  async load(actor: Actor): Promise<StageLoad[]> {
    const counts = await this.enrolments.countByStage(actor);
    const documents = await this.protocols.documents(counts.map((one) => one.protocol_version_id));
    return counts.map(({ protocol_version_id: version, stage, pathway, count }) => ({
      pathway, stage, stageTitle: titleOf(documents.get(version)!.document, stage), position: documents.get(version)!.document.stages.findIndex((one) => one.key === stage), count, weight: count * weightAt(stage),
    }));
  }

  async trackOf(actor: Actor, id: string): Promise<TrackView> {
    const enrolment = await this.enrolments.get(actor, id);
    const steps = standing(await this.enrolments.stepsOf(actor, id));
    const protocol = await this.protocolOf(enrolment);
    const today = this.clock.today(actor.timeZone);
    const track = trackView(enrolment, protocol, steps, today);
    if (!stageOf(protocol, enrolment.stage)?.aside) return track;
    const referral = await this.enrolments.referralOf(actor, id);
    const due = stageDue(enrolment, protocol, referral);
    // Reviews renew the day, not the waiting.
    const since = waits(stageOf(protocol, enrolment.stage)) ? referral.waitingSince ?? track.now.since : track.now.since;
    return { ...track, now: { ...track.now, since, days: daysBetween(since, today), dueOn: due, late: due !== null && due < today } };
  }

  async referralOf(actor: Actor, enrolmentId: string): Promise<ReferralView> {
    return referralView(await this.enrolments.referralOf(actor, enrolmentId));
  }

  /** What led to each of a person's enrolments, with the title of its protocol, in a fixed number of statements. */
  async referralsOf(actor: Actor, participantId: string): Promise<(ReferralView & { title: Said })[]> {
    const versions = new Map((await this.enrolments.ofParticipants(actor, [participantId])).map(({ id, protocolVersionId }) => [id, protocolVersionId]));
    const documents = await this.protocols.documents([...new Set(versions.values())]);
    return (await this.enrolments.referralsOf(actor, participantId)).map((one) => ({ ...referralView(one), title: documents.get(versions.get(one.enrolmentId)!)!.document.title }));
  }

  /** All that has happened on a person's pathways, latest first: steps, annulments, and what moves no stage. */
  async historyOf(actor: Actor, participantId: string): Promise<HistoryView[]> {
    const rows = await this.enrolments.stepsOfParticipant(actor, participantId);
    const acts = await this.acts.ofParticipant(actor, participantId);
    const enrolments = new Map((await this.enrolments.ofParticipants(actor, [participantId])).map((one) => [one.id, one]));
    const documents = await this.protocols.documents([...rows.map((row) => row.versionId), ...acts.flatMap(({ fromVersionId, toVersionId }) => [fromVersionId, toVersionId].filter((id) => id !== null))]);
    const names = await this.users.names(actor, [...new Set([...rows.flatMap((row) => row.takenBy ?? []), ...acts.flatMap((act) => act.recordedBy ?? [])])]);
    const annulled = new Set(rows.flatMap((row) => row.annuls ?? []));
    const steps = rows.map((row) => historyView(row, enrolments.get(row.enrolmentId)!, documents.get(row.versionId)!.document, names, annulled));
    const told = acts.flatMap((act) => {
      const enrolment = enrolments.get(act.enrolmentId);
      // A line about an enrolment that is not this person's tells nothing of them; the page does not fall over it.
      return enrolment ? actView(act, enrolment, steps.find(({ id }) => id === act.stepId) ?? null, documents, names) : [];
    });
    return [...steps, ...told].sort(laterFirst);
  }

  /** What the agenda holds about where the enrolment stands, written again from the facts. @param keepsPostponed what was put off to no earlier a day stays so */
  async wantWhereItStands(actor: Actor, id: string, keepsPostponed = false): Promise<void> {
    const enrolment = await this.enrolments.get(actor, id);
    const protocol = await this.protocolOf(enrolment);
    const ready = await this.readiness.of(actor, enrolment, protocol);
    const wants = standingWants(enrolment, protocol, await this.enrolments.referralOf(actor, id), ready);
    for (const want of wants) await this.agenda.want(actor, { ...want, keepsPostponed });
    const gone = [stageKey(id), readyKey(id), entitlementKey(id)].filter((key) => !wants.some((want) => want.key === key));
    if (gone.length > 0) await this.agenda.done(actor, enrolment.participantId, gone, 'withdrawn');
  }

  async protocolOf(enrolment: Enrolment): Promise<Protocol> {
    return (await this.protocols.documents([enrolment.protocolVersionId])).get(enrolment.protocolVersionId)!.document;
  }

  private opened(actor: Actor, participantId: string, command: OpenEnrolment, protocolVersionId: string): Opened {
    const id = newId();
    const serviceId = actor.service!;
    return {
      enrolment: {
        id, serviceId, participantId, participationId: null, pathway: command.pathway, protocolVersionId, operationId: command.operationId, track: null, referredOn: command.receivedOn,
        pausedDays: 0, createdAt: this.clock.now(), createdBy: actor.id, version: 1,
      },
      referral: {
        id: newId(), serviceId, participantId, enrolmentId: id, receivedOn: command.receivedOn, ...referralFields(command), answer: null, answeredOn: null, declineReason: null, explainedFormat: null,
        waitingSince: null, reviewOn: null, version: 1,
      },
    };
  }

  private async documentsOf(enrolments: readonly Enrolment[]): Promise<Map<string, Protocol>> {
    const versions = await this.protocols.documents(enrolments.map((one) => one.protocolVersionId));
    return new Map([...versions].map(([id, one]) => [id, one.document]));
  }
}

function openedLine({ id, participantId, pathway, referredOn }: Begun): { subject: Subject; changes: Record<string, unknown> } {
  return { subject: { kind: 'enrolment', id, participantId }, changes: { pathway, receivedOn: referredOn } };
}

/** As the database writes it: on the first stage, since the day on which the person was referred. */
function atItsBeginning(begun: Begun, protocol: Protocol): Enrolment {
  return Object.assign(new Enrolment(), {
    ...begun, stage: protocol.stages[0]!.key, stageSince: begun.referredOn, admittedOn: null, closedOn: null, closeReason: null, pauseReason: null, pausedOn: null, pauseUntil: null,
  });
}

function referralFields(command: OpenEnrolment | EditReferral): Pick<Referral, 'source' | 'wish' | 'decisionOn' | 'entitlement' | 'entitlementReference' | 'entitlementFrom' | 'entitlementUntil'> {
  return {
    source: command.source, wish: command.wish ?? null, decisionOn: command.decisionOn ?? null, entitlement: command.entitlement ?? null,
    entitlementReference: command.entitlementReference ?? null, entitlementFrom: command.entitlementFrom ?? null, entitlementUntil: command.entitlementUntil ?? null,
  };
}
