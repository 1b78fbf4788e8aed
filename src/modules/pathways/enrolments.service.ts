import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays, addMonths, daysBetween, EARLIEST, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { AgendaService } from '../agenda';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import { entitlementKey, pauseKey, readyKey, stageDue, standing, standingWants, stageKey } from './deadlines';
import { EnrolmentsRepository } from './enrolments.repository';
import { Enrolment, type Referral } from './entities';
import { EnrolmentOpened, EnrolmentPaused, EnrolmentResumed } from './pathways.events';
import type { EditReferral, EnrolmentView, HistoryView, MoveVersion, MoveView, OpenEnrolment, Pause, ReferralView, Resume, StageLoad, SummaryView, TrackView } from './pathways.dto';
import { alreadyEnrolled, alreadyPaused, beforeReceived, endBeforeStart, enrolmentClosed, notAdoptable, notPaused, receivedInFuture, stageNotInVersion, tooEarly, tooLate } from './pathways.problems';
import { stageOf, type Protocol } from './protocol';
import { ProtocolsService } from './protocols.service';
import { Happenings } from './happenings';
import { Readiness } from './readiness';
import { enrolmentView, historyView, moveView, referralView, summaryView, titleOf, trackView, weightAt } from './views';

/** Months after which a pause is looked at again, and written anew where it goes on. */
const LONGEST_PAUSE = 12;

/** Enrolments as they stand: opened with their referral, paused, read. What moves them is in steps.service. */
@Injectable()
export class EnrolmentsService {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly protocols: ProtocolsService,
    private readonly readiness: Readiness,
    private readonly happenings: Happenings,
    private readonly users: UsersService,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** A person is referred, or comes. The caller has checked that the person may be seen. */
  async open(actor: Actor, participantId: string, command: OpenEnrolment): Promise<string> {
    this.checkReferral(actor, command);
    const protocolVersionId = await this.protocols.current(actor, command.operationId, command.pathway);
    const running = await this.enrolments.ofParticipants(actor, [participantId]);
    if (running.some((one) => !one.closedOn && one.pathway === command.pathway && one.operationId === command.operationId)) throw alreadyEnrolled();
    const id = newId();
    const serviceId = actor.service!;
    await this.enrolments.insert(
      { id, serviceId, participantId, participationId: null, pathway: command.pathway, protocolVersionId, operationId: command.operationId, track: null, referredOn: command.receivedOn,
        pausedDays: 0, createdAt: this.clock.now(), createdBy: actor.id, version: 1 },
      { id: newId(), serviceId, participantId, enrolmentId: id, receivedOn: command.receivedOn, ...referralFields(command), answer: null, answeredOn: null, declineReason: null, explainedFormat: null, waitingSince: null, reviewOn: null, version: 1 },
    );
    await this.wantWhereItStands(actor, id);
    await this.audit.record(actor, 'enrolment.opened', { kind: 'enrolment', id, participantId }, { pathway: command.pathway, receivedOn: command.receivedOn });
    await this.events.publish(new EnrolmentOpened(id, participantId));
    return id;
  }

  async editReferral(actor: Actor, enrolmentId: string, command: EditReferral): Promise<void> {
    this.checkReferral(actor, command);
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const referral = await this.enrolments.referralOf(actor, enrolmentId);
    const patch = referralFields(command);
    await this.enrolments.updateReferral({ id: referral.id, version: command.version }, patch);
    await this.wantWhereItStands(actor, enrolmentId);
    await this.audit.record(actor, 'referral.edited', { kind: 'referral', id: referral.id, participantId: enrolment.participantId }, { fields: Object.keys(patch) });
  }

  /** The clock of the stage stands still until a day that is known. */
  async pause(actor: Actor, id: string, command: Pause): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    const today = this.clock.today(actor.timeZone);
    if (enrolment.closedOn) throw enrolmentClosed();
    if (enrolment.pausedOn) throw alreadyPaused();
    if (command.until <= today) throw tooEarly('until', addDays(today, 1));
    if (command.until > addMonths(today, LONGEST_PAUSE)) throw tooLate('until', addMonths(today, LONGEST_PAUSE));
    await this.enrolments.update({ id, version: command.version }, { pausedOn: today, pauseUntil: command.until, pauseReason: command.reason });
    await this.agenda.done(actor, enrolment.participantId, stageKey(id), 'withdrawn');
    await this.wantWhereItStands(actor, id);
    await this.audit.record(actor, 'enrolment.paused', { kind: 'enrolment', id, participantId: enrolment.participantId }, { until: command.until }, command.reason);
    await this.events.publish(new EnrolmentPaused(id, enrolment.participantId));
  }

  async resume(actor: Actor, id: string, command: Resume): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    if (!enrolment.pausedOn) throw notPaused();
    const days = daysBetween(enrolment.pausedOn, this.clock.today(actor.timeZone));
    await this.enrolments.update({ id, version: command.version }, { pausedOn: null, pauseUntil: null, pauseReason: null, pausedDays: enrolment.pausedDays + days });
    await this.agenda.done(actor, enrolment.participantId, pauseKey(id));
    await this.wantWhereItStands(actor, id);
    await this.audit.record(actor, 'enrolment.resumed', { kind: 'enrolment', id, participantId: enrolment.participantId }, { days });
    await this.events.publish(new EnrolmentResumed(id, enrolment.participantId));
  }

  /** Another version of the protocol for a running enrolment: a manager's act, possible where its stage exists there too. */
  async moveVersion(actor: Actor, id: string, command: MoveVersion): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, id);
    if (enrolment.closedOn) throw enrolmentClosed();
    const choice = (await this.movesOf(actor, enrolment)).find((one) => one.versionId === command.versionId);
    if (!choice) throw notAdoptable();
    if (!choice.possible) throw stageNotInVersion();
    await this.enrolments.update({ id, version: command.version }, { pausedDays: enrolment.pausedDays });
    await this.enrolments.moveVersion(id, command.versionId);
    await this.agenda.done(actor, enrolment.participantId, stageKey(id), 'withdrawn');
    await this.wantWhereItStands(actor, id);
    const moved = await this.enrolments.get(actor, id);
    await this.happenings.follow(actor, moved, await this.protocolOf(moved), await this.enrolments.stepsOf(actor, id));
    await this.audit.record(actor, 'enrolment.moved', { kind: 'enrolment', id, participantId: enrolment.participantId }, { from: enrolment.protocolVersionId, to: command.versionId });
  }

  /** The versions that a running enrolment could go over to, each with what would change. */
  async moves(actor: Actor, id: string): Promise<MoveView[]> {
    return this.movesOf(actor, await this.enrolments.get(actor, id));
  }

  private async movesOf(actor: Actor, enrolment: Enrolment): Promise<MoveView[]> {
    const before = await this.protocolOf(enrolment);
    const others = await this.protocols.publishedOf(actor, enrolment.pathway);
    return others.filter((one) => one.id !== enrolment.protocolVersionId).map((one) => moveView(enrolment, before, one));
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
    const due = stageDue(enrolment, protocol, await this.enrolments.referralOf(actor, id));
    return { ...track, now: { ...track.now, dueOn: due, late: due !== null && due < today } };
  }

  async referralOf(actor: Actor, enrolmentId: string): Promise<ReferralView> {
    return referralView(await this.enrolments.referralOf(actor, enrolmentId));
  }

  /** Every step and annulment of a person, latest first. */
  async historyOf(actor: Actor, participantId: string): Promise<HistoryView[]> {
    const rows = await this.enrolments.stepsOfParticipant(actor, participantId);
    const enrolments = new Map((await this.enrolments.ofParticipants(actor, [participantId])).map((one) => [one.id, one]));
    const documents = await this.protocols.documents(rows.map((row) => row.versionId));
    const names = await this.users.names(actor, [...new Set(rows.flatMap((row) => row.takenBy ?? []))]);
    const annulled = new Set(rows.flatMap((row) => row.annuls ?? []));
    return rows.map((row) => historyView(row, enrolments.get(row.enrolmentId)!, documents.get(row.versionId)!.document, names, annulled));
  }

  /** What the agenda holds about where the enrolment stands, written again from the facts. */
  async wantWhereItStands(actor: Actor, id: string): Promise<void> {
    const enrolment = await this.enrolments.get(actor, id);
    const protocol = await this.protocolOf(enrolment);
    const ready = await this.readiness.of(actor, enrolment, protocol);
    const wants = standingWants(enrolment, protocol, await this.enrolments.referralOf(actor, id), ready);
    for (const want of wants) await this.agenda.want(actor, want);
    const gone = [stageKey(id), readyKey(id), entitlementKey(id)].filter((key) => !wants.some((want) => want.key === key));
    if (gone.length > 0) await this.agenda.done(actor, enrolment.participantId, gone, 'withdrawn');
  }

  async protocolOf(enrolment: Enrolment): Promise<Protocol> {
    return (await this.protocols.documents([enrolment.protocolVersionId])).get(enrolment.protocolVersionId)!.document;
  }

  private async documentsOf(enrolments: readonly Enrolment[]): Promise<Map<string, Protocol>> {
    const versions = await this.protocols.documents(enrolments.map((one) => one.protocolVersionId));
    return new Map([...versions].map(([id, one]) => [id, one.document]));
  }

  private checkReferral(actor: Actor, command: { receivedOn?: Day; decisionOn?: Day; entitlementFrom?: Day; entitlementUntil?: Day }): void {
    const { receivedOn, decisionOn, entitlementFrom, entitlementUntil } = command;
    const today = this.clock.today(actor.timeZone);
    for (const path of ['receivedOn', 'decisionOn', 'entitlementFrom', 'entitlementUntil'] as const) if ((command[path] ?? today) < EARLIEST) throw tooEarly(path, EARLIEST);
    if (receivedOn && receivedOn > today) throw receivedInFuture(today);
    if (decisionOn && decisionOn > today) throw beforeReceived();
    if (entitlementFrom && entitlementUntil && entitlementUntil < entitlementFrom) throw endBeforeStart('entitlementUntil');
  }
}

function referralFields(command: OpenEnrolment | EditReferral): Pick<Referral, 'source' | 'wish' | 'decisionOn' | 'entitlement' | 'entitlementReference' | 'entitlementFrom' | 'entitlementUntil'> {
  return {
    source: command.source, wish: command.wish ?? null, decisionOn: command.decisionOn ?? null, entitlement: command.entitlement ?? null,
    entitlementReference: command.entitlementReference ?? null, entitlementFrom: command.entitlementFrom ?? null, entitlementUntil: command.entitlementUntil ?? null,
  };
}
