import { newId } from '../../src/platform/id';

/** What a command may refer to. */
export interface About {
  participant: string;
  programme: string;
  operation: string;
  service: string;
  federation: string;
  protocol: string;
  coach: string;
  employer: string;
  version: number;
  /** A protocol with a number that nobody has used. */
  document: () => string;
  today: string;
}

const identity = { givenNames: 'Given', familyNames: 'Family', bornPrecision: 'unknown', gender: 'x', documentKind: 'none' };
const contact = { kind: 'phone', minutes: 10, outcome: 'done' };
const job = { title: 'Baker', setting: 'ordinary', contract: 'permanent', foundBy: 'coach' };
const words = (): string => `made ${newId().slice(-8)}`;

/** A right command of each kind: what stops it is then the wall, and nothing else. */
export const COMMANDS = {
  ChangePassword: () => ({ currentPassword: 'correct horse battery staple', newPassword: 'another horse battery staple' }),
  MakeToken: () => ({ name: 'matrix', scopes: ['read'], expiresOn: '2026-06-01' }),
  AddUser: (it) => ({ name: words(), email: `${newId()}@example.org`, language: 'en', role: 'coach', serviceId: it.service, startsOn: it.today }),
  EditUser: (it) => ({ name: words(), email: `${newId()}@example.org`, language: 'en', version: it.version }),
  VersionOnly: (it) => ({ version: it.version }),
  AddMembership: (it) => ({ role: 'editor', federationId: it.federation, startsOn: it.today }),
  AddFederation: () => ({ name: words(), country: 'FR' }),
  EditFederation: (it) => ({ name: words(), country: 'FR', version: it.version }),
  AddProgramme: (it) => ({ federationId: it.federation, name: words(), opensOn: '2026-01-01' }),
  EditProgramme: (it) => ({ name: words(), opensOn: '2025-01-01', version: it.version }),
  JoinProgramme: (it) => ({ serviceId: it.service, opensOn: '2026-01-01' }),
  AddOperation: (it) => ({ programmeId: it.programme, name: words(), opensOn: '2026-01-01' }),
  EditOperation: (it) => ({ name: words(), opensOn: '2025-01-01', version: it.version }),
  AddService: (it) => ({ federationId: it.federation, name: words(), place: 'Lyon', country: 'FR', timeZone: 'Europe/Paris', language: 'fr' }),
  AddServiceSite: () => ({ name: words(), place: 'Lyon', opensOn: '2026-01-01' }),
  EditServiceSite: (it) => ({ name: words(), place: 'Lyon', opensOn: '2026-01-01', version: it.version }),
  EditService: (it) => ({ name: words(), place: 'Lyon', country: 'FR', timeZone: 'Europe/Paris', language: 'fr', version: it.version }),
  WriteDraft: (it) => ({ document: it.document() }),
  ChangeDraft: (it) => ({ document: it.document(), version: it.version }),
  Adopt: (it) => ({ programmeId: it.programme, versionId: it.protocol }),
  LookFor: () => ({ familyNames: 'Nobody of this name' }),
  FindPeople: () => ({ q: 'Canary' }),
  RegisterParticipant: (it) => ({ ...identity, familyNames: words(), coachId: it.coach, confirmedNew: true }),
  EditIdentity: (it) => ({ ...identity, version: it.version }),
  EditContact: (it) => ({ place: 'Lyon', version: it.version }),
  AnswerEntry: () => ({ answers: [{ item: 'work-status', value: 'inactive' }], version: 0 }),
  EditProfile: () => ({ supportNeeds: 'time', version: 0 }),
  RecognitionGiven: () => ({ scheme: 'rqth', state: 'asked', reference: words() }),
  EditRecognition: (it) => ({ scheme: 'rqth', state: 'refused', version: it.version }),
  AskWashingtonGroup: (it) => ({ askedOn: it.today, answeredBy: 'self', seeing: '1', hearing: '1', walking: '1', remembering: '1', selfCare: '1', communicating: '1' }),
  AddFamilyMember: () => ({ name: words(), relation: 'sister' }),
  EditFamilyMember: (it) => ({ name: words(), relation: 'brother', version: it.version }),
  Inform: (it) => ({ givenOn: it.today, format: 'plain', willing: 'yes' }),
  AnswerConsent: (it) => ({ purpose: 'family', answer: 'yes', givenOn: it.today, format: 'plain', giver: 'self', method: 'handwritten' }),
  WithdrawConsent: (it) => ({ withdrawnOn: it.today, version: it.version }),
  MeasureGiven: () => ({ kind: 'support-person', holder: words() }),
  WithdrawMeasure: (it) => ({ reason: 'of somebody else', version: it.version }),
  EditMeasure: (it) => ({ kind: 'none', version: it.version }),
  HandOverMany: (it) => ({ people: [{ participantId: it.participant, version: it.version, stays: true }], toCoachId: it.coach, on: it.today, reason: 'leave' }),
  HandOver: (it) => ({ toCoachId: it.coach, on: it.today, reason: 'leave', version: it.version }),
  ChangeHandOver: (it) => ({ assignmentId: it.coach, toCoachId: it.coach, on: it.today, reason: 'leave' }),
  CancelHandOver: (it) => ({ assignmentId: it.coach }),
  OpenEnrolment: (it) => ({ pathway: 'employment-advice', operationId: it.operation, source: 'self', receivedOn: it.today }),
  EditReferral: (it) => ({ source: 'family', version: it.version }),
  Pause: (it) => ({ reason: 'away', until: '2026-04-01', version: it.version }),
  AnnulStep: (it) => ({ reason: 'by mistake', version: it.version }),
  TakeStep: (it) => ({ step: 'admit', version: it.version }),
  MoveVersion: (it) => ({ versionId: it.protocol, reason: 'the new rules', version: it.version }),
  ApplicationGiven: () => ({ employerName: words(), title: 'Cook', foundBy: 'person', state: 'planned' }),
  EditApplication: (it) => ({ employerName: words(), title: 'Cook', foundBy: 'person', state: 'sent', appliedOn: it.today, version: it.version }),
  AdviseBenefits: (it) => ({ answer: 'declined', givenOn: it.today }),
  AnswerStep: (it) => ({ to: 'standby', answer: 'yes', answeredOn: it.today, format: 'plain', giver: 'self' }),
  PlanPlacement: (it) => ({ ...job, employerId: it.employer }),
  FindEmployer: () => ({ q: 'Canary' }),
  StartPlacement: (it) => ({ firstDayOn: it.today, evidence: 'worker-word', version: it.version }),
  CorrectFirstDay: (it) => ({ firstDayOn: it.today, reason: 'another day', version: it.version }),
  NeverStarted: (it) => ({ on: it.today, version: it.version }),
  ChangePlacement: (it) => ({ ...job, title: words(), effectiveOn: it.today, version: it.version }),
  EndPlacement: (it) => ({ lastDayOn: it.today, precision: 'exact', by: 'worker', reason: 'better-job', version: it.version }),
  TakeBack: (it) => ({ reason: 'by mistake', version: it.version }),
  RemoveEvidence: () => ({ reason: 'of somebody else' }),
  AddEvidence: (it) => ({ evidence: 'payslip', about: 'first-day', onDay: it.today }),
  RaiseNeed: (it) => ({ need: words(), kind: 'time', raisedBy: 'worker', raisedOn: it.today }),
  EditNeed: (it) => ({ need: words(), kind: 'tasks', raisedBy: 'worker', raisedOn: it.today, version: it.version }),
  SettleNeed: (it) => ({ state: 'in-place', stateOn: it.today, version: it.version }),
  NoneKnown: (it) => ({ answeredOn: it.today }),
  AnswerMilestone: (it) => ({ side: 'worker', status: 'at-work', answeredOn: it.today, channel: 'call', level: 'worker' }),
  TryMilestone: (it) => ({ side: 'worker', triedOn: it.today, channel: 'call' }),
  WriteSection: (it) => ({ section: 'training', words: words(), writtenOn: it.today, version: 0 }),
  OpenPlan: (it) => ({ enrolmentId: newId(), kind: 'search', openedOn: it.today }),
  EditPlan: (it) => ({ note: words(), version: it.version }),
  AddGoal: () => ({ words: words() }),
  EditGoal: (it) => ({ words: words(), state: 'current', version: it.version }),
  AddAction: (it) => ({ what: words(), who: 'person', dueOn: it.today }),
  EditAction: (it) => ({ what: words(), who: 'coach', dueOn: it.today, state: 'open', version: it.version }),
  AgreePlan: (it) => ({ agreedOn: it.today, format: 'plain', giver: 'self', version: it.version }),
  ValidatePlan: (it) => ({ validatedOn: it.today, version: it.version }),
  ClosePlan: (it) => ({ closedOn: it.today, version: it.version }),
  NameSupport: (it) => ({ enrolmentId: newId(), noneNeeded: true, fromOn: it.today }),
  EditSupport: (it) => ({ name: words(), relation: 'friend', fromOn: it.today, version: it.version }),
  ChooseColumns: (it) => ({ columns: [{ target: 'family-names' }, { target: 'given-names' }], version: it.version }),
  ChooseReading: (it) => ({ order: 'day-first', lastBirthYear: 2026, lastYear: 2046, coachId: it.coach, operationId: it.operation, source: 'other', version: it.version }),
  SettleRow: (it) => ({ line: 2, choice: 'new', version: it.version }),
  OpenAgreement: (it) => ({ enrolmentId: newId(), kind: 'two-party', fromOn: it.today }),
  EditAgreement: (it) => ({ terms: words(), fromOn: it.today, version: it.version }),
  Sign: (it) => ({ party: 'participant', method: 'handwritten', signedOn: it.today, version: it.version }),
  EndAgreement: (it) => ({ endedOn: it.today, reason: 'written twice', version: it.version }),
  AttachPaper: (it) => ({ datedOn: it.today }),
  RemovePaper: (it) => ({ reason: 'of somebody else', version: it.version }),
  DecideDisclosure: (it) => ({ answer: 'some', support: ['tutor'], decidedOn: it.today, format: 'plain', giver: 'self' }),
  RevokeItem: (it) => ({ version: it.version }),
  EndSheet: (it) => ({ version: it.version }),
  CreateEmployer: () => ({ name: words(), confirmedNew: true }),
  EditEmployer: (it) => ({ name: words(), version: it.version }),
  PlanNext: (it) => ({ nextOn: it.today, nextWhat: 'To ring up', version: it.version }),
  AddSite: () => ({ name: words() }),
  EditSite: (it) => ({ name: words(), version: it.version }),
  AddPartnerContact: () => ({ name: words(), role: 'tutor' }),
  EditPartnerContact: (it) => ({ name: words(), role: 'hr', version: it.version }),
  LogDealing: (it) => ({ kind: 'visit', mode: 'in-person', happenedOn: it.today, minutes: 30, outcome: 'done' }),
  CorrectDealing: (it) => ({ kind: 'visit', mode: 'in-person', happenedOn: it.today, minutes: 45, outcome: 'done', version: it.version }),
  WithdrawDealing: (it) => ({ reason: 'typed twice', version: it.version }),
  MergeEmployer: (it) => ({ into: newId(), version: it.version }),
  LogContact: (it) => ({ ...contact, participantIds: [it.participant] }),
  ContactSoFar: (it) => ({ participantIds: [it.participant], note: 'so far' }),
  LogContactForm: (it) => ({ ...contact, participantIds: [it.participant] }),
  LookForContact: (it) => ({ q: 'Canary', participantIds: [it.participant], note: 'so far' }),
  CorrectContact: (it) => ({ ...contact, minutes: 15, version: it.version }),
  WithdrawContact: (it) => ({ reason: 'typed twice', version: it.version }),
  KeepView: () => ({ name: words(), query: 'late=on' }),
  Postpone: (it) => ({ dueOn: '2026-03-20', reason: 'away', version: it.version }),
} satisfies Record<string, (it: About) => Record<string, unknown>>;

export type Send = keyof typeof COMMANDS;

/** The same command as a browser's form. */
export function asForm(command: Record<string, unknown>, prefix = ''): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(command)) {
    const at = prefix + name;
    if (value === true) form[at] = 'on';
    else if (typeof value === 'string' || typeof value === 'number') form[at] = String(value);
    else if (Array.isArray(value) && value.every((one) => typeof one === 'string')) form[at] = value;
    else if (Array.isArray(value)) value.forEach((one, index) => Object.assign(form, asForm(one as Record<string, unknown>, `${at}.${index}.`)));
  }
  return form;
}
