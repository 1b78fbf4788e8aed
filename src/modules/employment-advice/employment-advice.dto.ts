import type { Day as CalendarDay } from '../../platform/days';
import type { Problem } from '../../platform/problem';
import { Back } from '../../platform/web/back';
import { Day, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import { FORMATS, GIVERS } from '../participants';
import { AGREED_TO, type AgreedStep, type AgreedTo } from './agreed-step.entity';
import { ENDED, FOUND_BY, STATES, type Application, type FoundBy, type State } from './application.entity';
import type { BenefitsAdvice } from './benefits-advice.entity';
import { ahead, before, needed, notWithDeclined } from './employment-advice.problems';

const VERSION = { min: 1, max: 1_000_000_000 };
const faults = (...wrong: (Problem | false | null | undefined | '')[]): Problem['fields'] => wrong.flatMap((one) => (one ? one.fields : []));

/** An application as the one screen asks it. What has happened has happened by today; an interview may come. */
@Rule<ApplicationGiven>(['state', 'stateOn', 'appliedOn', 'interviewOn'], ({ state, stateOn, appliedOn, interviewOn }, { today }) => faults(
  today && stateOn && stateOn > today && ahead('stateOn'),
  today && appliedOn && appliedOn > today && ahead('appliedOn'),
  state === 'sent' && !appliedOn && needed('appliedOn'),
  state === 'interview' && !interviewOn && needed('interviewOn'),
  appliedOn && interviewOn && interviewOn < appliedOn && before('interviewOn', appliedOn),
))
export class ApplicationGiven {
  @Text({ max: 200, description: 'An employer of the service is known by its name, accents or not; another only has a name' }) employerName!: string;
  @Text({ max: 200, description: 'The job applied for' }) title!: string;
  @OneOf(FOUND_BY) foundBy!: FoundBy;
  @OneOf(STATES) state!: State;
  @Day({ optional: true, description: 'Since when it stands so; today when absent' }) stateOn?: string;
  @Day({ optional: true, description: 'Needed once it is sent' }) appliedOn?: string;
  @Day({ optional: true, description: 'Needed where an interview is agreed; it may be to come' }) interviewOn?: string;
  @Text({ max: 2000, optional: true, multiline: true }) note?: string;
}

export class EditApplication extends ApplicationGiven {
  @Whole(VERSION) version!: number;
}

/** Given, with what was told and how; or declined, and then there is nothing to tell. */
@Rule<AdviseBenefits>(['answer', 'givenOn', 'situation', 'changes', 'format'], ({ answer, givenOn, situation, changes, format }, { today }) => faults(
  today && givenOn > today && ahead('givenOn'),
  ...(answer === 'given' ? [!situation && needed('situation'), !changes && needed('changes'), !format && needed('format')] : []),
  ...(answer === 'declined' ? [situation && notWithDeclined('situation'), changes && notWithDeclined('changes'), format && notWithDeclined('format')] : []),
))
export class AdviseBenefits {
  @OneOf(['given', 'declined']) answer!: 'given' | 'declined';
  @Day({ description: 'On which day' }) givenOn!: string;
  @Text({ max: 2000, optional: true, multiline: true, description: 'Which benefits the person receives today; needed where it is given' }) situation?: string;
  @Text({ max: 2000, optional: true, multiline: true, description: 'What changes at which income; needed where it is given' }) changes?: string;
  @OneOf(FORMATS, { optional: true, description: 'How it was told; needed where it is given' }) format?: string;
}

/** What the person is about to be asked. */
export class AgreementTo extends Back {
  @OneOf(AGREED_TO, { optional: true }) to?: AgreedTo;
}

/** The person's own answer: whoever helps or signs beside them comes in addition. */
@Rule<AnswerStep>(['answeredOn'], ({ answeredOn }, { today }) => faults(today && answeredOn > today && ahead('answeredOn')))
export class AnswerStep {
  @OneOf(AGREED_TO, { description: 'Support on call without an end date; or the end of the support, in work' }) to!: AgreedTo;
  @OneOf(['yes', 'no']) answer!: 'yes' | 'no';
  @Day() answeredOn!: string;
  @OneOf(FORMATS, { description: 'In which format it was asked' }) format!: string;
  @OneOf(GIVERS, { description: 'The person; nobody answers instead' }) giver!: (typeof GIVERS)[number];
}

export interface ApplicationView {
  id: string;
  enrolmentId: string | null;
  /** An employer of the service; null where only the name is known. */
  employerId: string | null;
  employerName: string;
  title: string;
  foundBy: FoundBy;
  state: State;
  stateOn: CalendarDay;
  appliedOn: CalendarDay | null;
  interviewOn: CalendarDay | null;
  note: string | null;
  /** True once there is nothing left to wait for. */
  ended: boolean;
  version: number;
}

export interface BenefitsAdviceView {
  id: string;
  enrolmentId: string | null;
  answer: 'given' | 'declined';
  givenOn: CalendarDay;
  situation: string | null;
  changes: string | null;
  format: string | null;
  recordedByName: string | null;
}

export interface AgreedStepView {
  id: string;
  enrolmentId: string;
  to: AgreedTo;
  answer: 'yes' | 'no';
  answeredOn: CalendarDay;
  format: string;
  giver: (typeof GIVERS)[number];
  recordedByName: string | null;
}

export function applicationView({ id, enrolmentId, employerId, employerName, title, foundBy, state, stateOn, appliedOn, interviewOn, note, version }: Application): ApplicationView {
  return { id, enrolmentId, employerId, employerName, title, foundBy, state, stateOn, appliedOn, interviewOn, note, ended: ENDED.includes(state), version };
}

export function benefitsAdviceView({ id, enrolmentId, answer, givenOn, situation, changes, format, recordedBy }: BenefitsAdvice, names: ReadonlyMap<string, string>): BenefitsAdviceView {
  return { id, enrolmentId, answer, givenOn, situation, changes, format, recordedByName: recordedBy && (names.get(recordedBy) ?? null) };
}

export function agreedStepView({ id, enrolmentId, toWhat, answer, answeredOn, format, giver, recordedBy }: AgreedStep, names: ReadonlyMap<string, string>): AgreedStepView {
  return { id, enrolmentId, to: toWhat, answer, answeredOn, format, giver, recordedByName: recordedBy && (names.get(recordedBy) ?? null) };
}
