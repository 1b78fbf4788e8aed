import { ROLES, type MembershipRole, type Role } from '../../platform/access/actor';

const coach: MembershipRole = 'coach';
const manager: MembershipRole = 'manager';
const officer: MembershipRole = 'officer';
const editor: MembershipRole = 'editor';
const administrator: MembershipRole = 'administrator';
/** Whoever is signed in: what concerns the own account only. */
const everybody = ROLES;

/**
 * What each role may do: the one table. A right names a kind of act; on whom or on what it may be done is asked of the data afterwards.
 * The roles that no line names below "own account" (team, cashier, employer, participant, reviewer, complaints, funder) are refused everything until their work comes.
 */
export const RIGHTS: Record<string, readonly MembershipRole[]> = {
  // Own account
  'session.own': everybody,
  'password.own': everybody,
  'membership.own': everybody,
  'token.own': [coach, manager, officer, editor, administrator],

  // Administration of the platform: no participant data
  'user.read': [administrator],
  'user.edit': [administrator],
  'programme.read': [administrator],
  'programme.edit': [administrator],
  'site.read': [coach, manager],
  'audit.read': [administrator],
  'audit.export': [administrator],

  // People accompanied
  'participant.search': [coach, manager],
  'participant.create': [coach, manager],
  'participant.read': [coach, manager],
  'participant.edit': [coach, manager],
  'participant.opened': [coach, manager],

  // Caseloads
  'caseload.read': [coach, manager],
  'caseload.hand-over': [manager],
  'team.read': [manager],
  'today.read': [coach, manager],

  // Registers that bring many people at once
  'import.read': [manager],
  'import.run': [manager],

  // Pathways
  'enrolment.open': [coach, manager],
  'enrolment.read': [coach, manager],
  'enrolment.pause': [coach, manager],
  'referral.answer': [coach, manager],
  'step.take': [coach, manager],
  'step.annul': [coach, manager],
  'step.deviate': [manager],

  // Protocols: published by their editor, installed and adopted by the administrator
  'protocol.read': [coach, manager, officer, editor, administrator],
  'protocol.edit': [editor],
  'protocol.publish': [editor],
  'protocol.adopt': [administrator],

  // The vocational profile, plans, natural supports and agreements of a person
  'plan.read': [coach, manager],
  'profile.write': [coach, manager],
  'plan.write': [coach, manager],
  'plan.validate': [coach, manager],
  'agreement.write': [coach, manager],

  // Employment advice: applications, benefits advice, what the person agrees to
  'application.read': [coach, manager],
  'application.edit': [coach, manager],
  'benefits-advice.read': [coach, manager],
  'benefits-advice.record': [coach, manager],
  'agreed-step.read': [coach, manager],
  'agreed-step.record': [coach, manager],

  // Jobs, and needs at work
  'placement.read': [coach, manager],
  'placement.edit': [coach, manager],
  'need.read': [coach, manager],
  'need.edit': [coach, manager],
  'milestone.read': [coach, manager],
  'milestone.answer': [coach, manager],

  // Employers of the service; what may be known at work
  'employer.read': [coach, manager],
  'employer.edit': [coach, manager],
  'employer.merge': [manager],
  'disclosure.read': [coach, manager],
  'disclosure.decide': [coach, manager],

  // Figures over what one may see
  'report.read': [coach, manager],

  // Activities and what comes next
  'activity.read': [coach, manager],
  'activity.log': [coach, manager],
  'agenda.read': [coach, manager],
  'agenda.postpone': [coach, manager],
  'agenda.done': [coach, manager],
};

/** True when the table gives this right to this role. A right that it does not know is nobody's. */
export function allows(role: Role, right: string): boolean {
  return Object.hasOwn(RIGHTS, right) && (RIGHTS[right] as readonly Role[]).includes(role);
}
