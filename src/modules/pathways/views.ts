import { daysBetween, type Day } from '../../platform/days';
import { dueOn, stepsFrom, track, type Condition, type Fact, type Standing, type Verdict } from './engine';
import type { Enrolment, EnrolmentAct, ProtocolVersion, Referral, StepRow } from './entities';
import type { ConditionView, EnrolmentView, HistoryView, MissingView, MoveView, ReferralView, SummaryView, TrackView, VerdictView } from './pathways.dto';
import { stageOf, stepOf, waits, type Protocol, type Said, type Step } from './protocol';

/** Caseload weights by stage; what a protocol adds weighs one. */
const WEIGHTS: ReadonlyMap<string, number> = new Map([['referred', 0], ['applied', 0], ['waiting', 0], ['profiling', 1], ['searching', 1.5], ['hired', 2], ['sustaining', 1], ['standby', 0.2]]);

const untitled = (key: string): Said => ({ fr: key, es: key, en: key });
export const titleOf = (protocol: Protocol, stage: string): Said => stageOf(protocol, stage)?.title ?? untitled(stage);

export function standingOf(enrolment: Enrolment): Standing {
  return { stage: enrolment.stage, since: enrolment.stageSince, closed: enrolment.closedOn !== null, pausedOn: enrolment.pausedOn, pausedDays: enrolment.pausedDays };
}

/** Days after which a referral that is written down comes out of another record, of years ago: nobody could answer it here in time. */
const OF_ANOTHER_RECORD = 90;

/** The end of the time on the stage. The answer to a referral out of another record is due from the day on which it was written down here; every delay still counts from the referral. */
export function timeEnds(enrolment: Enrolment, protocol: Protocol): Day | null {
  const at = standingOf(enrolment);
  const writtenOn = enrolment.createdAt.toISOString().slice(0, 10);
  const isOld = enrolment.stage === protocol.stages[0]!.key && daysBetween(enrolment.referredOn, writtenOn) > OF_ANOTHER_RECORD;
  return dueOn(protocol, isOld && writtenOn > at.since ? { ...at, since: writtenOn } : at);
}

/** Closed weighs nothing. */
export function weightOf(enrolment: Enrolment): number {
  return enrolment.closedOn ? 0 : weightAt(enrolment.stage);
}

export function weightAt(stage: string): number {
  return WEIGHTS.get(stage) ?? 1;
}

const pausedOf = (enrolment: Enrolment): { on: Day; until: Day; reason: string } | null =>
  enrolment.pausedOn && enrolment.pauseUntil ? { on: enrolment.pausedOn, until: enrolment.pauseUntil, reason: enrolment.pauseReason ?? '' } : null;

export function enrolmentView(enrolment: Enrolment, protocol: Protocol): EnrolmentView {
  return {
    id: enrolment.id, participantId: enrolment.participantId, pathway: enrolment.pathway, operationId: enrolment.operationId, protocolVersionId: enrolment.protocolVersionId,
    protocolNumber: protocol.version, stage: enrolment.stage, stageTitle: titleOf(protocol, enrolment.stage), stagePurpose: stageOf(protocol, enrolment.stage)?.purpose ?? untitled(''), stageSince: enrolment.stageSince, dueOn: timeEnds(enrolment, protocol),
    referredOn: enrolment.referredOn, admittedOn: enrolment.admittedOn, closedOn: enrolment.closedOn, closeReason: enrolment.closeReason, paused: pausedOf(enrolment),
    weight: weightOf(enrolment), version: enrolment.version,
  };
}

/** @param steps those of this enrolment that stand: not annulled, in order */
export function trackView(enrolment: Enrolment, protocol: Protocol, steps: readonly StepRow[], today: Day): TrackView {
  const standing = standingOf(enrolment);
  const visited = new Map<string, Day>([[protocol.stages[0]!.key, enrolment.referredOn]]);
  for (const step of steps) visited.set(step.toStage, step.effectiveOn);
  const stones = track(protocol, standing, visited).map((stone) => ({ ...stone, title: titleOf(protocol, stone.key) }));
  const due = timeEnds(enrolment, protocol);
  return {
    enrolmentId: enrolment.id, pathway: enrolment.pathway, title: protocol.title, position: stones.findIndex((stone) => stone.key === enrolment.stage) + 1, of: stones.length,
    now: { key: enrolment.stage, title: titleOf(protocol, enrolment.stage), since: enrolment.stageSince, dueOn: due, late: due !== null && due < today, days: daysBetween(enrolment.stageSince, today) },
    stones, paused: pausedOf(enrolment), closed: enrolment.closedOn ? { on: enrolment.closedOn, reason: enrolment.closeReason } : null,
  };
}

export function summaryView(enrolment: Enrolment, protocol: Protocol): SummaryView {
  const line = protocol.stages.filter((stage) => !stage.aside && stage.end !== 'exit');
  return {
    enrolmentId: enrolment.id, pathway: enrolment.pathway, stage: enrolment.stage, stageTitle: titleOf(protocol, enrolment.stage),
    position: line.findIndex((stage) => stage.key === enrolment.stage) + 1, of: line.length, since: enrolment.stageSince, dueOn: timeEnds(enrolment, protocol),
    pausedUntil: enrolment.pauseUntil, closed: enrolment.closedOn !== null, weight: weightOf(enrolment),
  };
}

/** The words of a key, in the language of who reads. */
export type Say = (key: string) => string;

export function missingView(fact: Fact | null, say: Say): MissingView[] {
  return (fact?.missing ?? []).map(({ code, words, where = null }) => ({ code, text: say(words), where }));
}

function conditionView({ requirement, fact }: Condition, say: Say): ConditionView {
  return {
    key: requirement.key, kind: requirement.kind, title: requirement.title, have: fact?.have ?? 0, need: fact?.need ?? 1, metOn: fact?.metOn ?? null,
    evidence: fact?.evidence ?? [], where: fact?.where ?? null, missing: missingView(fact, say),
  };
}

/** What the form asks beside the day and the reason. */
function asksOf(protocol: Protocol, step: Step): VerdictView['asks'] {
  const target = stageOf(protocol, step.to);
  return { reviewOn: waits(target), explainedFormat: target?.declines ?? false };
}

export function verdictView(verdict: Verdict, protocol: Protocol, number: number, versionId: string, say: Say): VerdictView {
  const step = stepOf(protocol, verdict.step)!;
  return {
    step: step.key, title: step.title, to: step.to, toTitle: titleOf(protocol, step.to), toEnd: stageOf(protocol, step.to)?.end ?? null, allowed: verdict.allowed,
    refusal: verdict.refusal, mayDeviate: verdict.mayDeviate, reasons: step.reasons ?? [], met: verdict.met.map((one) => conditionView(one, say)), unmet: verdict.unmet.map((one) => conditionView(one, say)),
    opens: (step.opens ?? []).map(({ key, title, within }) => ({ key, title, within })), asks: asksOf(protocol, step), rule: { title: protocol.title, number, versionId },
  };
}

/** What would change for an enrolment that goes over to another version: its due date, and the steps that lead on from its stage. */
export function moveView(enrolment: Enrolment, before: Protocol, version: ProtocolVersion): MoveView {
  const after = version.document;
  const possible = stageOf(after, enrolment.stage) !== undefined;
  const [now, then] = [stepsFrom(before, enrolment.stage), stepsFrom(after, enrolment.stage)];
  const conditions = (steps: Step[]): Map<string, Said> => new Map(steps.flatMap((step) => step.requires.map((one) => [`${step.key} ${one.key}`, one.title] as const)));
  const [had, has] = [conditions(now), conditions(then)];
  return {
    versionId: version.id, number: version.number, title: after.title, summary: after.summary, possible,
    dueNow: timeEnds(enrolment, before), dueThen: possible ? timeEnds(enrolment, after) : null,
    newSteps: then.filter((one) => !now.some((known) => known.key === one.key)).map((one) => one.title),
    goneSteps: now.filter((one) => !then.some((known) => known.key === one.key)).map((one) => one.title),
    newConditions: [...has].filter(([key]) => !had.has(key) && now.some((step) => key.startsWith(`${step.key} `))).map(([, title]) => title),
  };
}

export function referralView(referral: Referral): ReferralView {
  const { id: _id, serviceId: _service, participantId: _participant, enrolmentId: _enrolment, ...shown } = referral;
  return shown;
}

export function historyView(row: StepRow, enrolment: Enrolment, protocol: Protocol, names: ReadonlyMap<string, string>, annulled: ReadonlySet<string>): HistoryView {
  const step = row.key ? stepOf(protocol, row.key) : undefined;
  return {
    id: row.id, enrolmentId: row.enrolmentId, pathway: enrolment.pathway, act: row.annuls ? 'annulment' : 'step', step: row.key, title: step?.title ?? null, from: row.fromStage, fromTitle: titleOf(protocol, row.fromStage),
    to: row.toStage, toTitle: titleOf(protocol, row.toStage), effectiveOn: row.effectiveOn, takenAt: row.takenAt.toISOString(), takenBy: row.takenBy,
    takenByName: (row.takenBy && names.get(row.takenBy)) ?? null, takenAs: row.takenAs, reason: row.reason,
    reasonTitle: step?.reasons?.find((one) => one.key === row.reason)?.title ?? null, deviation: row.deviationReason, met: row.met.length, of: step?.requires.length ?? 0,
    evidence: row.evidence, annuls: row.annuls, annulled: annulled.has(row.id), until: null, days: null, moved: null,
  };
}

/** @param rested the step whose evidence it tells of */
export function actView(act: EnrolmentAct, enrolment: Enrolment, rested: HistoryView | null, documents: ReadonlyMap<string, ProtocolVersion>, names: ReadonlyMap<string, string>): HistoryView {
  const number = (id: string | null): number => (id && documents.get(id)?.number) || 0;
  return {
    id: act.id, enrolmentId: act.enrolmentId, pathway: enrolment.pathway, act: act.kind, step: rested?.step ?? null, title: rested?.title ?? null, from: null, fromTitle: null, to: null, toTitle: null,
    effectiveOn: act.happenedOn, takenAt: act.recordedAt.toISOString(), takenBy: act.recordedBy, takenByName: (act.recordedBy && names.get(act.recordedBy)) ?? null, takenAs: act.recordedAs,
    reason: act.reason, reasonTitle: null, deviation: null, met: 0, of: 0, evidence: [], annuls: null, annulled: false, until: act.untilOn, days: act.days,
    moved: act.kind === 'moved' ? { from: number(act.fromVersionId), to: number(act.toVersionId) } : null,
  };
}

/** The latest day first; of one day, what was recorded last. */
export function laterFirst(a: HistoryView, b: HistoryView): number {
  const [one, other] = [a, b].map(({ effectiveOn, takenAt, id }) => `${effectiveOn} ${takenAt} ${id}`) as [string, string];
  return one < other ? 1 : -1;
}
