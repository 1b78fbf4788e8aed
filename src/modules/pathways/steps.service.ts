import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { addDays, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { editedMeanwhile, refuse, type Problem } from '../../platform/problem';
import { Words } from '../../platform/views/words';
import { AgendaService } from '../agenda';
import { AuditService } from '../audit';
import { answerOf, answers, unsaid } from './answers';
import { evidenceKey, pauseKey, readyKey, stageKey, standing } from './deadlines';
import { ANNULMENT_DAYS, BACK_DATING_DAYS, isMet, judge, laterFacts, mayAnnul, stepsFrom, type Verdict } from './engine';
import { EnrolmentsRepository } from './enrolments.repository';
import { EnrolmentsService } from './enrolments.service';
import type { Enrolment, StepRow } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { Happenings, listens } from './happenings';
import { StepAnnulled, StepTaken } from './pathways.events';
import type { AnnulStep, AnnulmentView, SummaryView, TakeStep, VerdictView } from './pathways.dto';
import { alreadyEnrolled, annulmentAfterMove, annulmentTooLate, nothingToAnnul, stepRefused, type DayLimits } from './pathways.problems';
import { OpenTasks } from './open-tasks';
import { stageOf, stepOf, type Kind, type Protocol, type Requirement } from './protocol';
import { ProtocolsService } from './protocols.service';
import { announced, Readiness } from './readiness';
import { StepEvidence } from './step-evidence';
import { standingOf, summaryView, titleOf, verdictView, type Say } from './views';

/** What a step is given beside its verdict. */
type Given = Pick<StepRow, 'effectiveOn' | 'reason' | 'reviewOn' | 'explainedFormat'> & { deviation: string | null };

/** What moves an enrolment: steps judged by the engine, annulled, or following from what happened elsewhere. */
@Injectable()
export class StepsService {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly reader: EnrolmentsService,
    private readonly protocols: ProtocolsService,
    private readonly facts: FactsRegistry,
    private readonly readiness: Readiness,
    private readonly happenings: Happenings,
    private readonly tasks: OpenTasks,
    private readonly evidence: StepEvidence,
    private readonly agenda: AgendaService,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly words: Words,
  ) {}

  /** Every step that leads on from where the enrolment stands, with its verdict for this actor today. */
  async possible(actor: Actor, enrolmentId: string): Promise<VerdictView[]> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const { document, number, id } = await this.versionOf(enrolment);
    const today = this.clock.today(actor.timeZone);
    const views: VerdictView[] = [];
    for (const step of stepsFrom(document, enrolment.stage)) {
      const verdict = await this.judge(actor, enrolment, document, { step: step.key, effectiveOn: today, reason: step.reasons?.[0]?.key ?? null });
      if (verdict.refusal !== 'not-this-role') views.push(verdictView(verdict, document, number, id, this.sayer(actor)));
    }
    return views;
  }

  /** @throws Problem 404 when the protocol has no such step from here */
  async verdict(actor: Actor, enrolmentId: string, step: string, effectiveOn?: Day): Promise<VerdictView> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const { document, number, id } = await this.versionOf(enrolment);
    const rule = stepOf(document, step);
    const verdict = await this.judge(actor, enrolment, document, { step, effectiveOn: effectiveOn ?? this.clock.today(actor.timeZone), reason: rule?.reasons?.[0]?.key ?? null });
    if (!rule) throw stepRefused(verdict, this.sayer(actor));
    return verdictView(verdict, document, number, id, this.sayer(actor));
  }

  /** Takes a step, or refuses it with every unmet requirement. Two at once: the second finds the enrolment elsewhere. */
  async take(actor: Actor, enrolmentId: string, command: TakeStep): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, enrolmentId);
    if (enrolment.version !== command.version) throw editedMeanwhile({ stage: enrolment.stage }, { stage: command.step }, enrolment.version);
    const { document } = await this.versionOf(enrolment);
    const effectiveOn = command.effectiveOn ?? this.clock.today(actor.timeZone);
    const verdict = await this.judge(actor, enrolment, document, { step: command.step, effectiveOn, reason: command.reason ?? null, deviation: command.deviation ?? null });
    const step = stepOf(document, command.step);
    const missing = step ? unsaid(document, step, command, effectiveOn) : [];
    if (!step || !verdict.allowed) throw stepRefused(verdict, this.sayer(actor), missing, this.limitsOf(actor, enrolment, document));
    await this.refuseTwoOpen(actor, enrolment, document, command.step);
    refuse(missing);
    const answer = answers(document, step.to);
    await this.move(actor, enrolment, document, verdict, {
      effectiveOn, reason: command.reason ?? null, deviation: verdict.unmet.length > 0 ? command.deviation ?? null : null,
      reviewOn: answer === 'waiting' ? command.reviewOn! : null, explainedFormat: answer === 'declined' ? command.explainedFormat! : null,
    });
  }

  /** Takes back the last step; both rows stay. What it scheduled is withdrawn, what it had withdrawn comes back. */
  async annul(actor: Actor, enrolmentId: string, command: AnnulStep): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, enrolmentId);
    if (enrolment.version !== command.version) throw editedMeanwhile({ stage: enrolment.stage }, {}, enrolment.version);
    const rows = await this.enrolments.stepsOf(actor, enrolmentId);
    const last = standing(rows).at(-1);
    const refusal = this.annulmentRefusal(actor, enrolment, last);
    if (refusal || !last) throw refusal ?? nothingToAnnul();
    const { document } = await this.versionOf(enrolment);
    const today = this.clock.today(actor.timeZone);
    const id = newId();
    await this.enrolments.insertStep({
      id, serviceId: enrolment.serviceId, participantId: enrolment.participantId, enrolmentId, seq: rows.length + 1, versionId: enrolment.protocolVersionId, key: null,
      fromStage: enrolment.stage, toStage: last.fromStage, met: [], evidence: [], deviationReason: null, reason: command.reason, effectiveOn: today, takenAt: this.clock.now(),
      takenBy: actor.id, takenAs: actor.role, annuls: last.id, reviewOn: null, explainedFormat: null,
    });
    if (answers(document, last.toStage)) await this.referralFollows(actor, enrolment.id);
    await this.wantAnew(actor, enrolment, last);
    await this.participationFollows(actor, enrolment);
    await this.audit.record(actor, 'step.annulled', { kind: 'step', id, participantId: enrolment.participantId }, { step: last.key, from: last.toStage, to: last.fromStage }, command.reason);
    await this.events.publish(new StepAnnulled(enrolmentId, enrolment.participantId, last.id));
  }

  /** What an annulment would take back, or why there is none for this actor: by the same rule as the refusal. */
  async annulment(actor: Actor, enrolmentId: string): Promise<AnnulmentView> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const last = standing(await this.enrolments.stepsOf(actor, enrolmentId)).at(-1);
    const refusal = this.annulmentRefusal(actor, enrolment, last);
    if (refusal || !last) return { last: null, refusal: refusal && { code: refusal.code, values: refusal.values } };
    const { document } = await this.versionOf(enrolment);
    return { last: { id: last.id, title: stepOf(document, last.key!)!.title, toTitle: titleOf(document, last.toStage), effectiveOn: last.effectiveOn }, refusal: null };
  }

  /** A move to another version stays: what was taken before it is no longer taken back. */
  private annulmentRefusal(actor: Actor, enrolment: Enrolment, last: StepRow | undefined): Problem | null {
    if (!last) return nothingToAnnul();
    if (last.versionId !== enrolment.protocolVersionId) return annulmentAfterMove();
    return mayAnnul(actor.role, last.takenAt.toISOString().slice(0, 10), this.clock.today(actor.timeZone)) ? null : annulmentTooLate(ANNULMENT_DAYS);
  }

  /**
   * Something happened elsewhere: the protocol's step that says `on` it is taken, with the first reason of its list, or none. Where conditions are missing it is not,
   * what happened is kept, and what is missing becomes dated tasks.
   */
  async happened(actor: Actor, enrolmentId: string, happening: string, on: Day): Promise<boolean> {
    const enrolment = await this.enrolments.hold(actor, enrolmentId);
    const { document } = await this.versionOf(enrolment);
    const step = stepsFrom(document, enrolment.stage).find((one) => one.on === happening);
    if (!step) return false;
    const verdict = await this.judge(actor, enrolment, document, { step: step.key, effectiveOn: on, reason: step.reasons?.[0]?.key ?? null });
    if (!verdict.allowed) {
      if (verdict.unmet.length > 0) await this.happenings.keep(actor, enrolment, document, step, on, await this.enrolments.stepsOf(actor, enrolmentId));
      return false;
    }
    await this.move(actor, enrolment, document, verdict, { effectiveOn: on, reason: step.reasons?.[0]?.key ?? null, deviation: null, reviewOn: null, explainedFormat: null });
    return true;
  }

  /**
   * A later module's facts of one kind have changed about these people: tasks whose fact has come are done, and a step of which nothing is missing any more is told;
   * where facts may have gone, those that are unmet are wanted again. Whoever changed them has held these people since before it read about them. Answers where each of these people stands and the keys of what stood open, so that nobody has to ask twice.
   */
  async factsChanged(actor: Actor, kind: Kind, participantIds: readonly string[], mayBeGone: boolean): Promise<{ summaries: Map<string, SummaryView[]>; open: Set<string> }> {
    this.enrolments.mustHold(participantIds);
    const enrolments = await this.enrolments.ofParticipants(actor, participantIds);
    const open = await this.agenda.openKeys(actor, participantIds);
    const documents = await this.protocols.documents(enrolments.map((one) => one.protocolVersionId));
    const summaries = new Map<string, SummaryView[]>();
    for (const enrolment of enrolments) {
      const { document } = documents.get(enrolment.protocolVersionId)!;
      summaries.set(enrolment.participantId, [...(summaries.get(enrolment.participantId) ?? []), summaryView(enrolment, document)]);
      if (mayBeGone || [...open].some((key) => key.startsWith(evidenceKey(enrolment.id, '')))) await this.evidence.follow(actor, enrolment, kind);
      if (enrolment.closedOn) continue;
      await this.tellIfReady(actor, enrolment, document, kind, open.has(readyKey(enrolment.id)), mayBeGone);
      if (listens(document)) await this.happenings.follow(actor, enrolment, document, await this.enrolments.stepsOf(actor, enrolment.id));
      // Nothing is asked about a fact that no open task waits for.
      if (mayBeGone || this.tasks.concerned(document, enrolment, kind, open)) await this.tasks.follow(actor, enrolment, kind, mayBeGone);
    }
    return { summaries, open };
  }

  /** Asks only where a step along the line needs facts of this kind, and only for news: what is told already stays until facts may have gone. */
  private async tellIfReady(actor: Actor, enrolment: Enrolment, document: Protocol, kind: Kind, isTold: boolean, mayBeGone: boolean): Promise<void> {
    if (isTold && !mayBeGone) return;
    if (!announced(document, enrolment.stage).some((step) => step.requires.some((one) => one.kind === kind))) return;
    if (isTold || (await this.readiness.of(actor, enrolment, document))) await this.reader.wantWhereItStands(actor, enrolment.id);
  }

  private async judge(actor: Actor, enrolment: Enrolment, document: Protocol, attempt: { step: string; effectiveOn: Day; reason: string | null; deviation?: string | null }): Promise<Verdict> {
    const requirements: readonly Requirement[] = stepOf(document, attempt.step)?.requires ?? [];
    const today = this.clock.today(actor.timeZone);
    const then = await this.facts.gather(actor, subjectOf(enrolment), requirements, attempt.effectiveOn);
    const unmet = attempt.effectiveOn < today ? requirements.filter(({ key }) => !isMet(then.get(key), attempt.effectiveOn)) : [];
    // Of a step that is dated back, what was met only later says since when.
    const facts = unmet.length > 0 ? laterFacts(then, await this.facts.gather(actor, subjectOf(enrolment), unmet, today), attempt.effectiveOn, today) : then;
    return judge(document, standingOf(enrolment), { ...attempt, role: actor.role, today }, facts);
  }

  private async move(actor: Actor, enrolment: Enrolment, document: Protocol, verdict: Verdict, given: Given): Promise<void> {
    const step = stepOf(document, verdict.step)!;
    const rows = await this.enrolments.stepsOf(actor, enrolment.id);
    const row: Omit<StepRow, 'pausedDays'> = {
      id: newId(), serviceId: enrolment.serviceId, participantId: enrolment.participantId, enrolmentId: enrolment.id, seq: rows.length + 1, versionId: enrolment.protocolVersionId,
      key: step.key, fromStage: enrolment.stage, toStage: step.to, met: verdict.met.map(({ requirement }) => requirement.key),
      evidence: verdict.met.flatMap(({ requirement, fact }) => (fact?.evidence ?? []).map((one) => ({ requirement: requirement.key, ...one }))),
      deviationReason: given.deviation, reason: given.reason, effectiveOn: given.effectiveOn, takenAt: this.clock.now(), takenBy: actor.id, takenAs: actor.role, annuls: null,
      reviewOn: given.reviewOn, explainedFormat: given.explainedFormat,
    };
    await this.enrolments.insertStep(row);
    if (answers(document, step.to)) await this.referralFollows(actor, enrolment.id);
    await this.agenda.done(actor, enrolment.participantId, [stageKey(enrolment.id), readyKey(enrolment.id), pauseKey(enrolment.id)]);
    if (stageOf(document, step.to)?.end) await this.agenda.withdrawOf(actor, endOf(row));
    else await this.reader.wantWhereItStands(actor, enrolment.id);
    // A step ends the pause: what earlier steps opened is due as many days later as the pause lasted.
    if (enrolment.pausedOn) await this.tasks.shift(actor, await this.enrolments.get(actor, enrolment.id));
    // What a way out leaves to do stands as well: another pathway is offered to who was not accepted.
    await this.tasks.open(actor, document, row);
    await this.followHappenings(actor, enrolment.id, document);
    await this.participationFollows(actor, enrolment);
    await this.audit.record(actor, 'step.taken', { kind: 'step', id: row.id, participantId: enrolment.participantId },
      { step: step.key, from: row.fromStage, to: row.toStage, effectiveOn: given.effectiveOn, deviation: given.deviation !== null });
    await this.events.publish(new StepTaken(enrolment.id, enrolment.participantId, row.id));
  }

  /** Reopened only where no other enrolment of the person runs on this pathway of the operation. */
  private async refuseTwoOpen(actor: Actor, enrolment: Enrolment, document: Protocol, key: string): Promise<void> {
    if (!enrolment.closedOn || stageOf(document, stepOf(document, key)!.to)?.end) return;
    const others = await this.enrolments.ofParticipants(actor, [enrolment.participantId]);
    if (others.some((one) => !one.closedOn && one.pathway === enrolment.pathway && one.operationId === enrolment.operationId)) throw alreadyEnrolled();
  }

  /** The referral says what the steps that stand have answered. */
  private async referralFollows(actor: Actor, enrolmentId: string): Promise<void> {
    const stood = standing(await this.enrolments.stepsOf(actor, enrolmentId));
    const documents = await this.protocols.documents(stood.map((row) => row.versionId));
    const referral = await this.enrolments.referralOf(actor, enrolmentId);
    await this.enrolments.updateReferral(referral, answerOf(stood.map((row) => [row, documents.get(row.versionId)!.document])));
  }

  private async wantAnew(actor: Actor, before: Enrolment, annulled: StepRow): Promise<void> {
    const enrolment = await this.enrolments.get(actor, before.id);
    const document = await this.reader.protocolOf(enrolment);
    await this.tasks.withdraw(actor, enrolment, document, annulled);
    await this.evidence.withdraw(actor, enrolment, annulled);
    await this.agenda.done(actor, enrolment.participantId, [stageKey(enrolment.id), readyKey(enrolment.id), pauseKey(enrolment.id)], 'withdrawn');
    if (before.closedOn) {
      await this.agenda.restoreOf(actor, endOf(annulled));
      await this.tasks.bringBack(actor, enrolment);
      await this.evidence.bringBack(actor, enrolment, annulled.takenAt);
    }
    if (before.closedOn || before.pausedOn) await this.tasks.shift(actor, enrolment);
    await this.reader.wantWhereItStands(actor, enrolment.id);
    await this.followHappenings(actor, enrolment.id, document);
  }

  private async followHappenings(actor: Actor, id: string, document: Protocol): Promise<void> {
    if (listens(document)) await this.happenings.follow(actor, await this.enrolments.get(actor, id), document, await this.enrolments.stepsOf(actor, id));
  }

  /** First entry and last exit of the person in the operation, from its enrolments. */
  private async participationFollows(actor: Actor, before: Enrolment): Promise<void> {
    const span = await this.enrolments.spanOf(actor, before.participantId, before.operationId);
    const there = await this.enrolments.openParticipation(actor, before.participantId, before.operationId);
    if (!span.entered) return;
    const leftOn = span.open ? null : span.left;
    if (there) {
      if (there.enteredOn !== span.entered || there.leftOn !== leftOn) await this.enrolments.updateParticipation(there, { enteredOn: span.entered, leftOn });
    } else {
      await this.enrolments.insertParticipation({ id: newId(), serviceId: before.serviceId, operationId: before.operationId, participantId: before.participantId, enteredOn: span.entered, leftOn, version: 1 });
    }
  }

  private limitsOf(actor: Actor, { stage, stageSince: since, referredOn }: Enrolment, document: Protocol): DayLimits {
    return { since, isReferral: stage === document.stages[0]!.key && since === referredOn, earliest: addDays(this.clock.today(actor.timeZone), -BACK_DATING_DAYS) };
  }

  private sayer(actor: Actor): Say {
    return (key) => this.words.say(actor.language, key);
  }

  private async versionOf(enrolment: Enrolment): Promise<{ document: Protocol; number: number; id: string }> {
    const found = (await this.protocols.documents([enrolment.protocolVersionId])).get(enrolment.protocolVersionId)!;
    return { document: found.document, number: found.number, id: found.id };
  }
}

/** What a step that ends an enrolment withdraws comes back with it. */
function endOf({ id, participantId, enrolmentId }: Pick<StepRow, 'id' | 'participantId' | 'enrolmentId'>): { participantId: string; enrolmentId: string; cause: string } {
  return { participantId, enrolmentId, cause: id };
}
