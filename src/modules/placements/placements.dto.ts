import type { Day as CalendarDay } from '../../platform/days';
import { CURRENCIES } from '../../platform/money';
import { wrongField, type FieldFault } from '../../platform/problem';
import { Back } from '../../platform/web/back';
import { Day, Flag, Hours, Id, Money, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import type { ChangeShown } from './changes-shown';
import {
  CONTRACTS, END_BY, END_PRECISIONS, END_REASONS, EVIDENCE_ABOUT, EVIDENCE_KINDS, FOUND_BY, SETTINGS, WAGE_PERIODS,
  type Act, type Contract, type EndBy, type EndPrecision, type EndReason, type EvidenceAbout, type EvidenceKind, type FoundBy, type Level, type Setting, type State, type WagePeriod,
} from './placement.lists';
import type { Terms } from './terms';

const WEEK = 6_000;
const faults = (path: string, code: string, values: FieldFault['values'] = {}): FieldFault[] => [{ path, code, values }];
/** On a command, where nothing is known of the placement: a day that has not come is told with whatever else is wrong. */
const notAhead = <T extends object>(...names: (keyof T & string)[]) => (type: new () => T): void => {
  for (const name of names) {
    Rule<T>([name], (given, { today }) => {
      const day = given[name];
      return today && typeof day === 'string' && day > today ? wrongField(name, 'not-after', { day: today }).fields : null;
    })(type);
  }
};

/** What a job is agreed to be. */
@Rule<JobTerms>(['wage', 'wagePeriod', 'currency'], ({ wage, wagePeriod, currency }) => [
  ...(wage !== undefined && !wagePeriod ? faults('wagePeriod', 'required', { choose: true }) : []),
  ...(wage !== undefined && !currency ? faults('currency', 'required', { choose: true }) : []),
  // A currency may stand chosen in a form where no wage is known; a period without an amount was meant to say something.
  ...(wage === undefined && wagePeriod ? faults('wage', 'required') : []),
])
@Rule<JobTerms>(['plannedStartOn', 'plannedEndOn'], ({ plannedStartOn, plannedEndOn }) => (plannedStartOn && plannedEndOn && plannedEndOn < plannedStartOn ? faults('plannedEndOn', 'not-before', { day: plannedStartOn }) : null))
@Rule<JobTerms>(['plannedStartOn', 'trialEndOn'], ({ plannedStartOn, trialEndOn }) => (plannedStartOn && trialEndOn && trialEndOn < plannedStartOn ? faults('trialEndOn', 'not-before', { day: plannedStartOn }) : null))
class JobTerms {
  @Id({ optional: true }) siteId?: string;
  @Text({ max: 200 }) title!: string;
  @Text({ max: 20, optional: true, description: 'The code behind the title (ROME, ISCO …)' }) occupationCode?: string;
  @Day({ optional: true }) plannedStartOn?: string;
  @Day({ optional: true, description: 'The day of the contract: another one than the first day worked' }) contractOn?: string;
  @OneOf(SETTINGS) setting!: Setting;
  @Flag({ optional: true, description: 'Reserved for disabled people' }) reserved?: boolean;
  @OneOf(CONTRACTS) contract!: Contract;
  @Day({ optional: true }) plannedEndOn?: string;
  @Day({ optional: true }) trialEndOn?: string;
  @Hours({ max: WEEK, optional: true, description: 'Minutes a week; in a form hours' }) weeklyMinutes?: number;
  @Money({ currency: 'currency', optional: true, description: 'In minor units of the currency' }) wage?: number;
  @OneOf(WAGE_PERIODS, { optional: true }) wagePeriod?: WagePeriod;
  @OneOf(CURRENCIES, { optional: true }) currency?: string;
  @Flag({ optional: true }) subsidised?: boolean;
  @Text({ max: 200, optional: true }) tutor?: string;
  @OneOf(FOUND_BY) foundBy!: FoundBy;
}

export class PlanPlacement extends JobTerms {
  @Id() employerId!: string;
}

@notAhead<ChangePlacement>('effectiveOn')
export class ChangePlacement extends JobTerms {
  @Day({ description: 'From which day all this holds; today at the latest' }) effectiveOn!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

/** One piece of evidence; a file may come beside it. */
class Shown {
  @OneOf(EVIDENCE_KINDS) evidence!: EvidenceKind;
  @Text({ max: 500, optional: true, multiline: true }) evidenceNote?: string;
}

@notAhead<StartPlacement>('firstDayOn')
export class StartPlacement extends Shown {
  @Day({ description: 'The first day worked: the anchor of every follow-up' }) firstDayOn!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

@notAhead<CorrectFirstDay>('firstDayOn')
export class CorrectFirstDay {
  @Day() firstDayOn!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

@notAhead<AddEvidence>('onDay')
export class AddEvidence extends Shown {
  @OneOf(EVIDENCE_ABOUT) about!: EvidenceAbout;
  @Day({ description: 'The day on which it shows that the person was there' }) onDay!: string;
}

@notAhead<NeverStarted>('on')
export class NeverStarted {
  @Day({ description: 'The day on which it was known' }) on!: string;
  @Text({ max: 500, optional: true, multiline: true }) reason?: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

@notAhead<EndPlacement>('lastDayOn', 'learntOn')
@Rule<EndPlacement>(['precision', 'afterOn', 'lastDayOn'], ({ precision, afterOn, lastDayOn }) =>
  (precision === 'interval' && !afterOn ? faults('afterOn', 'required') : precision !== 'interval' && afterOn ? faults('afterOn', 'interval-only') : afterOn && afterOn >= lastDayOn ? faults('afterOn', 'before-last-day') : null))
// A contract that ran out is nobody's decision, and nothing else is.
@Rule<EndPlacement>(['by', 'reason'], ({ by, reason }) => ((by === 'term') === (reason === 'term') ? null : faults('reason', 'term-fits-term')))
export class EndPlacement {
  @Day({ description: 'The last day worked' }) lastDayOn!: string;
  @OneOf(END_PRECISIONS, { optional: true, description: 'exact when absent' }) precision?: EndPrecision;
  @Day({ optional: true, description: 'Of an interval: the last day on which the person was known to be there' }) afterOn?: string;
  @OneOf(END_BY) by!: EndBy;
  @OneOf(END_REASONS) reason!: EndReason;
  @Day({ optional: true, description: 'When the service learnt of it; today when absent' }) learntOn?: string;
  @OneOf(EVIDENCE_KINDS, { optional: true }) evidence?: EvidenceKind;
  @Text({ max: 500, optional: true, multiline: true }) evidenceNote?: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

/** Taken back, with why: an end that was none, a placement entered in error. */
export class TakeBack {
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

/** A wrong paper goes, with why. */
export class RemoveEvidence {
  @Text({ max: 500, multiline: true }) reason!: string;
}

/** At which employer, for the form that opens. */
export class NewPlacementFilter extends Back {
  @Id({ optional: true }) employer?: string;
}

export class FindEmployer {
  @Text({ max: 200 }) q!: string;
}

export class OnDay {
  @Day({ optional: true, description: 'A day: those alone that were held on it' }) on?: string;
}

export interface EvidenceView {
  id: string;
  about: EvidenceAbout;
  onDay: CalendarDay;
  kind: EvidenceKind;
  level: Level;
  documentId: string | null;
  note: string | null;
}

/** A job as it stands now. */
export interface PlacementView extends Terms {
  id: string;
  participantId: string;
  enrolmentId: string | null;
  employerId: string;
  state: State;
  /** The first day worked: the anchor. */
  firstDayOn: CalendarDay | null;
  neverStartedOn: CalendarDay | null;
  end: { lastDayOn: CalendarDay; precision: EndPrecision; afterOn: CalendarDay | null; by: EndBy; reason: EndReason; learntOn: CalendarDay } | null;
  annulled: { at: string; reason: string } | null;
  evidence: EvidenceView[];
  version: number;
}

/** One thing that was done with a placement: of a change, what held before it and what holds from its day on. */
export interface PlacementActView {
  id: string;
  act: Act;
  effectiveOn: CalendarDay;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: string | null;
  recordedAt: string;
  recordedByName: string | null;
}

export const JOB_FACTS = ['began', 'changed', 'ended', 'never-started', 'annulled'] as const;

/** One thing that happened with a job, as it stands by now: a first day that was corrected is told once, on its own day. */
export interface JobFact {
  placementId: string;
  what: (typeof JOB_FACTS)[number];
  on: CalendarDay;
  title: string;
  employerName: string | null;
  contract: Contract;
  /** Of an end: who decided, and why. */
  end: { by: EndBy; reason: EndReason } | null;
  /** Of a change: what was there, and what is since. */
  changes: ChangeShown[];
  reason: string | null;
  recordedAt: string;
  recordedByName: string | null;
}

/** One placement with all that was done with it. */
export interface PlacementFile extends PlacementView {
  history: PlacementActView[];
}
