import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { PLAN_KINDS, type PlanKind } from './plan.choices';
import { agreedOn, type NaturalSupport, type WholePlan } from './plan.entities';
import { PlansRepository } from './plans.repository';
import { SupportsService } from './supports.service';

/** What a protocol may ask of a plan. */
export interface AskedOfPlan {
  kind: PlanKind;
  goals: number;
  inOwnWords: boolean;
  datedActions: number;
  agreed: boolean;
  validatedBy: 'coach' | 'manager' | null;
  /** Opened, or agreed, since the enrolment came to its stage. */
  sinceStage: boolean;
}

/** What protocols may ask of plans and of natural supports. */
@Injectable()
export class PlanFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly plans: PlansRepository,
    private readonly supports: SupportsService,
  ) {}

  onModuleInit(): void {
    this.facts.register('plan', async (actor, subject, { params = {} }, on) => planFact(await this.plans.ofEnrolment(actor, subject.enrolmentId), askedOf(params), subject, on), planCanBeMet);
    this.facts.register('supports', (actor, subject, requirement, on) => this.supportsFact(actor, subject, requirement, on), supportsCanBeMet);
  }

  private async supportsFact(actor: Actor, { participantId, enrolmentId }: FactSubject, { params = {} }: Requirement, on: Day): Promise<Fact> {
    return supportsFact(await this.supports.standing(actor, participantId, enrolmentId, on), params.noneNeededCounts === true, { participantId, enrolmentId });
  }
}

const whole = (most: number) => (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
/** What may be asked of a plan; each with what it may be. A yes of somebody else than the person, or a plan of a group, would never come. */
const PLAN_PARAMS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['kind', (value) => (PLAN_KINDS as readonly unknown[]).includes(value)], ['opened', (value) => value === true], ['goals', whole(20)], ['inOwnWords', (value) => typeof value === 'boolean'],
  ['datedActions', whole(50)], ['agreedBy', (value) => value === 'participant'], ['validatedBy', (value) => value === 'coach' || value === 'manager'], ['since', (value) => value === 'stage'],
]);

/** A protocol that asks for something else asks for what nobody can meet. */
export function planCanBeMet(params: Record<string, unknown>): boolean {
  return 'kind' in params && Object.entries(params).every(([name, value]) => PLAN_PARAMS.get(name)?.(value) ?? false);
}

export function supportsCanBeMet({ named = true, noneNeededCounts = false, ...others }: Record<string, unknown>): boolean {
  return Object.keys(others).length === 0 && named === true && typeof noneNeededCounts === 'boolean';
}

export function askedOf(params: Record<string, unknown>): AskedOfPlan {
  return {
    kind: params.kind as PlanKind, goals: Number(params.goals ?? (params.inOwnWords === true ? 1 : 0)), inOwnWords: params.inOwnWords === true, datedActions: Number(params.datedActions ?? 0),
    agreed: params.agreedBy !== undefined || params.validatedBy !== undefined, validatedBy: (params.validatedBy as AskedOfPlan['validatedBy'] | undefined) ?? null, sinceStage: params.since === 'stage',
  };
}

interface Part {
  code: string;
  on: Day | null;
}

/** Part by part: opened, goals, actions, the person's yes, the validation; met on the day of the last. Of several plans the one that lacks the least counts. */
export function planFact(plans: readonly WholePlan[], asked: AskedOfPlan, { participantId, enrolmentId, stageSince }: Pick<FactSubject, 'participantId' | 'enrolmentId' | 'stageSince'>, on: Day): Fact {
  const open = plans.filter(({ plan }) => plan.kind === asked.kind && plan.openedOn <= on && (plan.closedOn === null || plan.closedOn > on));
  const judged = open.map((one) => ({ one, parts: partsOf(one, asked, stageSince, on) }));
  const best = judged.sort((a, b) => lacking(a.parts) - lacking(b.parts))[0];
  const parts = best?.parts ?? partsOf(null, asked, stageSince, on);
  const missing = parts.filter((part) => part.on === null);
  const form = `/participants/${participantId}/plans/new?enrolment=${enrolmentId}&kind=${asked.kind}`;
  return {
    have: parts.length - missing.length, need: parts.length, metOn: missing.length ? null : parts.map((part) => part.on!).sort().at(-1)!,
    evidence: best ? [{ kind: 'plan', id: best.one.plan.id, level: asked.agreed && missing.length === 0 ? 'worker' as const : 'coach' as const }] : [],
    where: best ? `/participants/${participantId}/plans/${best.one.plan.id}` : form,
    missing: missing.map(({ code }) => ({ code, words: `plans.missing.${code}` })),
  };
}

const lacking = (parts: readonly Part[]): number => parts.filter((part) => part.on === null).length;

function partsOf(one: WholePlan | null, asked: AskedOfPlan, stageSince: Day, on: Day): Part[] {
  const agreement = one ? agreedOn(one.agreements, on) : null;
  const fresh = !asked.sinceStage || (one !== null && (one.plan.openedOn >= stageSince || (agreement !== null && agreement.agreedOn >= stageSince)));
  const goals = (one?.goals ?? []).filter((goal) => goal.addedOn <= on && (goal.droppedOn === null || goal.droppedOn > on) && (!asked.inOwnWords || goal.ownWords)).map((goal) => goal.addedOn).sort();
  const actions = (one?.actions ?? []).filter((action) => action.addedOn <= on && (action.droppedOn === null || action.droppedOn > on)).map((action) => action.addedOn).sort();
  const validatedOn = agreement?.validatedOn && agreement.validatedOn <= on && (asked.validatedBy === 'coach' || agreement.validatedAs === 'manager') ? agreement.validatedOn : null;
  return [
    { code: 'opened', on: one && fresh ? one.plan.openedOn : null },
    ...(asked.goals ? [{ code: asked.inOwnWords ? 'own-goals' : 'goals', on: goals[asked.goals - 1] ?? null }] : []),
    ...(asked.datedActions ? [{ code: 'actions', on: actions[asked.datedActions - 1] ?? null }] : []),
    ...(asked.agreed ? [{ code: 'agreed', on: agreement?.agreedOn ?? null }] : []),
    ...(asked.validatedBy ? [{ code: asked.validatedBy === 'manager' ? 'validated-by-manager' : 'validated', on: validatedOn }] : []),
  ];
}

/** Met since the first of those that hold was named; "none needed" counts where the protocol says so. */
export function supportsFact(standing: readonly Pick<NaturalSupport, 'id' | 'noneNeeded' | 'fromOn'>[], noneNeededCounts: boolean, { participantId, enrolmentId }: { participantId: string; enrolmentId: string }): Fact {
  const counting = standing.filter((one) => !one.noneNeeded || noneNeededCounts);
  const metOn = counting.map((one) => one.fromOn).sort()[0] ?? null;
  return {
    have: metOn ? 1 : 0, need: 1, metOn, evidence: counting.map(({ id }) => ({ kind: 'natural-support', id, level: 'coach' as const })), where: `/participants/${participantId}/supports/new?enrolment=${enrolmentId}`,
    missing: metOn ? [] : [{ code: noneNeededCounts ? 'supports' : 'supports-named', words: `plans.missing.${noneNeededCounts ? 'supports' : 'supports-named'}` }],
  };
}
