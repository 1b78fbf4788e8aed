import type { Day as CalendarDay } from '../../platform/days';
import { Day, Id, OneOf, Text, Whole } from '../../platform/web/fields';
import type { Pathway, Protocol, Said, Within } from './protocol';
import { PATHWAYS } from './protocol';
import type { Finding } from './publication';
import { RefersWell } from './referral-faults';

/** Who sent the person, or that they came by themselves. */
export const SOURCES = ['self', 'family', 'mdph', 'cap-emploi', 'france-travail', 'mission-locale', 'health-team', 'esat', 'municipality', 'committee', 'school', 'other'] as const;
/** By what right the person is accompanied, apart from recognition. */
export const ENTITLEMENTS = ['decision', 'prescription', 'programme-eligibility', 'none'] as const;
/** In what form a refusal was explained. */
export const EXPLAINED_FORMATS = ['spoken', 'easy-read', 'large-print', 'braille', 'audio', 'sign', 'plain-writing', 'pictures'] as const;

@RefersWell<ReferralFields>('decisionOn', 'entitlement', 'entitlementFrom', 'entitlementUntil')
class ReferralFields {
  @OneOf(SOURCES) source!: string;
  @Text({ max: 2000, optional: true, multiline: true, description: 'The wish, in the person\'s own words' }) wish?: string;
  @Day({ optional: true, description: 'Day of the decision that orders the support' }) decisionOn?: CalendarDay;
  @OneOf(ENTITLEMENTS, { optional: true }) entitlement?: string;
  @Text({ max: 100, optional: true }) entitlementReference?: string;
  @Day({ optional: true }) entitlementFrom?: CalendarDay;
  @Day({ optional: true }) entitlementUntil?: CalendarDay;
}

@RefersWell<OpenEnrolment>('receivedOn')
export class OpenEnrolment extends ReferralFields {
  @OneOf(PATHWAYS) pathway!: Pathway;
  @Id() operationId!: string;
  /** Delays run from it; the day that the enrolment begins. */
  @Day() receivedOn!: CalendarDay;
}

export class EditReferral extends ReferralFields {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class TakeStep {
  @Text({ max: 60 }) step!: string;
  /** The day on which it happened; today when absent. */
  @Day({ optional: true }) effectiveOn?: CalendarDay;
  @Text({ max: 1000, optional: true, multiline: true, description: 'A key of the step\'s list of reasons, where it has one' }) reason?: string;
  @Text({ max: 1000, optional: true, multiline: true, description: 'Why it passes with unmet requirements' }) deviation?: string;
  @Day({ optional: true, description: 'Waiting: when it is looked at again' }) reviewOn?: CalendarDay;
  @OneOf(EXPLAINED_FORMATS, { optional: true, description: 'Declined: how it was explained' }) explainedFormat?: string;
  @Whole({ min: 1, max: 1_000_000, description: 'Version of the enrolment' }) version!: number;
}

export class AnnulStep {
  @Text({ max: 1000, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class Pause {
  @Text({ max: 500, multiline: true }) reason!: string;
  @Day() until!: CalendarDay;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class Resume {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class Adopt {
  @Id() programmeId!: string;
  @Id() versionId!: string;
}

export class WriteDraft {
  /** The document as JSON text. */
  @Text({ max: 90_000, multiline: true }) document!: string;
}

export class ChangeDraft extends WriteDraft {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class PublishDraft {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class MoveVersion {
  @Id() versionId!: string;
  @Text({ max: 1000, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export interface ConditionView {
  key: string;
  kind: string;
  title: Said;
  have: number;
  need: number;
  /** The day on which it was met; of a day that is dated back, also one that came later. */
  metOn: CalendarDay | null;
  evidence: { kind: string; id: string | null; level: string }[];
  where: string | null;
  /** What is missing of it: a code that stays, and the words for it in the language of who reads. */
  missing: MissingView[];
}

export interface MissingView {
  code: string;
  text: string;
  /** The page on which this one is met, where it has one of its own. */
  where: string | null;
}

export interface VerdictView {
  step: string;
  title: Said;
  to: string;
  toTitle: Said;
  toEnd: 'success' | 'exit' | null;
  allowed: boolean;
  refusal: string | null;
  mayDeviate: boolean;
  reasons: { key: string; title: Said }[];
  met: ConditionView[];
  unmet: ConditionView[];
  opens: { key: string; title: Said; within: Within }[];
  /** What its form asks beside the day and the reason. */
  asks: { reviewOn: boolean; explainedFormat: boolean };
  rule: { title: Said; number: number; versionId: string };
}

/** Another version of the protocol, and what going over to it would change for one enrolment. */
export interface MoveView {
  versionId: string;
  number: number;
  title: Said;
  summary: Said;
  /** False where the other version has no such stage. */
  possible: boolean;
  dueNow: CalendarDay | null;
  dueThen: CalendarDay | null;
  newSteps: Said[];
  goneSteps: Said[];
  /** Added to steps that are there already. */
  newConditions: Said[];
}

export interface TrackView {
  enrolmentId: string;
  pathway: Pathway;
  title: Said;
  /** The place on the line, from 1; 0 when the enrolment stands beside it (waiting, or out). */
  position: number;
  of: number;
  now: { key: string; title: Said; since: CalendarDay; dueOn: CalendarDay | null; late: boolean; days: number };
  stones: { key: string; title: Said; state: 'done' | 'now' | 'todo' | 'skip'; on: CalendarDay | null }[];
  paused: { on: CalendarDay; until: CalendarDay; reason: string } | null;
  closed: { on: CalendarDay; reason: string | null } | null;
}

export interface EnrolmentView {
  id: string;
  participantId: string;
  pathway: Pathway;
  operationId: string;
  protocolVersionId: string;
  protocolNumber: number;
  stage: string;
  stageTitle: Said;
  /** What the stage is for, as the protocol says it. */
  stagePurpose: Said;
  stageSince: CalendarDay;
  dueOn: CalendarDay | null;
  referredOn: CalendarDay;
  admittedOn: CalendarDay | null;
  closedOn: CalendarDay | null;
  closeReason: string | null;
  paused: { on: CalendarDay; until: CalendarDay; reason: string } | null;
  weight: number;
  version: number;
}

export interface SummaryView {
  enrolmentId: string;
  pathway: Pathway;
  stage: string;
  stageTitle: Said;
  position: number;
  of: number;
  since: CalendarDay;
  dueOn: CalendarDay | null;
  /** Until when it is in a pause; null when it is in none. */
  pausedUntil: CalendarDay | null;
  closed: boolean;
  weight: number;
}

/** The open enrolments on one stage of one version. */
export interface StageLoad {
  pathway: Pathway;
  stage: string;
  stageTitle: Said;
  position: number;
  count: number;
  weight: number;
}

export interface ReferralView {
  source: string;
  receivedOn: CalendarDay;
  wish: string | null;
  decisionOn: CalendarDay | null;
  entitlement: string | null;
  entitlementReference: string | null;
  entitlementFrom: CalendarDay | null;
  entitlementUntil: CalendarDay | null;
  answer: string | null;
  answeredOn: CalendarDay | null;
  declineReason: string | null;
  explainedFormat: string | null;
  waitingSince: CalendarDay | null;
  reviewOn: CalendarDay | null;
  version: number;
}

export interface HistoryView {
  id: string;
  enrolmentId: string;
  pathway: Pathway;
  /** A step, the annulment of one, or what moves no stage. */
  act: 'step' | 'annulment' | 'paused' | 'resumed' | 'moved' | 'evidence-gone' | 'evidence-back';
  /** Of a step, its key and its title; of evidence, those of the step that rested on it. Null for the others. */
  step: string | null;
  title: Said | null;
  /** Null where no stage was moved. */
  from: string | null;
  fromTitle: Said | null;
  to: string | null;
  toTitle: Said | null;
  effectiveOn: CalendarDay;
  takenAt: string;
  takenBy: string | null;
  takenByName: string | null;
  takenAs: string;
  reason: string | null;
  reasonTitle: Said | null;
  deviation: string | null;
  met: number;
  of: number;
  evidence: { requirement: string; kind: string; id: string | null; level: string }[];
  annuls: string | null;
  annulled: boolean;
  /** Of a pause: the day on which it was to end. */
  until: CalendarDay | null;
  /** Of the end of a pause: how many days it took. */
  days: number | null;
  /** Of a move to another version of the protocol: their numbers. */
  moved: { from: number; to: number } | null;
}

/** What an annulment would take back; else the code of the problem that speaks against it, with its values. */
export interface AnnulmentView {
  last: { id: string; title: Said; toTitle: Said; effectiveOn: CalendarDay } | null;
  refusal: { code: string; values: Record<string, unknown> } | null;
}

export interface ProtocolView {
  id: string;
  pathway: Pathway;
  number: number;
  state: 'draft' | 'published';
  title: Said;
  summary: Said;
  hash: string | null;
  publishedAt: string | null;
  shipped: boolean;
  mine: boolean;
  version: number;
}

/** A protocol whole. */
export interface ProtocolPageView {
  protocol: ProtocolView;
  document: Protocol;
  /** What speaks against publishing it; empty once it is published. */
  findings: Finding[];
}

/** An operation of the service that is open today. */
export interface OpenOperationView {
  id: string;
  programmeId: string;
  name: string;
  opensOn: CalendarDay;
  closesOn: CalendarDay | null;
  /** What an enrolment may be opened on, each with the version of the protocol that it would go by. */
  pathways: { pathway: Pathway; versionId: string }[];
}
