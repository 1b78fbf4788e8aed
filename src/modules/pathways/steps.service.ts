import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { newId } from '../../platform/id';
import { editedMeanwhile } from '../../platform/problem';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { AuditService } from '../audit';
import { answerOf, answers } from './answers';
import { checkReview, factTaskKeys, pauseKey, readyKey, stageKey, standing, standingWants, taskKey, taskWants } from './deadlines';
import { ANNULMENT_DAYS, isMet, judge, mayAnnul, stepsFrom, type Verdict } from './engine';
import { EnrolmentsRepository } from './enrolments.repository';
import { EnrolmentsService } from './enrolments.service';
import type { Enrolment, StepRow } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { Happenings, listens } from './happenings';
import { StepAnnulled, StepTaken } from './pathways.events';
import type { AnnulStep, SummaryView, TakeStep, VerdictView } from './pathways.dto';
import { alreadyEnrolled, annulmentAfterMove, annulmentTooLate, formatNeeded, nothingToAnnul, stepRefused } from './pathways.problems';
import { stageOf, stepOf, type Kind, type Protocol, type Requirement } from './protocol';
import { ProtocolsService } from './protocols.service';
import { announced, Readiness } from './readiness';
import { standingOf, summaryView, verdictView } from './views';

/** What a step is given beside its verdict. */
type Given = Pick<StepRow, 'effectiveOn' | 'reason' | 'reviewOn' | 'explainedFormat'> & { deviation: string | null };

/** What moves an enrolment: steps judged by the engine, annulled, or following from what happened elsewhere. */
@Injectable()
export class StepsService implements OnModuleInit {
  constructor(
    private readonly enrolments: EnrolmentsRepository,
    private readonly reader: EnrolmentsService,
    private readonly protocols: ProtocolsService,
    private readonly facts: FactsRegistry,
    private readonly readiness: Readiness,
    private readonly happenings: Happenings,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.check.registerSource('pathways', (actor) => this.allWants(actor));
  }

  /** Every step that leads on from where the enrolment stands, with its verdict for this actor today. */
  async possible(actor: Actor, enrolmentId: string): Promise<VerdictView[]> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const { document, number, id } = await this.versionOf(enrolment);
    const today = this.clock.today(actor.timeZone);
    const views: VerdictView[] = [];
    for (const step of stepsFrom(document, enrolment.stage)) {
      const verdict = await this.judge(actor, enrolment, document, { step: step.key, effectiveOn: today, reason: step.reasons?.[0]?.key ?? null });
      if (verdict.refusal !== 'not-this-role') views.push(verdictView(verdict, document, number, id));
    }
    return views;
  }

  /** @throws Problem 404 when the protocol has no such step from here */
  async verdict(actor: Actor, enrolmentId: string, step: string, effectiveOn?: Day): Promise<VerdictView> {
    const enrolment = await this.enrolments.get(actor, enrolmentId);
    const { document, number, id } = await this.versionOf(enrolment);
    const rule = stepOf(document, step);
    const verdict = await this.judge(actor, enrolment, document, { step, effectiveOn: effectiveOn ?? this.clock.today(actor.timeZone), reason: rule?.reasons?.[0]?.key ?? null });
    if (!rule) throw stepRefused(verdict);
    return verdictView(verdict, document, number, id);
  }

  /** Takes a step, or refuses it with every unmet requirement. Two at once: the second finds the enrolment elsewhere. */
  async take(actor: Actor, enrolmentId: string, command: TakeStep): Promise<void> {
    const enrolment = await this.enrolments.hold(actor, enrolmentId);
    if (enrolment.version !== command.version) throw editedMeanwhile({ stage: enrolment.stage }, { stage: command.step }, enrolment.version);
    const { document } = await this.versionOf(enrolment);
    const effectiveOn = command.effectiveOn ?? this.clock.today(actor.timeZone);
    const verdict = await this.judge(actor, enrolment, document, { step: command.step, effectiveOn, reason: command.reason ?? null, deviation: command.deviation ?? null });
    if (!verdict.allowed) throw stepRefused(verdict);
    await this.refuseTwoOpen(actor, enrolment, document, command.step);
    const answer = answers(document, stepOf(document, command.step)!.to);
    if (answer === 'waiting') checkReview(command.reviewOn, effectiveOn);
    if (answer === 'declined' && !command.explainedFormat) throw formatNeeded();
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
    if (!last) throw nothingToAnnul();
    if (last.versionId !== enrolment.protocolVersionId) throw annulmentAfterMove();
    const { document } = await this.versionOf(enrolment);
    const today = this.clock.today(actor.timeZone);
    if (!mayAnnul(actor.role, last.takenAt.toISOString().slice(0, 10), today)) throw annulmentTooLate(ANNULMENT_DAYS);
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
   * where facts may have gone, those that are unmet are wanted again. Answers where each of these people stands, so that nobody has to ask twice.
   */
  async factsChanged(actor: Actor, kind: Kind, participantIds: readonly string[], mayBeGone: boolean): Promise<Map<string, SummaryView[]>> {
    const enrolments = await this.enrolments.ofParticipants(actor, participantIds);
    const open = await this.agenda.openKeys(actor, participantIds);
    const documents = await this.protocols.documents(enrolments.map((one) => one.protocolVersionId));
    const summaries = new Map<string, SummaryView[]>();
    for (const enrolment of enrolments) {
      const { document } = documents.get(enrolment.protocolVersionId)!;
      summaries.set(enrolment.participantId, [...(summaries.get(enrolment.participantId) ?? []), summaryView(enrolment, document)]);
      if (enrolment.closedOn) continue;
      await this.tellIfReady(actor, enrolment, document, kind, open.has(readyKey(enrolment.id)), mayBeGone);
      if (listens(document)) await this.happenings.follow(actor, enrolment, document, await this.enrolments.stepsOf(actor, enrolment.id));
      // Nothing is asked about a fact that no open task waits for.
      if (!(mayBeGone || factTasks(document, kind).some(({ key }) => open.has(taskKey(enrolment.id, key))))) continue;
      const met = await this.tasksMet(actor, enrolment, document, kind);
      if (met.size > 0) await this.agenda.done(actor, enrolment.participantId, [...met].map((key) => taskKey(enrolment.id, key)));
      if (mayBeGone) await this.wantUnmet(actor, enrolment, document, kind, met);
    }
    return summaries;
  }

  /** Asks only where a step along the line needs facts of this kind, and only for news: what is told already stays until facts may have gone. */
  private async tellIfReady(actor: Actor, enrolment: Enrolment, document: Protocol, kind: Kind, isTold: boolean, mayBeGone: boolean): Promise<void> {
    if (isTold && !mayBeGone) return;
    if (!announced(document, enrolment.stage).some((step) => step.requires.some((one) => one.kind === kind))) return;
    if (isTold || (await this.readiness.of(actor, enrolment, document))) await this.reader.wantWhereItStands(actor, enrolment.id);
  }

  private async wantUnmet(actor: Actor, enrolment: Enrolment, document: Protocol, kind: Kind, met: ReadonlySet<string>): Promise<void> {
    const known = new Set(factTasks(document, kind).map((one) => one.key));
    for (const step of standing(await this.enrolments.stepsOf(actor, enrolment.id))) {
      for (const { task, want } of taskWants(enrolment, document, step)) if (known.has(task.key) && !met.has(task.key)) await this.agenda.want(actor, want);
    }
  }

  /** The tasks that a fact closes, and has closed; of one kind of fact where one is named. */
  private async tasksMet(actor: Actor, enrolment: Enrolment, document: Protocol, kind: Kind | null = null): Promise<Set<string>> {
    const today = this.clock.today(actor.timeZone);
    const facts = await this.facts.gather(actor, subjectOf(enrolment), factTasks(document, kind), today);
    return new Set([...facts].filter(([, fact]) => isMet(fact, today)).map(([key]) => key));
  }

  private async judge(actor: Actor, enrolment: Enrolment, document: Protocol, attempt: { step: string; effectiveOn: Day; reason: string | null; deviation?: string | null }): Promise<Verdict> {
    const requirements: readonly Requirement[] = stepOf(document, attempt.step)?.requires ?? [];
    const facts = await this.facts.gather(actor, subjectOf(enrolment), requirements, attempt.effectiveOn);
    return judge(document, standingOf(enrolment), { ...attempt, role: actor.role, today: this.clock.today(actor.timeZone) }, facts);
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
    if (stageOf(document, step.to)?.end) await this.agenda.withdrawOf(actor, enrolment.id);
    else await this.reader.wantWhereItStands(actor, enrolment.id);
    // What a way out leaves to do stands as well: another pathway is offered to who was not accepted.
    const opened = taskWants(enrolment, document, row);
    const met = opened.length > 0 ? await this.tasksMet(actor, await this.enrolments.get(actor, enrolment.id), document) : new Set<string>();
    for (const { task, want } of opened) if (!met.has(task.key)) await this.agenda.want(actor, want);
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
    for (const { want } of taskWants(enrolment, document, annulled)) await this.agenda.done(actor, enrolment.participantId, want.key, 'withdrawn');
    await this.agenda.done(actor, enrolment.participantId, [stageKey(enrolment.id), readyKey(enrolment.id), pauseKey(enrolment.id)], 'withdrawn');
    if (before.closedOn) await this.bringBack(actor, enrolment, document);
    await this.reader.wantWhereItStands(actor, enrolment.id);
    await this.followHappenings(actor, enrolment.id, document);
  }

  /** What the end had withdrawn, but for what was withdrawn before on the same day, and for what was done meanwhile. */
  private async bringBack(actor: Actor, enrolment: Enrolment, document: Protocol): Promise<void> {
    await this.agenda.restoreOf(actor, enrolment.id);
    const met = await this.tasksMet(actor, enrolment, document);
    const opened = standing(await this.enrolments.stepsOf(actor, enrolment.id)).flatMap((step) => taskWants(enrolment, document, step));
    const wanted = new Set(opened.filter(({ task }) => !met.has(task.key)).map(({ want }) => want.key));
    const gone = [...await this.agenda.openKeys(actor, [enrolment.participantId])].filter((key) => key.startsWith(taskKey(enrolment.id, '')) && !wanted.has(key));
    if (gone.length > 0) await this.agenda.done(actor, enrolment.participantId, gone, 'withdrawn');
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

  private async allWants(system: Actor): Promise<Want[]> {
    const wants: Want[] = [];
    const { enrolments, referrals, steps } = await this.enrolments.everything(system);
    const documents = await this.protocols.documents(enrolments.map((one) => one.protocolVersionId));
    const happenings = await this.happenings.everything(system);
    for (const enrolment of enrolments) {
      const { document } = documents.get(enrolment.protocolVersionId)!;
      const stood = standing(steps.get(enrolment.id) ?? []);
      wants.push(...standingWants(enrolment, document, referrals.get(enrolment.id)!, await this.readiness.of(system, enrolment, document)));
      wants.push(...(await this.happenings.missing(system, enrolment, document, happenings.get(enrolment.id) ?? [], steps.get(enrolment.id) ?? [])).missing);
      // A way out withdraws what earlier steps opened; what it opens itself stands.
      const met = await this.tasksMet(system, enrolment, document);
      for (const step of enrolment.closedOn ? stood.slice(-1) : stood) wants.push(...taskWants(enrolment, document, step).filter(({ task }) => !met.has(task.key)).map(({ want }) => want));
    }
    return wants;
  }

  private async versionOf(enrolment: Enrolment): Promise<{ document: Protocol; number: number; id: string }> {
    const found = (await this.protocols.documents([enrolment.protocolVersionId])).get(enrolment.protocolVersionId)!;
    return { document: found.document, number: found.number, id: found.id };
  }
}

/** The requirements that are tasks as well, each once. */
function factTasks(document: Protocol, kind: Kind | null): Requirement[] {
  const known = factTaskKeys(document);
  const requirements = document.steps.flatMap((step) => step.requires).filter((one) => known.has(one.key) && (kind === null || one.kind === kind));
  return [...new Map(requirements.map((one) => [one.key, one])).values()];
}
