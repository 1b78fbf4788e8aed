import type { MembershipRole } from '../../src/platform/access/actor';
import type { Send } from './commands';

/**
 * Who may do what on whose thing: written by hand from domain.md §2, reviewed like code, and never derived from identity/rights.ts.
 * A role that is not named is refused with 403, whatever the address says. A stranger is sent to sign in (303) or gets 401.
 */
export interface Expectation {
  /** How far each role reaches; where the address names nothing, any reach means "yes". */
  may: Partial<Record<MembershipRole, Reach>>;
  /** What `:id` is. */
  on?: Thing;
  /** The command that is sent. */
  sends?: Send;
  /** The answer to who may; 200 where nothing is said. */
  ok?: number | number[] | Partial<Record<MembershipRole, number>>;
  /** What the page needs to know beside its address. */
  query?: string;
  /** Shows names of the whole service on purpose, so that nobody is registered twice. */
  namesOfService?: true;
}

/**
 * own: what is assigned to, or made by, the user · service: all of the user's service · all: of every service, federation, programme.
 * Beyond the reach is 404, the same as what is missing.
 */
export type Reach = 'own' | 'service' | 'all';
export type Thing =
  | 'participant' | 'enrolment' | 'activity' | 'agenda' | 'federation' | 'programme' | 'operation' | 'service' | 'user' | 'protocol' | 'draft' | 'session' | 'token' | 'membership' | 'view' | 'import' | 'employer';

const EVERYBODY: MembershipRole[] = ['coach', 'manager', 'team', 'cashier', 'employer', 'participant', 'officer', 'editor', 'reviewer', 'complaints', 'funder', 'administrator'];
const everybody = Object.fromEntries(EVERYBODY.map((role) => [role, 'own'])) as Record<MembershipRole, Reach>;
const workers = { coach: 'own', manager: 'own', officer: 'own', editor: 'own', administrator: 'own' } as const;
const casework = { coach: 'own', manager: 'service' } as const;
const manager = { manager: 'service' } as const;
const platform = { administrator: 'all' } as const;
/** Published ones, and those of the own federation; another federation's drafts are the administrator's to see, who installs and adopts. */
const readers = { coach: 'own', manager: 'own', officer: 'own', editor: 'own', administrator: 'all' } as const;
const editor = { editor: 'own' } as const;

const ofPerson = { on: 'participant', may: casework } as const;
const ofEmployer = { on: 'employer', may: { coach: 'service', manager: 'service' } } as const;
const ofEnrolment = { on: 'enrolment', may: casework } as const;

export const EXPECTED: Record<string, Expectation> = {
  // Own account
  'GET /sessions': { may: everybody },
  'GET /api/v1/sessions': { may: everybody },
  'POST /sessions/:id/end': { on: 'session', may: everybody, ok: 303 },
  'DELETE /api/v1/sessions/:id': { on: 'session', may: everybody, ok: 204 },
  'POST /sessions/end-others': { may: everybody, ok: 303 },
  'POST /api/v1/sessions/end-others': { may: everybody },
  'POST /sign-out': { may: everybody, ok: 303 },
  'GET /memberships': { may: everybody },
  'POST /memberships/:id/use': { on: 'membership', may: everybody, ok: 303 },
  'GET /api/v1/me': { may: everybody },
  'GET /password': { may: everybody },
  'POST /password': { may: everybody, sends: 'ChangePassword', ok: 422 }, // the users of the matrix have no password
  'GET /tokens': { may: workers },
  'GET /api/v1/tokens': { may: workers },
  'POST /tokens': { may: workers, sends: 'MakeToken', ok: 303 },
  'POST /api/v1/tokens': { may: workers, sends: 'MakeToken', ok: 403 }, // a token makes no token
  'POST /tokens/:id/revoke': { on: 'token', may: workers, ok: 303 },
  'DELETE /api/v1/tokens/:id': { on: 'token', may: workers, ok: 204 },

  // Administration: users, federations, programmes, operations, services, the log; no participant
  'GET /users': { may: platform },
  'GET /api/v1/users': { may: platform },
  'GET /users/new': { may: platform },
  'POST /users': { may: platform, sends: 'AddUser', ok: 303 },
  'POST /api/v1/users': { may: platform, sends: 'AddUser', ok: 201 },
  'GET /users/:id': { on: 'user', may: platform },
  'GET /api/v1/users/:id': { on: 'user', may: platform },
  'GET /users/:id/edit': { on: 'user', may: platform },
  'POST /users/:id': { on: 'user', may: platform, sends: 'EditUser', ok: 303 },
  'PUT /api/v1/users/:id': { on: 'user', may: platform, sends: 'EditUser' },
  'POST /users/:id/disable': { on: 'user', may: platform, sends: 'VersionOnly', ok: 303 },
  'POST /api/v1/users/:id/disable': { on: 'user', may: platform, sends: 'VersionOnly' },
  'POST /users/:id/enable': { on: 'user', may: platform, sends: 'VersionOnly', ok: 303 },
  'POST /api/v1/users/:id/enable': { on: 'user', may: platform, sends: 'VersionOnly' },
  'GET /users/:id/link': { on: 'user', may: platform },
  'POST /users/:id/link': { on: 'user', may: platform, ok: 303 },
  'POST /api/v1/users/:id/link': { on: 'user', may: platform, ok: 201 },
  'GET /users/:id/memberships/new': { on: 'user', may: platform },
  'POST /users/:id/memberships': { on: 'user', may: platform, sends: 'AddMembership', ok: 303 },
  'POST /api/v1/users/:id/memberships': { on: 'user', may: platform, sends: 'AddMembership', ok: 201 },
  'POST /users/:id/memberships/:membership/end': { on: 'user', may: platform, sends: 'VersionOnly', ok: 303 },
  'POST /api/v1/users/:id/memberships/:membership/end': { on: 'user', may: platform, sends: 'VersionOnly' },
  'POST /federations': { may: platform, sends: 'AddFederation', ok: 303 },
  'GET /federations/new': { may: platform },
  'GET /federations/:id/edit': { on: 'federation', may: platform },
  'POST /federations/:id': { on: 'federation', may: platform, sends: 'EditFederation', ok: 303 },
  'GET /api/v1/federations': { may: platform },
  'POST /api/v1/federations': { may: platform, sends: 'AddFederation', ok: 201 },
  'GET /api/v1/federations/:id': { on: 'federation', may: platform },
  'PUT /api/v1/federations/:id': { on: 'federation', may: platform, sends: 'EditFederation' },
  'GET /programmes': { may: platform },
  'GET /programmes/new': { may: platform },
  'POST /programmes': { may: platform, sends: 'AddProgramme', ok: 303 },
  'GET /programmes/:id': { on: 'programme', may: platform },
  'GET /programmes/:id/edit': { on: 'programme', may: platform },
  'POST /programmes/:id': { on: 'programme', may: platform, sends: 'EditProgramme', ok: 303 },
  // 422: a service of another federation.
  'POST /programmes/:id/services': { on: 'programme', may: platform, sends: 'JoinProgramme', ok: [303, 422] },
  'GET /api/v1/programmes': { may: platform },
  'POST /api/v1/programmes': { may: platform, sends: 'AddProgramme', ok: 201 },
  'GET /api/v1/programmes/:id': { on: 'programme', may: platform },
  'PUT /api/v1/programmes/:id': { on: 'programme', may: platform, sends: 'EditProgramme' },
  'POST /api/v1/programmes/:id/services': { on: 'programme', may: platform, sends: 'JoinProgramme', ok: [201, 422] },
  'GET /operations/new': { may: platform },
  'POST /operations': { may: platform, sends: 'AddOperation', ok: 303 },
  'GET /operations/:id/edit': { on: 'operation', may: platform },
  'POST /operations/:id': { on: 'operation', may: platform, sends: 'EditOperation', ok: 303 },
  'POST /api/v1/operations': { may: platform, sends: 'AddOperation', ok: 201 },
  'GET /api/v1/operations/:id': { on: 'operation', may: platform },
  'PUT /api/v1/operations/:id': { on: 'operation', may: platform, sends: 'EditOperation' },
  'GET /services/new': { may: platform },
  'POST /services': { may: platform, sends: 'AddService', ok: 303 },
  'GET /services/:id/edit': { on: 'service', may: platform },
  'POST /services/:id': { on: 'service', may: platform, sends: 'EditService', ok: 303 },
  'GET /api/v1/services': { may: platform },
  'POST /api/v1/services': { may: platform, sends: 'AddService', ok: 201 },
  'GET /api/v1/services/:id': { on: 'service', may: platform },
  'PUT /api/v1/services/:id': { on: 'service', may: platform, sends: 'EditService' },
  'GET /audit': { may: platform },
  'GET /audit/export': { may: platform },
  'GET /api/v1/audit-events': { may: platform },

  // Protocols: read by all who work by them, written by their editor, adopted by the administrator
  'GET /protocols': { may: readers },
  'GET /api/v1/protocols': { may: readers },
  'GET /protocols/:id': { on: 'protocol', may: readers },
  'GET /api/v1/protocols/:id': { on: 'protocol', may: readers },
  'GET /protocols/new': { may: editor },
  'GET /protocols/:id/copy': { on: 'protocol', may: editor },
  'GET /protocols/:id/edit': { on: 'draft', may: editor },
  'POST /protocols': { may: editor, sends: 'WriteDraft', ok: 303 },
  'POST /protocols/:id': { on: 'draft', may: editor, sends: 'ChangeDraft', ok: 303 },
  'POST /protocols/:id/publication': { on: 'draft', may: editor, sends: 'VersionOnly', ok: 303 },
  // 409: the programme of the matrix goes by it since this morning. 422: the address names another protocol than what is sent to it.
  'POST /protocols/:id/adoption': { on: 'protocol', may: platform, sends: 'Adopt', ok: [409, 422] },
  'POST /api/v1/protocols': { may: editor, sends: 'WriteDraft', ok: 201 },
  'POST /api/v1/protocols/:id/document': { on: 'draft', may: editor, sends: 'ChangeDraft', ok: 204 },
  'POST /api/v1/protocols/:id/publication': { on: 'draft', may: editor, sends: 'VersionOnly', ok: 204 },
  'POST /api/v1/protocols/adoptions': { may: platform, sends: 'Adopt', ok: 409 },

  // A person accompanied
  'GET /participants/new': { may: casework },
  'POST /participants/new': { may: casework, sends: 'LookFor', ok: 200, namesOfService: true },
  'POST /participants': { may: casework, sends: 'RegisterParticipant', ok: 303 },
  'POST /api/v1/participants': { may: casework, sends: 'RegisterParticipant', ok: 201 },
  'POST /api/v1/participants/search': { may: casework, sends: 'FindPeople' },
  'POST /api/v1/participants/duplicates': { may: casework, sends: 'LookFor', namesOfService: true },
  'GET /api/v1/participants/:id': ofPerson,
  'GET /participants/:id/identity': ofPerson,
  'POST /participants/:id/identity': { ...ofPerson, sends: 'EditIdentity', ok: 303 },
  'PUT /api/v1/participants/:id/identity': { ...ofPerson, sends: 'EditIdentity' },
  'GET /participants/:id/contact': ofPerson,
  'POST /participants/:id/contact': { ...ofPerson, sends: 'EditContact', ok: 303 },
  'PUT /api/v1/participants/:id/contact': { ...ofPerson, sends: 'EditContact' },
  'GET /participants/:id/opened': ofPerson,
  'GET /api/v1/participants/:id/opened': ofPerson,
  'GET /participants/:id/entry': ofPerson,
  'GET /api/v1/participants/:id/entry': ofPerson,
  'POST /participants/:id/entry': { ...ofPerson, sends: 'AnswerEntry', ok: 303 },
  'PUT /api/v1/participants/:id/entry': { ...ofPerson, sends: 'AnswerEntry' },
  'GET /participants/:id/profile': ofPerson,
  'GET /api/v1/participants/:id/profile': ofPerson,
  'PUT /api/v1/participants/:id/profile': { ...ofPerson, sends: 'EditProfile' },
  'GET /participants/:id/functional': ofPerson,
  'POST /participants/:id/functional': { ...ofPerson, sends: 'EditProfile', ok: 303 },
  'GET /participants/:id/recognitions/new': ofPerson,
  'POST /participants/:id/recognitions': { ...ofPerson, sends: 'RecognitionGiven', ok: 303 },
  'POST /api/v1/participants/:id/recognitions': { ...ofPerson, sends: 'RecognitionGiven', ok: 201 },
  'GET /participants/:id/recognitions/:recognition': ofPerson,
  'POST /participants/:id/recognitions/:recognition': { ...ofPerson, sends: 'EditRecognition', ok: 303 },
  'PUT /api/v1/participants/:id/recognitions/:recognition': { ...ofPerson, sends: 'EditRecognition' },
  'GET /participants/:id/washington-group': ofPerson,
  'POST /participants/:id/washington-group': { ...ofPerson, sends: 'AskWashingtonGroup', ok: 303 },
  'POST /api/v1/participants/:id/washington-group': { ...ofPerson, sends: 'AskWashingtonGroup', ok: 201 },
  'GET /participants/:id/family': ofPerson,
  'POST /participants/:id/family': { ...ofPerson, sends: 'AddFamilyMember', ok: 303 },
  'POST /api/v1/participants/:id/family': { ...ofPerson, sends: 'AddFamilyMember', ok: 201 },
  'GET /participants/:id/family/:member': ofPerson,
  'POST /participants/:id/family/:member': { ...ofPerson, sends: 'EditFamilyMember', ok: 303 },
  'PUT /api/v1/participants/:id/family/:member': { ...ofPerson, sends: 'EditFamilyMember' },
  'POST /participants/:id/family/:member/remove': { ...ofPerson, ok: 303 },
  'DELETE /api/v1/participants/:id/family/:member': ofPerson,
  'GET /participants/:id/information': ofPerson,
  'GET /api/v1/participants/:id/information': ofPerson,
  'POST /api/v1/participants/:id/information': { ...ofPerson, sends: 'Inform', ok: 201 },
  'GET /participants/:id/informed': ofPerson,
  'POST /participants/:id/informed': { ...ofPerson, sends: 'Inform', ok: 303 },
  'GET /participants/:id/consents/new': { ...ofPerson, query: '?purpose=family' },
  'POST /participants/:id/consents': { ...ofPerson, sends: 'AnswerConsent', ok: 303 },
  'POST /api/v1/participants/:id/consents': { ...ofPerson, sends: 'AnswerConsent', ok: 201 },
  'GET /participants/:id/consents/:consent/withdraw': ofPerson,
  'POST /participants/:id/consents/:consent/withdraw': { ...ofPerson, sends: 'WithdrawConsent', ok: 303 },
  'POST /api/v1/participants/:id/consents/:consent/withdraw': { ...ofPerson, sends: 'WithdrawConsent' },
  'GET /participants/:id/measures/new': ofPerson,
  'GET /participants/:id/measures/:measure': ofPerson,
  'POST /participants/:id/measures': { ...ofPerson, sends: 'MeasureGiven', ok: 303 },
  'POST /api/v1/participants/:id/measures': { ...ofPerson, sends: 'MeasureGiven', ok: 201 },
  'POST /participants/:id/measures/:measure': { ...ofPerson, sends: 'EditMeasure', ok: 303 },
  'GET /participants/:id/measures/:measure/withdraw': ofPerson,
  'POST /participants/:id/measures/:measure/withdraw': { ...ofPerson, sends: 'WithdrawMeasure', ok: 303 },
  'POST /api/v1/participants/:id/measures/:measure/withdraw': { ...ofPerson, sends: 'WithdrawMeasure' },
  'PUT /api/v1/participants/:id/measures/:measure': { ...ofPerson, sends: 'EditMeasure' },
  'GET /api/v1/participants/:id/assignments': ofPerson,
  'GET /participants/:id/hand-over': { on: 'participant', may: manager },
  'POST /participants/:id/hand-over': { on: 'participant', may: manager, sends: 'HandOver', ok: 303 },
  'POST /api/v1/participants/:id/hand-over': { on: 'participant', may: manager, sends: 'HandOver' },
  // 409: none is planned.
  'POST /participants/:id/hand-over/change': { on: 'participant', may: manager, sends: 'ChangeHandOver', ok: 409 },
  'POST /api/v1/participants/:id/hand-over/change': { on: 'participant', may: manager, sends: 'ChangeHandOver', ok: 409 },
  'POST /participants/:id/hand-over/cancel': { on: 'participant', may: manager, sends: 'CancelHandOver', ok: 409 },
  'POST /api/v1/participants/:id/hand-over/cancel': { on: 'participant', may: manager, sends: 'CancelHandOver', ok: 409 },

  // Pathways of a person
  'GET /participants/:id/pathway': ofPerson,
  'GET /participants/:id/enrolments/new': ofPerson,
  'POST /participants/:id/enrolments': { ...ofPerson, sends: 'OpenEnrolment', ok: 303 },
  'GET /api/v1/participants/:id/enrolments': ofPerson,
  'GET /api/v1/operations': { may: casework }, // those of the service that are open today
  'POST /api/v1/participants/:id/enrolments': { ...ofPerson, sends: 'OpenEnrolment', ok: 201 },
  'GET /api/v1/participants/:id/history': ofPerson,
  'GET /participants/:id/enrolments/:enrolment/referral': ofPerson,
  'POST /participants/:id/enrolments/:enrolment/referral': { ...ofPerson, sends: 'EditReferral', ok: 303 },
  'GET /participants/:id/pathway/:enrolment/pause': ofPerson,
  'POST /participants/:id/pathway/:enrolment/pause': { ...ofPerson, sends: 'Pause', ok: 303 },
  'POST /participants/:id/pathway/:enrolment/resume': { ...ofPerson, sends: 'VersionOnly', ok: 409 }, // it is not paused
  'GET /participants/:id/pathway/:enrolment/annulment': { ...ofPerson, ok: [200, 409] }, // no step has been taken
  'POST /participants/:id/pathway/:enrolment/annulment': { ...ofPerson, sends: 'AnnulStep', ok: 409 },
  'GET /participants/:id/pathway/:enrolment/steps/:key': ofPerson,
  'POST /participants/:id/pathway/:enrolment/steps/:key': { ...ofPerson, sends: 'TakeStep', ok: 422 }, // nothing of what it needs is there
  'GET /participants/:id/pathway/:enrolment/protocol': { on: 'participant', may: manager },
  'POST /participants/:id/pathway/:enrolment/protocol': { on: 'participant', may: manager, sends: 'MoveVersion', ok: 409 }, // it goes by that version already
  'GET /api/v1/enrolments/:id': ofEnrolment,
  'GET /api/v1/enrolments/:id/track': ofEnrolment,
  'GET /api/v1/enrolments/:id/referral': ofEnrolment,
  'POST /api/v1/enrolments/:id/referral': { ...ofEnrolment, sends: 'EditReferral', ok: 204 },
  'GET /api/v1/enrolments/:id/steps': ofEnrolment,
  'POST /api/v1/enrolments/:id/steps': { ...ofEnrolment, sends: 'TakeStep', ok: 422 },
  'POST /api/v1/enrolments/:id/annulments': { ...ofEnrolment, sends: 'AnnulStep', ok: 409 },
  'POST /api/v1/enrolments/:id/pause': { ...ofEnrolment, sends: 'Pause', ok: 204 },
  'POST /api/v1/enrolments/:id/resumption': { ...ofEnrolment, sends: 'VersionOnly', ok: 409 },
  'GET /api/v1/enrolments/:id/protocol': { on: 'enrolment', may: manager },
  'POST /api/v1/enrolments/:id/protocol': { on: 'enrolment', may: manager, sends: 'MoveVersion', ok: [204, 409, 422] },

  // Employment advice
  'GET /participants/:id/applications': ofPerson,
  'GET /participants/:id/applications/export': ofPerson,
  'GET /participants/:id/applications/new': ofPerson,
  'POST /participants/:id/applications/new': { ...ofPerson, sends: 'ApplicationGiven', ok: 303 },
  'GET /participants/:id/applications/:application': ofPerson,
  'POST /participants/:id/applications/:application': { ...ofPerson, sends: 'EditApplication', ok: 303 },
  'GET /api/v1/participants/:id/applications': ofPerson,
  'POST /api/v1/participants/:id/applications': { ...ofPerson, sends: 'ApplicationGiven', ok: 201 },
  'GET /api/v1/participants/:id/applications/:application': ofPerson,
  'PUT /api/v1/participants/:id/applications/:application': { ...ofPerson, sends: 'EditApplication' },
  'GET /participants/:id/benefits-advice': ofPerson,
  'POST /participants/:id/benefits-advice': { ...ofPerson, sends: 'AdviseBenefits', ok: 303 },
  'GET /api/v1/participants/:id/benefits-advice': ofPerson,
  'POST /api/v1/participants/:id/benefits-advice': { ...ofPerson, sends: 'AdviseBenefits', ok: 201 },
  'GET /participants/:id/enrolments/:enrolment/agreed-steps': { ...ofPerson, query: '?to=standby' },
  'POST /participants/:id/enrolments/:enrolment/agreed-steps': { ...ofPerson, sends: 'AnswerStep', ok: 303 },
  'GET /api/v1/participants/:id/enrolments/:enrolment/agreed-steps': ofPerson,
  'POST /api/v1/participants/:id/enrolments/:enrolment/agreed-steps': { ...ofPerson, sends: 'AnswerStep', ok: 201 },

  // Jobs
  'GET /participants/:id/placements/new': ofPerson,
  'POST /participants/:id/placements/new': { ...ofPerson, sends: 'PlanPlacement', ok: 303 },
  'POST /participants/:id/placements/find': { ...ofPerson, sends: 'FindEmployer' },
  'GET /participants/:id/placements/find': { ...ofPerson, ok: 303 },
  'GET /participants/:id/placements/:placement': ofPerson,
  'GET /participants/:id/placements/:placement/start': ofPerson,
  'POST /participants/:id/placements/:placement/start': { ...ofPerson, sends: 'StartPlacement', ok: 303 },
  'GET /participants/:id/placements/:placement/first-day': ofPerson,
  'POST /participants/:id/placements/:placement/first-day': { ...ofPerson, sends: 'CorrectFirstDay', ok: 409 }, // it has not begun
  'GET /participants/:id/placements/:placement/never-started': ofPerson,
  'POST /participants/:id/placements/:placement/never-started': { ...ofPerson, sends: 'NeverStarted', ok: 303 },
  'GET /participants/:id/placements/:placement/change': ofPerson,
  'POST /participants/:id/placements/:placement/change': { ...ofPerson, sends: 'ChangePlacement', ok: 303 },
  'GET /participants/:id/placements/:placement/end': ofPerson,
  'POST /participants/:id/placements/:placement/end': { ...ofPerson, sends: 'EndPlacement', ok: 409 }, // it has not begun
  'GET /participants/:id/placements/:placement/reopen': ofPerson,
  'POST /participants/:id/placements/:placement/reopen': { ...ofPerson, sends: 'TakeBack', ok: 409 }, // it has no end
  'GET /participants/:id/placements/:placement/annul': ofPerson,
  'POST /participants/:id/placements/:placement/annul': { ...ofPerson, sends: 'TakeBack', ok: 303 },
  'GET /participants/:id/placements/:placement/evidence': ofPerson,
  'POST /participants/:id/placements/:placement/evidence': { ...ofPerson, sends: 'AddEvidence', ok: 303 },
  'GET /participants/:id/placements/:placement/documents/:payslip': ofPerson,
  'GET /api/v1/participants/:id/placements': ofPerson,
  'POST /api/v1/participants/:id/placements': { ...ofPerson, sends: 'PlanPlacement', ok: 201 },
  'GET /api/v1/participants/:id/placements/:placement': ofPerson,
  'POST /api/v1/participants/:id/placements/:placement/start': { ...ofPerson, sends: 'StartPlacement' },
  'POST /api/v1/participants/:id/placements/:placement/first-day': { ...ofPerson, sends: 'CorrectFirstDay', ok: 409 },
  'POST /api/v1/participants/:id/placements/:placement/never-started': { ...ofPerson, sends: 'NeverStarted' },
  'POST /api/v1/participants/:id/placements/:placement/changes': { ...ofPerson, sends: 'ChangePlacement' },
  'POST /api/v1/participants/:id/placements/:placement/end': { ...ofPerson, sends: 'EndPlacement', ok: 409 },
  'POST /api/v1/participants/:id/placements/:placement/reopen': { ...ofPerson, sends: 'TakeBack', ok: 409 },
  'POST /api/v1/participants/:id/placements/:placement/annul': { ...ofPerson, sends: 'TakeBack' },
  'POST /api/v1/participants/:id/placements/:placement/evidence': { ...ofPerson, sends: 'AddEvidence' },
  'GET /api/v1/participants/:id/placements/:placement/documents/:payslip': ofPerson,

  // Needs at work, in the worker's words
  'GET /participants/:id/needs': ofPerson,
  'GET /participants/:id/needs/new': ofPerson,
  'POST /participants/:id/needs': { ...ofPerson, sends: 'RaiseNeed', ok: 303 },
  'POST /participants/:id/needs/none-known': { ...ofPerson, sends: 'NoneKnown', ok: [303, 422] }, // 422: a need is open
  'GET /participants/:id/needs/:need': ofPerson,
  'GET /participants/:id/needs/:need/edit': ofPerson,
  'POST /participants/:id/needs/:need/edit': { ...ofPerson, sends: 'EditNeed', ok: 303 },
  'POST /participants/:id/needs/:need/settle': { ...ofPerson, sends: 'SettleNeed', ok: 303 },
  'GET /api/v1/participants/:id/needs': ofPerson,
  'POST /api/v1/participants/:id/needs': { ...ofPerson, sends: 'RaiseNeed', ok: 201 },
  'POST /api/v1/participants/:id/needs/none-known': { ...ofPerson, sends: 'NoneKnown', ok: [200, 422] },
  'GET /api/v1/participants/:id/needs/:need': ofPerson,
  'PUT /api/v1/participants/:id/needs/:need': { ...ofPerson, sends: 'EditNeed' },
  'POST /api/v1/participants/:id/needs/:need/settle': { ...ofPerson, sends: 'SettleNeed' },

  // Jobs with what follows them, and milestones
  'GET /participants/:id/job': ofPerson,
  'GET /participants/:id/milestones/:milestone': ofPerson,
  'POST /participants/:id/milestones/:milestone': { ...ofPerson, sends: 'AnswerMilestone', ok: 303 },
  'GET /participants/:id/milestones/:milestone/attempts': ofPerson,
  'POST /participants/:id/milestones/:milestone/attempts': { ...ofPerson, sends: 'TryMilestone', ok: 303 },
  'GET /participants/:id/milestones/:milestone/papers/:proof': ofPerson,
  'GET /api/v1/participants/:id/milestones/:milestone/papers/:proof': ofPerson,
  'GET /api/v1/participants/:id/milestones': ofPerson,
  'GET /api/v1/participants/:id/milestones/:milestone': ofPerson,
  'POST /api/v1/participants/:id/milestones/:milestone/answers': { ...ofPerson, sends: 'AnswerMilestone' },
  'POST /api/v1/participants/:id/milestones/:milestone/attempts': { ...ofPerson, sends: 'TryMilestone' },

  // The vocational profile, plans, natural supports and agreements of a person
  'GET /participants/:id/plan': ofPerson,
  'GET /participants/:id/vocational-profile': { ...ofPerson, query: '?section=work-wanted' },
  'POST /participants/:id/vocational-profile': { ...ofPerson, sends: 'WriteSection', ok: 303 },
  'GET /api/v1/participants/:id/vocational-profile': ofPerson,
  'PUT /api/v1/participants/:id/vocational-profile': { ...ofPerson, sends: 'WriteSection' },
  'GET /participants/:id/plans/new': ofPerson,
  'POST /participants/:id/plans': { ...ofPerson, sends: 'OpenPlan', ok: 422 }, // the pathway is nobody's; opened in journeys
  'GET /api/v1/participants/:id/plans': ofPerson,
  'POST /api/v1/participants/:id/plans': { ...ofPerson, sends: 'OpenPlan', ok: 422 },
  'GET /participants/:id/plans/:plan': ofPerson,
  'GET /api/v1/participants/:id/plans/:plan': ofPerson,
  'GET /participants/:id/plans/:plan/edit': ofPerson,
  'POST /participants/:id/plans/:plan': { ...ofPerson, sends: 'EditPlan', ok: 303 },
  'PUT /api/v1/participants/:id/plans/:plan': { ...ofPerson, sends: 'EditPlan' },
  'GET /participants/:id/plans/:plan/goals/new': ofPerson,
  'POST /participants/:id/plans/:plan/goals': { ...ofPerson, sends: 'AddGoal', ok: 303 },
  'POST /api/v1/participants/:id/plans/:plan/goals': { ...ofPerson, sends: 'AddGoal', ok: 201 },
  'GET /participants/:id/plans/:plan/goals/:goal': ofPerson,
  'POST /participants/:id/plans/:plan/goals/:goal': { ...ofPerson, sends: 'EditGoal', ok: 303 },
  'PUT /api/v1/participants/:id/plans/:plan/goals/:goal': { ...ofPerson, sends: 'EditGoal' },
  'GET /participants/:id/plans/:plan/actions/new': ofPerson,
  'POST /participants/:id/plans/:plan/actions': { ...ofPerson, sends: 'AddAction', ok: 303 },
  'POST /api/v1/participants/:id/plans/:plan/actions': { ...ofPerson, sends: 'AddAction', ok: 201 },
  'GET /participants/:id/plans/:plan/actions/:action': ofPerson,
  'POST /participants/:id/plans/:plan/actions/:action': { ...ofPerson, sends: 'EditAction', ok: 303 },
  'PUT /api/v1/participants/:id/plans/:plan/actions/:action': { ...ofPerson, sends: 'EditAction' },
  'POST /participants/:id/plans/:plan/actions/:action/done': { ...ofPerson, sends: 'VersionOnly', ok: 303 },
  'POST /api/v1/participants/:id/plans/:plan/actions/:action/done': { ...ofPerson, sends: 'VersionOnly' },
  'GET /participants/:id/plans/:plan/agreement': ofPerson,
  // 409: nobody says yes to a plan without goals, and nobody validates what is not agreed.
  'POST /participants/:id/plans/:plan/agreement': { ...ofPerson, sends: 'AgreePlan', ok: [303, 409] },
  'POST /api/v1/participants/:id/plans/:plan/agreement': { ...ofPerson, sends: 'AgreePlan', ok: [200, 409] },
  'GET /participants/:id/plans/:plan/validation': ofPerson,
  'POST /participants/:id/plans/:plan/validation': { ...ofPerson, sends: 'ValidatePlan', ok: 409 },
  'POST /api/v1/participants/:id/plans/:plan/validation': { ...ofPerson, sends: 'ValidatePlan', ok: 409 },
  'GET /participants/:id/plans/:plan/closing': ofPerson,
  'POST /participants/:id/plans/:plan/closing': { ...ofPerson, sends: 'ClosePlan', ok: 303 },
  'POST /api/v1/participants/:id/plans/:plan/closing': { ...ofPerson, sends: 'ClosePlan' },
  'GET /participants/:id/supports/new': ofPerson,
  'POST /participants/:id/supports': { ...ofPerson, sends: 'NameSupport', ok: 422 }, // likewise
  'GET /api/v1/participants/:id/supports': ofPerson,
  'POST /api/v1/participants/:id/supports': { ...ofPerson, sends: 'NameSupport', ok: 422 },
  'GET /participants/:id/supports/:support': ofPerson,
  'POST /participants/:id/supports/:support': { ...ofPerson, sends: 'EditSupport', ok: 303 },
  'PUT /api/v1/participants/:id/supports/:support': { ...ofPerson, sends: 'EditSupport' },
  'GET /participants/:id/agreements/new': ofPerson,
  'POST /participants/:id/agreements': { ...ofPerson, sends: 'OpenAgreement', ok: 422 }, // the pathway is nobody's
  'GET /api/v1/participants/:id/agreements': ofPerson,
  'POST /api/v1/participants/:id/agreements': { ...ofPerson, sends: 'OpenAgreement', ok: 422 },
  'GET /participants/:id/agreements/:agreement': ofPerson,
  'GET /api/v1/participants/:id/agreements/:agreement': ofPerson,
  'GET /participants/:id/agreements/:agreement/edit': ofPerson,
  'POST /participants/:id/agreements/:agreement': { ...ofPerson, sends: 'EditAgreement', ok: 303 },
  'PUT /api/v1/participants/:id/agreements/:agreement': { ...ofPerson, sends: 'EditAgreement' },
  'GET /participants/:id/agreements/:agreement/signatures/new': { ...ofPerson, query: '?party=participant' },
  'POST /participants/:id/agreements/:agreement/signatures': { ...ofPerson, sends: 'Sign', ok: 303 },
  'POST /api/v1/participants/:id/agreements/:agreement/signatures': { ...ofPerson, sends: 'Sign', ok: 201 },
  'GET /participants/:id/agreements/:agreement/end': ofPerson,
  'POST /participants/:id/agreements/:agreement/end': { ...ofPerson, sends: 'EndAgreement', ok: 303 },
  'POST /api/v1/participants/:id/agreements/:agreement/end': { ...ofPerson, sends: 'EndAgreement' },
  'GET /participants/:id/agreements/:agreement/documents/new': ofPerson,
  'POST /participants/:id/agreements/:agreement/documents': { ...ofPerson, sends: 'AttachPaper', ok: 422 }, // without a file
  'POST /api/v1/participants/:id/agreements/:agreement/documents': { ...ofPerson, sends: 'AttachPaper', ok: 422 },
  'GET /participants/:id/agreements/:agreement/documents/:paper': ofPerson,
  'GET /api/v1/participants/:id/agreements/:agreement/documents/:paper': ofPerson,
  'GET /participants/:id/agreements/:agreement/documents/:paper/remove': ofPerson,
  'POST /participants/:id/agreements/:agreement/documents/:paper/remove': { ...ofPerson, sends: 'RemovePaper', ok: 303 },
  'POST /api/v1/participants/:id/agreements/:agreement/documents/:paper/remove': { ...ofPerson, sends: 'RemovePaper' },

  // Activities and what comes next
  // Registers: the manager's, who answers for all the people of the service
  'GET /imports': { may: manager },
  'POST /imports': { may: manager, sends: 'VersionOnly', ok: 422 }, // no file; sent with one in journeys
  'GET /imports/:id': { on: 'import', may: manager, ok: [200, 303] },
  'GET /imports/:id/columns': { on: 'import', may: manager },
  'POST /imports/:id/columns': { on: 'import', may: manager, sends: 'ChooseColumns', ok: 303 },
  'GET /imports/:id/reading': { on: 'import', may: manager },
  'POST /imports/:id/reading': { on: 'import', may: manager, sends: 'ChooseReading', ok: 303 },
  'GET /imports/:id/export': { on: 'import', may: manager },
  'POST /imports/:id/commit': { on: 'import', may: manager, sends: 'VersionOnly', ok: 409 }, // nobody has said how it is read
  'POST /imports/:id/discard': { on: 'import', may: manager, sends: 'VersionOnly', ok: 303 },
  'GET /api/v1/imports': { may: manager },
  'POST /api/v1/imports': { may: manager, sends: 'VersionOnly', ok: 422 },
  'GET /api/v1/imports/:id': { on: 'import', may: manager },
  'GET /api/v1/imports/:id/rows': { on: 'import', may: manager },
  'PUT /api/v1/imports/:id/columns': { on: 'import', may: manager, sends: 'ChooseColumns' },
  'PUT /api/v1/imports/:id/reading': { on: 'import', may: manager, sends: 'ChooseReading' },
  'POST /api/v1/imports/:id/commit': { on: 'import', may: manager, sends: 'VersionOnly', ok: 409 },
  'POST /api/v1/imports/:id/discard': { on: 'import', may: manager, sends: 'VersionOnly', ok: 204 },

  // What may be known of a person at work
  'GET /participants/:id/disclosure': ofPerson,
  'GET /participants/:id/disclosure/new': ofPerson,
  'POST /participants/:id/disclosure': { ...ofPerson, sends: 'DecideDisclosure', ok: 303 },
  'POST /participants/:id/disclosure/items/:item/revoke': { ...ofPerson, sends: 'RevokeItem', ok: 303 },
  'POST /participants/:id/disclosure/sheets/:sheet/end': { ...ofPerson, sends: 'EndSheet', ok: 303 },
  'GET /api/v1/participants/:id/disclosure': ofPerson,
  'POST /api/v1/participants/:id/disclosure': { ...ofPerson, sends: 'DecideDisclosure', ok: 201 },
  'POST /api/v1/participants/:id/disclosure/items/:item/revoke': { ...ofPerson, sends: 'RevokeItem' },
  'POST /api/v1/participants/:id/disclosure/sheets/:sheet/end': { ...ofPerson, sends: 'EndSheet' },

  // Employers belong to the service: everybody who accompanies people in it reads and writes them
  'GET /employers': { may: casework },
  'GET /employers/export': { may: casework },
  'GET /employers/new': { may: casework },
  'POST /employers': { may: casework, sends: 'CreateEmployer', ok: 303 },
  'GET /employers/:id': ofEmployer,
  'GET /employers/:id/edit': ofEmployer,
  'POST /employers/:id/edit': { ...ofEmployer, sends: 'EditEmployer', ok: 303 },
  'POST /employers/:id/next': { ...ofEmployer, sends: 'PlanNext', ok: 303 },
  'GET /employers/:id/sites/new': ofEmployer,
  'POST /employers/:id/sites': { ...ofEmployer, sends: 'AddSite', ok: 303 },
  'GET /employers/:id/sites/:site': ofEmployer,
  'POST /employers/:id/sites/:site': { ...ofEmployer, sends: 'EditSite', ok: 303 },
  'GET /employers/:id/contacts/new': ofEmployer,
  'POST /employers/:id/contacts': { ...ofEmployer, sends: 'AddPartnerContact', ok: 303 },
  'GET /employers/:id/contacts/:contact': ofEmployer,
  'POST /employers/:id/contacts/:contact': { ...ofEmployer, sends: 'EditPartnerContact', ok: 303 },
  'GET /employers/:id/dealings/new': ofEmployer,
  'POST /employers/:id/dealings': { ...ofEmployer, sends: 'LogDealing', ok: 303 },
  'GET /employers/:id/dealings/:dealing': ofEmployer,
  'POST /employers/:id/dealings/:dealing': { ...ofEmployer, sends: 'CorrectDealing', ok: [303, 409] }, // 409: a colleague noted it
  'GET /employers/:id/dealings/:dealing/withdraw': ofEmployer,
  'POST /employers/:id/dealings/:dealing/withdraw': { ...ofEmployer, sends: 'WithdrawDealing', ok: [303, 409] },
  'GET /employers/:id/merge': { on: 'employer', may: manager },
  'POST /employers/:id/merge': { on: 'employer', may: manager, sends: 'MergeEmployer', ok: 422 }, // the other is nobody's; merged in a journey
  'GET /api/v1/employers': { may: casework },
  'POST /api/v1/employers': { may: casework, sends: 'CreateEmployer', ok: 201 },
  'GET /api/v1/employers/:id': ofEmployer,
  'PUT /api/v1/employers/:id': { ...ofEmployer, sends: 'EditEmployer' },
  'PUT /api/v1/employers/:id/next': { ...ofEmployer, sends: 'PlanNext' },
  'POST /api/v1/employers/:id/sites': { ...ofEmployer, sends: 'AddSite', ok: 201 },
  'PUT /api/v1/employers/:id/sites/:site': { ...ofEmployer, sends: 'EditSite' },
  'POST /api/v1/employers/:id/contacts': { ...ofEmployer, sends: 'AddPartnerContact', ok: 201 },
  'PUT /api/v1/employers/:id/contacts/:contact': { ...ofEmployer, sends: 'EditPartnerContact' },
  'POST /api/v1/employers/:id/dealings': { ...ofEmployer, sends: 'LogDealing', ok: 201 },
  'PUT /api/v1/employers/:id/dealings/:dealing': { ...ofEmployer, sends: 'CorrectDealing', ok: [200, 409] },
  'POST /api/v1/employers/:id/dealings/:dealing/withdraw': { ...ofEmployer, sends: 'WithdrawDealing', ok: [200, 409] },
  'GET /api/v1/employers/:id/merge': { on: 'employer', may: manager },
  'POST /api/v1/employers/:id/merge': { on: 'employer', may: manager, sends: 'MergeEmployer', ok: 422 },

  'GET /activities/new': { may: casework },
  'POST /activities/new': { may: casework, sends: 'LogContact', ok: 303 },
  'GET /activities/further': { may: casework, ok: 303 },
  'GET /activities/find': { may: casework, ok: 303 },
  'POST /activities/further': { may: casework, sends: 'ContactSoFar', ok: 200 },
  'POST /activities/find': { may: casework, sends: 'FindPeople', ok: 200 },
  'GET /api/v1/activities': { may: casework, ok: 422 }, // of whom is needed; asked with a person in journeys
  'POST /api/v1/activities': { may: casework, sends: 'LogContact', ok: 201 },
  'GET /activities/:id': { on: 'activity', may: casework },
  'GET /api/v1/activities/:id': { on: 'activity', may: casework },
  // Only who noted a contact corrects it.
  'PUT /api/v1/activities/:id': { on: 'activity', may: casework, sends: 'CorrectContact', ok: { coach: 200, manager: 409 } },
  'GET /activities/:id/correct': { on: 'activity', may: casework },
  'POST /activities/:id/correct': { on: 'activity', may: casework, sends: 'CorrectContact', ok: { coach: 303, manager: 409 } },
  'GET /activities/:id/withdraw': { on: 'activity', may: casework },
  'POST /activities/:id/withdraw': { on: 'activity', may: casework, sends: 'WithdrawContact', ok: 303 },
  'POST /api/v1/activities/:id/withdraw': { on: 'activity', may: casework, sends: 'WithdrawContact' },
  'GET /api/v1/agenda': { may: casework, ok: 422 }, // likewise
  'GET /api/v1/agenda/:id': { on: 'agenda', may: casework },
  'GET /agenda/:id/postpone': { on: 'agenda', may: casework },
  'POST /agenda/:id/postpone': { on: 'agenda', may: casework, sends: 'Postpone', ok: 303 },
  'POST /api/v1/agenda/:id/postpone': { on: 'agenda', may: casework, sends: 'Postpone' },
  'POST /agenda/:id/done': { on: 'agenda', may: casework, sends: 'VersionOnly', ok: [303, 409] },
  'POST /api/v1/agenda/:id/done': { on: 'agenda', may: casework, sends: 'VersionOnly', ok: [200, 409] },
  'POST /agenda/:id/reopen': { on: 'agenda', may: casework, sends: 'VersionOnly', ok: 409 }, // it is open
  'POST /api/v1/agenda/:id/reopen': { on: 'agenda', may: casework, sends: 'VersionOnly', ok: 409 },

  // The screens that gather
  'GET /today': { may: casework },
  'GET /api/v1/today': { may: casework },
  // Reports
  'GET /reports': { may: casework },
  'GET /reports/pathways': { may: casework },
  'GET /reports/pathways/export': { may: casework },
  'GET /reports/pathways/cases': { may: casework, query: '?figure=admissions' },
  'GET /reports/retention': { may: casework },
  'GET /reports/retention/export': { may: casework },
  'GET /reports/retention/chart.svg': { may: casework },
  'GET /reports/retention/chart-narrow.svg': { may: casework },
  'GET /reports/retention/cases': { may: casework, query: '?month=6&standing=retained' },
  'GET /api/v1/reports/pathways': { may: casework },
  'GET /api/v1/reports/pathways/cases': { may: casework, query: '?figure=admissions' },
  'GET /api/v1/reports/retention': { may: casework },
  'GET /api/v1/reports/retention/cases': { may: casework, query: '?month=6&standing=retained' },

  'GET /caseload': { may: casework },
  'GET /caseload/export': { may: casework },
  'GET /caseload/views': { may: casework, ok: 303 },
  'GET /api/v1/caseload': { may: casework },
  'GET /api/v1/caseload/summary': { may: casework },
  'GET /api/v1/caseload/views': { may: casework },
  'POST /caseload/views': { may: casework, sends: 'KeepView', ok: 303 },
  'POST /api/v1/caseload/views': { may: casework, sends: 'KeepView', ok: 201 },
  'GET /api/v1/caseload/views/:id': { on: 'view', may: { coach: 'own', manager: 'own' } },
  'POST /caseload/views/:id/delete': { on: 'view', may: { coach: 'own', manager: 'own' }, ok: 303 },
  'DELETE /api/v1/caseload/views/:id': { on: 'view', may: { coach: 'own', manager: 'own' }, ok: 204 },
  'GET /caseload/hand-over': { may: manager },
  // 422: the one person stays, so that nobody is left to hand over.
  'POST /caseload/hand-over': { may: manager, sends: 'HandOverMany', ok: 422 },
  'POST /api/v1/caseload/hand-over': { may: manager, sends: 'HandOverMany', ok: 422 },
  'GET /team': { may: manager },
  'GET /api/v1/team': { may: manager },
  'GET /search': { may: casework },
  'POST /search': { may: casework, sends: 'FindPeople', ok: 200 },
  'GET /participants/:id': ofPerson,
  'GET /api/v1/participants/:id/timeline': ofPerson,
};

/** Open to everybody. What they show is tried by test/house/routes.spec.ts. */
export const OPEN = [
  'GET /', 'GET /accessibility', 'GET /healthz', 'GET /help', 'GET /menu', 'GET /privacy', 'GET /readyz', 'GET /sign-in', 'GET /welcome/:token', 'POST /sign-in', 'POST /welcome/:token',
];
