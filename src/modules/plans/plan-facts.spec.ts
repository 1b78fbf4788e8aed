import type { PlanAction, PlanAgreement, PlanGoal, WholePlan } from './plan.entities';
import { askedOf, planCanBeMet, planFact, supportsCanBeMet, supportsFact } from './plan-facts';

const subject = { participantId: 'awa', enrolmentId: 'e', stageSince: '2026-02-01' };
const goal = (more: Partial<PlanGoal> = {}): PlanGoal => ({ addedOn: '2026-01-10', ownWords: true, droppedOn: null, reachedOn: null, ...more }) as PlanGoal;
const action = (more: Partial<PlanAction> = {}): PlanAction => ({ addedOn: '2026-01-12', droppedOn: null, doneOn: null, ...more }) as PlanAction;
const agreement = (more: Partial<PlanAgreement> = {}): PlanAgreement => ({ agreedOn: '2026-01-15', validatedOn: '2026-01-20', validatedAs: 'coach', supersededOn: null, ...more }) as PlanAgreement;
const plan = (more: Partial<Omit<WholePlan, 'plan'>> = {}, own: Partial<WholePlan['plan']> = {}): WholePlan =>
  ({ plan: { id: 'p', kind: 'action', openedOn: '2026-01-10', closedOn: null, ...own } as WholePlan['plan'], goals: [goal()], actions: [action()], agreements: [agreement()], ...more });
const ORIENTATION = askedOf({ kind: 'action', goals: 1, inOwnWords: true, datedActions: 1, agreedBy: 'participant', validatedBy: 'coach' });
const judged = (plans: WholePlan[], on = '2026-03-02', asked = ORIENTATION): ReturnType<typeof planFact> => planFact(plans, asked, subject, on);

describe('what a protocol asks of a plan', () => {
  it('is met on the day of its last part', () => {
    expect(judged([plan()])).toMatchObject({ have: 5, need: 5, metOn: '2026-01-20', missing: [], evidence: [{ id: 'p', level: 'worker' }] });
  });

  it.each([
    ['no plan', [], ['opened', 'own-goals', 'actions', 'agreed', 'validated'], '/participants/awa/plans/new?enrolment=e&kind=action'],
    ['another kind', [plan({}, { kind: 'search' })], ['opened', 'own-goals', 'actions', 'agreed', 'validated'], '/participants/awa/plans/new?enrolment=e&kind=action'],
    ['a goal in other words', [plan({ goals: [goal({ ownWords: false })] })], ['own-goals'], '/participants/awa/plans/p'],
    ['a goal that was dropped', [plan({ goals: [goal({ droppedOn: '2026-02-01' })] })], ['own-goals'], '/participants/awa/plans/p'],
    ['no action', [plan({ actions: [] })], ['actions'], '/participants/awa/plans/p'],
    ['goals that have changed since', [plan({ agreements: [agreement({ supersededOn: '2026-02-20' })] })], ['agreed', 'validated'], '/participants/awa/plans/p'],
    ['nobody who validated it', [plan({ agreements: [agreement({ validatedOn: null, validatedAs: null })] })], ['validated'], '/participants/awa/plans/p'],
  ])('names what is missing: %s', (_, plans, missing, where) => {
    expect(judged(plans).missing.map(({ code }) => code)).toEqual(missing);
    expect(judged(plans).where).toBe(where);
  });

  it('is judged as of its day: what came later, and what was changed since, counts for nothing then', () => {
    expect(judged([plan({ agreements: [agreement({ supersededOn: '2026-02-20' })] })], '2026-02-19')).toMatchObject({ metOn: '2026-01-20' });
    expect(judged([plan()], '2026-01-14').missing.map(({ code }) => code)).toEqual(['agreed', 'validated']);
    expect(judged([plan({}, { closedOn: '2026-02-01' })], '2026-01-31')).toMatchObject({ metOn: '2026-01-20' });
    expect(judged([plan({}, { closedOn: '2026-02-01' })])).toMatchObject({ have: 0 });
  });

  it('is no coach’s where a manager is asked for; a manager’s counts for both', () => {
    const asked = askedOf({ kind: 'action', validatedBy: 'manager' });
    expect(judged([plan()], '2026-03-02', asked).missing.map(({ code }) => code)).toEqual(['validated-by-manager']);
    expect(judged([plan({ agreements: [agreement({ validatedAs: 'manager' })] })]).metOn).toBe('2026-01-20');
  });

  it('opened, and no more, where a search begins; anew since the stage, where it says so', () => {
    expect(judged([plan({ goals: [], actions: [], agreements: [] }, { kind: 'search' })], '2026-03-02', askedOf({ kind: 'search', opened: true }))).toMatchObject({ have: 1, need: 1, metOn: '2026-01-10' });
    const fresh = askedOf({ kind: 'business', agreedBy: 'participant', since: 'stage' });
    expect(judged([plan({}, { kind: 'business' })], '2026-03-02', fresh).missing.map(({ code }) => code)).toEqual(['opened']);
    expect(judged([plan({ agreements: [agreement({ agreedOn: '2026-02-05' })] }, { kind: 'business' })], '2026-03-02', fresh).missing).toEqual([]);
  });

  it('is refused where nobody could meet it', () => {
    for (const right of [{ kind: 'search', opened: true }, { kind: 'action', goals: 1, inOwnWords: true, datedActions: 1, agreedBy: 'participant', validatedBy: 'coach' }, { kind: 'business', agreedBy: 'participant', validatedBy: 'coach', since: 'stage' }, { kind: 'financing' }])
      expect([right, planCanBeMet(right)]).toEqual([right, true]);
    for (const wrong of [{}, { kind: 'holiday' }, { kind: 'action', agreedBy: 'family' }, { kind: 'action', validatedBy: 'funder' }, { kind: 'business', of: 'group' }, { kind: 'action', goals: 0 }, { kind: 'action', goals: 21 }, { kind: 'action', opened: false }, { kind: 'action', since: 'birth' }, { kind: 'action', constructor: 1 }])
      expect([wrong, planCanBeMet(wrong)]).toEqual([wrong, false]);
  });
});

describe('natural supports', () => {
  const who = { participantId: 'awa', enrolmentId: 'e' };
  it('are named, or "none needed" where that counts', () => {
    expect(supportsFact([], true, who)).toMatchObject({ have: 0, metOn: null, missing: [{ code: 'supports' }] });
    expect(supportsFact([{ id: '1', noneNeeded: true, fromOn: '2026-02-01' }], true, who)).toMatchObject({ have: 1, metOn: '2026-02-01' });
    expect(supportsFact([{ id: '1', noneNeeded: true, fromOn: '2026-02-01' }], false, who)).toMatchObject({ have: 0, missing: [{ code: 'supports-named' }] });
    expect(supportsFact([{ id: '1', noneNeeded: false, fromOn: '2026-02-03' }, { id: '2', noneNeeded: false, fromOn: '2026-02-01' }], false, who).metOn).toBe('2026-02-01');
    expect([{ named: true, noneNeededCounts: true }, {}, { named: true }].map(supportsCanBeMet)).toEqual([true, true, true]);
    expect([{ named: false }, { noneNeededCounts: 'yes' }, { count: 2 }].map(supportsCanBeMet)).toEqual([false, false, false]);
  });
});
