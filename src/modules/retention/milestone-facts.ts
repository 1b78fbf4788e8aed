import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { MONTHS } from './calendar';
import type { Milestone, MilestoneAttempt } from './retention.entities';
import { SIDES, type Side } from './retention.lists';
import { RetentionRepository } from './retention.repository';
import { counted, StandingReader, type Known } from './standing.reader';

/** What a protocol may ask of a milestone. */
export interface AskedOfMilestone {
  month: number;
  sides: Side[];
  notPermittedCounts: boolean;
  /** Attempts after which "unknown" counts; null: never. */
  unknownAfter: number | null;
}

const PARAMS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['month', (value) => (MONTHS as readonly unknown[]).includes(value)],
  ['sides', (value) => Array.isArray(value) && value.length > 0 && value.every((one) => (SIDES as readonly unknown[]).includes(one))],
  ['notPermittedCounts', (value) => typeof value === 'boolean'],
  ['unknownAfterAttempts', (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 10],
]);
/** A month that is never asked, or a side that nobody is, would never be answered. */
export function milestoneCanBeMet(params: Record<string, unknown>): boolean {
  return 'month' in params && 'sides' in params && Object.entries(params).every(([name, value]) => PARAMS.get(name)?.(value) ?? false);
}

/** What protocols may ask of milestones: who has answered about a person's situation on them. */
@Injectable()
export class MilestoneFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly reader: StandingReader,
    private readonly kept: RetentionRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('milestone', (actor, subject, requirement, on) => this.gather(actor, subject, requirement, on), milestoneCanBeMet);
  }

  private async gather(actor: Actor, { participantId }: FactSubject, { params = {} }: Requirement, on: Day): Promise<Fact> {
    const asked: AskedOfMilestone = {
      month: params.month as number, sides: params.sides as Side[], notPermittedCounts: params.notPermittedCounts === true, unknownAfter: typeof params.unknownAfterAttempts === 'number' ? params.unknownAfterAttempts : null,
    };
    return milestoneFact(await this.reader.of(actor, participantId), await this.kept.attempts(actor, participantId), asked, participantId, on);
  }
}

/** Of the jobs that the person holds on a day, the milestone that is answered best. */
export function milestoneFact(known: Known, attempts: readonly MilestoneAttempt[], asked: AskedOfMilestone, participantId: string, on: Day): Fact {
  const held = new Set(known.jobs.filter((job) => job.state !== 'annulled' && job.firstDayOn !== null && job.firstDayOn <= on && (!job.end || job.end.lastDayOn >= on)).map((job) => job.id));
  const asks = known.milestones.filter((one) => !one.cancelledAt && one.month === asked.month && one.placementId !== null && held.has(one.placementId));
  const need = asked.sides.length;
  const judged = asks.map((one) => ({ one, met: asked.sides.map((side) => metOn(known, attempts, asked, one, side, on)) })).sort((a, b) => met(b.met) - met(a.met) || a.one.dueOn.localeCompare(b.one.dueOn));
  const best = judged[0];
  const where = best ? `/participants/${participantId}/milestones/${best.one.id}` : `/participants/${participantId}/job`;
  if (!best || met(best.met) < need) {
    const words = !best ? 'retention.missing.noJob' : best.one.dueOn > on ? 'retention.missing.notYet' : 'retention.missing.notAnswered';
    return { have: best ? met(best.met) : 0, need, metOn: null, evidence: [], where, missing: [{ code: 'milestone-unanswered', words }] };
  }
  const day = best.met.map((one) => one!.on).sort().at(-1)!;
  return { have: need, need, metOn: day, evidence: [{ kind: 'milestone', id: best.one.id, level: best.met[0]!.level }], where, missing: [] };
}

type Met = { on: Day; level: 'coach' | 'worker' | 'employer' | 'document' } | null;
const met = (sides: readonly Met[]): number => sides.filter((one) => one !== null).length;

function metOn(known: Known, attempts: readonly MilestoneAttempt[], asked: AskedOfMilestone, one: Milestone, side: Side, on: Day): Met {
  if (one.dueOn > on) return null;
  const answer = counted(known.answers, one, side, on);
  if (answer && answer.status !== 'unknown') return { on: answer.answeredOn, level: answer.level };
  // Not judged by today: a condition that days alone would meet, nobody would hear of.
  if (side === 'employer' && asked.notPermittedCounts && !known.askable.get(one.id)) return { on: one.dueOn, level: 'coach' };
  const tried = attempts.filter((attempt) => attempt.milestoneId === one.id && attempt.side === side && attempt.triedOn <= on).length;
  return answer && asked.unknownAfter !== null && tried >= asked.unknownAfter ? { on: answer.answeredOn, level: 'coach' } : null;
}
