import { canBeAsked, tellsOn, workFact, type AskedOfWork } from './first-day-facts';
import type { PlacementView } from './placements.dto';

const subject = { participantId: 'p', admittedOn: '2026-03-01', stageSince: '2026-03-10' };
const asked = (more: Partial<AskedOfWork>): AskedOfWork => ({ evidence: 1, leastLevel: 'coach', running: null, begun: null, ...more });
const job = (firstDayOn: string | null, lastDayOn: string | null = null, more: Partial<PlacementView> = {}): PlacementView => ({
  id: firstDayOn ?? 'planned', state: firstDayOn === null ? 'planned' : lastDayOn ? 'ended' : 'running', firstDayOn, end: lastDayOn && { lastDayOn }, evidence: [{ about: 'first-day', level: 'worker' }], ...more,
} as unknown as PlacementView);

describe('a first day worked', () => {
  it('is missing without a job, and sends to the one that is planned', () => {
    expect(workFact([], asked({}), subject, '2026-03-20')).toMatchObject({ have: 0, where: '/participants/p/placements/new', missing: [{ code: 'no-first-day' }] });
    expect(workFact([job(null)], asked({}), subject, '2026-03-20')).toMatchObject({ have: 0, where: '/participants/p/placements/planned/start' });
  });

  it.each<[AskedOfWork['begun'], string, boolean]>([
    ['since-admission', '2026-02-28', false], ['since-admission', '2026-03-01', true], ['since-admission', '2026-03-12', true],
    ['before-admission', '2026-02-28', true], ['before-admission', '2026-03-01', false],
    ['since-stage', '2026-03-09', false], ['since-stage', '2026-03-10', true], [null, '2025-01-01', true],
  ])('that is to be %s: a running job from %s counts: %s', (begun, firstDayOn, counts) => {
    expect(workFact([job(firstDayOn)], asked({ begun }), subject, '2026-03-20').have).toBe(counts ? 1 : 0);
  });

  it('says which job is missing where one from before the support is asked for', () => {
    expect(workFact([job('2026-03-12')], asked({ begun: 'before-admission', running: true }), subject, '2026-03-20').missing).toEqual([{ code: 'no-first-day', words: 'placements.missing.jobBefore' }]);
  });

  it('counts of a short job since the stage began, and of an older one only while it lasts', () => {
    expect(workFact([job('2026-03-12', '2026-03-14')], asked({}), subject, '2026-03-20').have).toBe(1);
    expect(workFact([job('2026-03-12', '2026-03-14')], asked({ running: true }), subject, '2026-03-20').have).toBe(0);
    expect(workFact([job('2026-03-02', '2026-03-14')], asked({}), subject, '2026-03-20').have).toBe(0);
  });

  it('does not count without evidence of the level asked for, nor where it was entered in error', () => {
    expect(workFact([job('2026-03-12')], asked({ leastLevel: 'document' }), subject, '2026-03-20')).toMatchObject({ have: 0, missing: [{ code: 'no-evidence' }] });
    expect(workFact([job('2026-03-12', null, { state: 'annulled' })], asked({}), subject, '2026-03-20').have).toBe(0);
  });
});

it('is met once no job is left, from the last day worked of the last one', () => {
  const none = asked({ evidence: 0, running: false });
  expect(workFact([job('2026-01-01', '2026-03-12'), job('2026-02-01')], none, subject, '2026-03-20')).toMatchObject({ have: 0, where: '/participants/p/placements/2026-02-01/end' });
  expect(workFact([job('2026-01-01', '2026-03-12'), job('2026-02-01', '2026-03-18')], none, subject, '2026-03-20')).toMatchObject({ have: 1, metOn: '2026-03-18' });
});

it('is asked only what can be answered', () => {
  expect(canBeAsked({ running: true, begun: 'since-stage' })).toBe(true);
  expect(canBeAsked({ begun: 'some-day' })).toBe(false);
  expect(canBeAsked({ running: false, evidence: 1 })).toBe(false);
});

it('tells the day after the last one worked, never before the last step and never ahead', () => {
  expect([tellsOn('2026-03-12', '2026-03-10', '2026-03-20'), tellsOn('2026-03-12', '2026-03-15', '2026-03-20'), tellsOn('2026-03-20', '2026-03-10', '2026-03-20')]).toEqual(['2026-03-13', '2026-03-15', '2026-03-20']);
});
