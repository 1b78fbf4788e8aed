import { createHash } from 'node:crypto';
import type { MembershipRole } from '../../platform/access/actor';

export const PATHWAYS = ['orientation', 'employment-advice', 'entrepreneurship'] as const;
export type Pathway = (typeof PATHWAYS)[number];

export interface Said {
  fr: string;
  es: string;
  en: string;
}

/** A length of time of the calendar; exactly one of the three. */
export interface Within {
  days?: number;
  weeks?: number;
  months?: number;
}

export interface Stage {
  key: string;
  title: Said;
  purpose: Said;
  phase?: 'a' | 'b' | 'c' | 'd' | 'paused';
  /** How long an enrolment may stand here before somebody looks. */
  within?: Within;
  end?: 'success' | 'exit';
  /** Being here is being admitted: the caseload counts from the first day on such a stage. */
  admits?: boolean;
  /** Being led here is being refused before admission: it is explained in an accessible format, with how to complain. */
  declines?: boolean;
  /** Off the line that the stage track draws: waiting, exits. */
  aside?: boolean;
}

/** The conditions that a protocol may set. A module that knows the fact registers its kind. */
export const KINDS = [
  'referral', 'informed', 'consent', 'identity', 'answered-or-refused', 'entitlement', 'profile', 'assessment', 'document', 'activities', 'attendance', 'plan',
  'plan-started', 'agreement', 'approval', 'selection', 'evaluation', 'trial', 'first-day-worked', 'milestone', 'grant', 'disbursed', 'enterprise', 'supports', 'agrees',
] as const;
export type Kind = (typeof KINDS)[number];

/** What may happen elsewhere and take a step. Whoever tells of it names it so. */
export const HAPPENINGS: readonly string[] = ['placement-started', 'placement-ended', 'grant-disbursed', 'first-sales-seen', 'month-after-support-seen', 'enterprise-closed'];

export type ParamValue = string | number | boolean | readonly string[];
export interface Requirement {
  /** Names it inside the protocol; the second wall counts by it. */
  key: string;
  kind: Kind;
  title: Said;
  params?: Record<string, ParamValue>;
}

/** Something due that the step opens, and that is no gate. */
export interface Task {
  key: string;
  title: Said;
  within: Within;
  forWhom: 'coach' | 'manager';
}

export interface Step {
  key: string;
  from: string[];
  to: string;
  title: Said;
  by: MembershipRole[];
  on?: string;
  /** Who approves it, beside who takes it. No such step is published before the kind `approval` is registered. */
  approval?: MembershipRole;
  requires: Requirement[];
  /** Who may let it pass with unmet requirements, with a reason. */
  deviation?: MembershipRole[];
  opens?: Task[];
  /** Closed list of reasons; one is needed when it stands. */
  reasons?: { key: string; title: Said }[];
}

/** The written rules of a pathway: one document, the same for everybody on it. */
export interface Protocol {
  pathway: Pathway;
  version: number;
  title: Said;
  summary: Said;
  stages: Stage[];
  steps: Step[];
}

export function stepOf(protocol: Protocol, key: string): Step | undefined {
  return protocol.steps.find((step) => step.key === key);
}
export function stageOf(protocol: Protocol, key: string): Stage | undefined {
  return protocol.stages.find((stage) => stage.key === key);
}
/** Waiting: beside the line, and no end. Its review day is told to who waits. */
export function waits(stage: Stage | undefined): boolean {
  return stage?.aside === true && !stage.end;
}
/** Where every enrolment begins: the first stage of the list. */
export function firstStage(protocol: Protocol): Stage {
  return protocol.stages[0]!;
}

/** SHA-256 over the document with its keys in order: the same rules have the same hash, however they were typed. */
export function hashOf(protocol: Protocol): string {
  return createHash('sha256').update(canonical(protocol)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
