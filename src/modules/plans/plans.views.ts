import type { Day } from '../../platform/days';
import type { ActionState, GoalState, PlanKind, Relation, Who } from './plan.choices';
import { actionState, goalState, standingAgreement, type NaturalSupport, type PlanAction, type PlanAgreement, type PlanGoal, type WholePlan } from './plan.entities';

export interface GoalView {
  id: string;
  words: string;
  ownWords: boolean;
  addedOn: Day;
  state: GoalState;
  /** Since when it is reached or dropped. */
  stateOn: Day | null;
  version: number;
}

export interface ActionView {
  id: string;
  what: string;
  who: Who;
  addedOn: Day;
  dueOn: Day;
  state: ActionState;
  /** Since when it is done or dropped. */
  stateOn: Day | null;
  /** Its day has passed, and it is open. */
  late: boolean;
  version: number;
}

export interface PlanAgreementView {
  id: string;
  agreedOn: Day;
  format: string;
  giver: string;
  coSigner: string | null;
  validated: { on: Day; byName: string | null; as: 'coach' | 'manager' } | null;
  /** The day on which the goals changed, so that it no longer held. */
  supersededOn: Day | null;
}

/** What a plan waits for: goals, the person's yes, somebody who validates it; or nothing. */
export type PlanNext = 'goals' | 'agreement' | 'validation' | 'nothing';

export interface PlanView {
  id: string;
  participantId: string;
  enrolmentId: string;
  kind: PlanKind;
  openedOn: Day;
  reviewOn: Day | null;
  closedOn: Day | null;
  note: string | null;
  goals: GoalView[];
  actions: ActionView[];
  /** The person's yes to the goals as they are. */
  agreement: PlanAgreementView | null;
  /** Those that no longer hold, the latest first. */
  earlier: PlanAgreementView[];
  next: PlanNext;
  version: number;
}

export interface SupportView {
  id: string;
  enrolmentId: string;
  noneNeeded: boolean;
  name: string | null;
  relation: Relation | null;
  forWhat: string | null;
  fromOn: Day;
  endedOn: Day | null;
  /** True where it holds today. */
  stands: boolean;
  version: number;
}

export function planView({ plan, goals, actions, agreements }: WholePlan, names: ReadonlyMap<string, string>, today: Day): PlanView {
  const { id, participantId, enrolmentId, kind, openedOn, reviewOn, closedOn, note, version } = plan;
  const standing = standingAgreement(agreements);
  const next = closedOn ? 'nothing' : !goals.some((one) => one.droppedOn === null) ? 'goals' : !standing ? 'agreement' : standing.validatedOn ? 'nothing' : 'validation';
  return {
    id, participantId, enrolmentId, kind, openedOn, reviewOn, closedOn, note, goals: goals.map(goalView), actions: actions.map((one) => actionView(one, today)),
    agreement: standing && agreementView(standing, names), earlier: agreements.filter((one) => one.supersededOn !== null).map((one) => agreementView(one, names)), next, version,
  };
}

export function supportView(one: NaturalSupport, today: Day): SupportView {
  const { id, enrolmentId, noneNeeded, name, relation, forWhat, fromOn, endedOn, version } = one;
  return { id, enrolmentId, noneNeeded, name, relation, forWhat, fromOn, endedOn, stands: holds(one, today), version };
}

/** From its first day to the one before it ended. */
export function holds({ fromOn, endedOn }: Pick<NaturalSupport, 'fromOn' | 'endedOn'>, on: Day): boolean {
  return fromOn <= on && (endedOn === null || endedOn > on);
}

function goalView(one: PlanGoal): GoalView {
  const { id, words, ownWords, addedOn, version } = one;
  return { id, words, ownWords, addedOn, state: goalState(one), stateOn: one.droppedOn ?? one.reachedOn, version };
}

function actionView(one: PlanAction, today: Day): ActionView {
  const { id, what, who, addedOn, dueOn, version } = one;
  const state = actionState(one);
  return { id, what, who, addedOn, dueOn, state, stateOn: one.droppedOn ?? one.doneOn, late: state === 'open' && dueOn < today, version };
}

function agreementView(one: PlanAgreement, names: ReadonlyMap<string, string>): PlanAgreementView {
  const { id, agreedOn, format, giver, coSigner, supersededOn } = one;
  const validated = one.validatedOn && one.validatedAs ? { on: one.validatedOn, byName: (one.validatedBy && names.get(one.validatedBy)) ?? null, as: one.validatedAs } : null;
  return { id, agreedOn, format, giver, coSigner, validated, supersededOn };
}
