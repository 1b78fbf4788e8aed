import { addDays, dayOf, daysBetween, type Day } from '../../platform/days';
import { dueOn, fits, MONTHS, replan, standingOf, supportContacts, untilOf, wantedOf, type Enrolled, type Job, type Kept, type Planned, type Replanned } from './calendar';

const job = (firstDayOn: Day | null, more: Partial<Job> = {}): Job => ({ id: 'j', firstDayOn, state: 'running', ...more });
const enrolled = (admittedOn: Day | null, more: Partial<Enrolled> = {}): Enrolled => ({ id: 'e', admittedOn, closedOn: null, closeReason: null, ...more });
let made = 0;
function applied(kept: readonly Kept[], { add, change, cancel }: Replanned): Kept[] {
  const changed = new Map(change.map((one) => [one.id, one.to]));
  return [
    ...kept.map((one) => ({ ...one, ...changed.get(one.id), cancelled: changed.has(one.id) ? false : one.cancelled || cancel.includes(one.id) })),
    ...add.map((one) => ({ ...one, id: String(made += 1), cancelled: false })),
  ];
}
const standing = (kept: readonly Kept[]): Planned[] => kept.filter((one) => !one.cancelled).map(({ placementId, enrolmentId, anchor, anchoredOn, month, dueOn: due }) => ({ placementId, enrolmentId, anchor, anchoredOn, month, dueOn: due }));
/** Every day of four years, with a leap day and every end of a month. */
const days = Array.from({ length: 1461 }, (_, n) => addDays('2023-01-01', n));

describe('the calendar of a job', () => {
  it('counts months by the calendar, clamped to the end of a shorter one, each from the first day', () => {
    expect(MONTHS.map((month) => dueOn('first-day', '2024-01-31', month))).toEqual(['2024-02-29', '2024-04-30', '2024-07-31', '2024-10-31', '2025-01-31', '2025-07-31', '2026-01-31', '2027-01-31']);
    expect(dueOn('first-day', '2024-02-29', 12)).toBe('2025-02-28');
    expect(dueOn('exit', '2026-01-31', 0)).toBe('2026-02-28');
  });

  it('misses no milestone, has none twice and none before its day, whatever the first day', () => {
    for (const first of days) {
      const wanted = wantedOf([job(first)], []);
      expect(wanted.map((one) => one.month)).toEqual([...MONTHS]);
      expect(new Set(wanted.map((one) => one.dueOn)).size).toBe(MONTHS.length);
      for (const one of wanted) {
        expect(one.dueOn > first).toBe(true);
        // The same day of the month, or the last of a shorter one.
        expect(one.dueOn.slice(8) === first.slice(8) || (one.dueOn.slice(8) < first.slice(8) && addDays(one.dueOn, 1).slice(8) === '01')).toBe(true);
        expect((Number(one.dueOn.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(one.dueOn.slice(5, 7)) - Number(first.slice(5, 7))).toBe(one.month);
      }
    }
  });

  it.each(['Europe/Paris', 'America/Lima', 'Africa/Bamako', 'Pacific/Auckland'])('is asked from the first to the last hour of its day in %s, and never before', (zone) => {
    const due = dueOn('first-day', '2026-02-28', 1);
    const seen = new Set<string>();
    for (let hour = 0; hour < 24 * 6; hour += 1) {
      const today = dayOf(new Date(Date.UTC(2026, 2, 25, hour)), zone);
      const now = standingOf({ dueOn: due, cancelled: false, status: null, endedOn: null, calls: 'yes' }, today);
      expect(now).toBe(today < due ? 'not-yet-due' : 'due');
      seen.add(now);
    }
    expect(seen).toEqual(new Set(['not-yet-due', 'due']));
  });

  it('begins at the admission for who was in work before it, and is empty for a job that never was', () => {
    expect(wantedOf([job('2025-05-10')], [enrolled('2026-01-31')]).slice(0, 2)).toEqual([
      { placementId: 'j', enrolmentId: null, anchor: 'admission', anchoredOn: '2026-01-31', month: 1, dueOn: '2026-02-28' },
      { placementId: 'j', enrolmentId: null, anchor: 'admission', anchoredOn: '2026-01-31', month: 3, dueOn: '2026-04-30' },
    ]);
    expect(wantedOf([job('2026-02-01')], [enrolled('2026-01-31')])[0]!.anchor).toBe('first-day');
    expect(wantedOf([job(null), job('2026-02-01', { state: 'annulled' })], [])).toEqual([]);
  });

  it('goes on after the last exit at day 28 and month 6; not of the dead, nor of who goes on in another support', () => {
    const closed = enrolled('2026-01-05', { closedOn: '2026-03-31', closeReason: 'moved' });
    expect(wantedOf([], [closed]).map(({ month, dueOn: due }) => [month, due])).toEqual([[0, '2026-04-28'], [6, '2026-09-30']]);
    expect(wantedOf([], [{ ...closed, closeReason: 'deceased' }])).toEqual([]);
    expect(wantedOf([], [closed, enrolled('2026-03-01', { id: 'f' })])).toEqual([]);
    expect(wantedOf([], [closed, enrolled('2026-03-01', { id: 'f', closedOn: '2026-03-31' })])).toHaveLength(2);
    expect(wantedOf([], [enrolled(null, { closedOn: '2026-03-31' })])).toEqual([]);
  });

  it('planned anew is what is wanted, keeps every row, and then has nothing to do', () => {
    for (let n = 0; n < days.length; n += 7) {
      let kept: Kept[] = [];
      for (const jobs of [[job(days[n]!)], [job(days[(n * 13) % days.length]!)], [], [job(days[n]!), job('2026-01-01', { id: 'k' })], [job(days[n]!, { state: 'annulled' })]]) {
        const wanted = wantedOf(jobs, [enrolled('2023-06-30')]);
        const before = new Set(kept.map((one) => one.id));
        kept = applied(kept, replan(kept, wanted));
        for (const id of before) expect(kept.some((one) => one.id === id)).toBe(true);
        const order = (a: Planned, b: Planned): number => `${a.placementId} ${a.dueOn}`.localeCompare(`${b.placementId} ${b.dueOn}`);
        expect(standing(kept).sort(order)).toEqual([...wanted].sort(order));
        expect(replan(kept, wanted)).toEqual({ add: [], change: [], cancel: [] });
      }
    }
  });

  it('keeps an answer that is about the new day as well, and lets no earlier one count', () => {
    const answer = { aboutOn: '2026-03-31', answeredOn: '2026-04-02' };
    expect(fits(answer, '2026-03-31')).toBe(true);
    expect(fits(answer, '2026-03-28')).toBe(true);
    expect(fits(answer, '2026-04-01')).toBe(false);
    expect(fits(answer, addDays('2026-03-31', -29))).toBe(false);
    for (const due of days) expect(fits({ aboutOn: due, answeredOn: addDays(due, -1) }, due)).toBe(false);
  });

  it('asks for a contact in each of the first three weeks', () => {
    expect(supportContacts('2026-02-23')).toEqual([
      { week: 1, fromOn: '2026-02-23', dueOn: '2026-03-02' }, { week: 2, fromOn: '2026-03-02', dueOn: '2026-03-09' }, { week: 3, fromOn: '2026-03-09', dueOn: '2026-03-16' },
    ]);
  });
});

describe('how a milestone stands', () => {
  const given = { dueOn: '2026-03-31', cancelled: false, status: null, endedOn: null, calls: 'yes' as const };

  it('is due for 28 days, then late; an answer, an end before it or a no say so', () => {
    expect(daysBetween('2026-03-31', untilOf('2026-03-31'))).toBe(28);
    expect([['2026-03-30'], ['2026-03-31'], ['2026-04-28'], ['2026-04-29']].map(([today]) => standingOf(given, today!))).toEqual(['not-yet-due', 'due', 'due', 'late']);
    expect(standingOf({ ...given, status: 'not-in-work' }, '2026-05-01')).toBe('answered');
    expect(standingOf({ ...given, status: 'unknown' }, '2026-05-01')).toBe('unknown');
    expect(standingOf({ ...given, endedOn: '2026-03-30' }, '2026-05-01')).toBe('job-ended');
    expect(standingOf({ ...given, endedOn: '2026-03-31' }, '2026-05-01')).toBe('late');
    expect(standingOf({ ...given, calls: 'refused' }, '2026-05-01')).toBe('refused');
    expect(standingOf({ ...given, calls: 'not-answered' }, '2026-05-01')).toBe('not-asked');
    expect(standingOf({ ...given, cancelled: true }, '2026-05-01')).toBe('cancelled');
  });
});
