import { ROLES } from '../../platform/access/actor';
import { allows, RIGHTS } from './rights';

const OWN = ['session.own', 'password.own', 'membership.own'];
const WAITING = ['team', 'cashier', 'employer', 'participant', 'reviewer', 'complaints', 'funder'] as const;

describe('the table of rights', () => {
  it('names each right noun.verb and gives it to somebody', () => {
    for (const [right, roles] of Object.entries(RIGHTS)) {
      expect(right).toMatch(/^[a-z-]+\.[a-z-]+$/);
      expect(roles.length).toBeGreaterThan(0);
      expect(roles.every((role) => ROLES.includes(role))).toBe(true);
    }
  });

  it('refuses everything but the own account to roles whose work has not come', () => {
    for (const role of WAITING) expect(Object.keys(RIGHTS).filter((right) => allows(role, right))).toEqual(OWN);
  });

  it('keeps the administrator from people, and everybody else from accounts and the log', () => {
    const people = Object.keys(RIGHTS).filter((right) => /^(participant|caseload|enrolment|referral|step|activity|agenda|today|team)\./.test(right));
    expect(people.filter((right) => allows('administrator', right))).toEqual([]);
    const platform = Object.keys(RIGHTS).filter((right) => /^(user|programme|audit)\./.test(right));
    for (const role of ROLES.filter((one) => one !== 'administrator')) expect(platform.filter((right) => allows(role, right))).toEqual([]);
  });

  it.each(['link', 'system', 'anonymous'] as const)('gives nothing to %s', (role) => expect(Object.keys(RIGHTS).filter((right) => allows(role, right))).toEqual([]));

  it('gives a right that it does not know to nobody', () => {
    for (const right of ['', 'toString', '__proto__', 'constructor', 'user.delete']) expect(allows('administrator', right)).toBe(false);
  });
});
