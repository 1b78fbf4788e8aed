import { alertsOf } from './recognition.entity';
import { aboveCutOff } from './washington-group.entity';

describe('the alerts of a recognition', () => {
  it('come 6, 3 and 1 months before its end, by calendar and clamped, each due by the next', () => {
    expect(alertsOf({ id: 'r', state: 'granted', validUntil: '2026-08-31' })).toEqual([
      { key: 'recognition-r-6', months: 6, fromOn: '2026-02-28', dueOn: '2026-05-31' },
      { key: 'recognition-r-3', months: 3, fromOn: '2026-05-31', dueOn: '2026-07-31' },
      { key: 'recognition-r-1', months: 1, fromOn: '2026-07-31', dueOn: '2026-08-31' },
    ]);
  });
  it('are none when it has no end, or was never granted', () => {
    expect(alertsOf({ id: 'r', state: 'granted', validUntil: null })).toEqual([]);
    expect(alertsOf({ id: 'r', state: 'asked', validUntil: '2026-08-31' })).toEqual([]);
  });
});

describe('the Washington Group cut-off', () => {
  const none = { seeing: 1, hearing: 1, walking: 1, remembering: 1, selfCare: 1, communicating: 1 };
  it.each([
    [none, false],
    [{ ...none, seeing: 2, hearing: 2 }, false],
    [{ ...none, walking: 3 }, true],
    [{ ...none, walking: 4, seeing: 7 }, true],
    [{ ...none, seeing: 7 }, null],
    [{ ...none, seeing: 9 }, null],
  ])('%j: %s', (answers, expected) => {
    expect(aboveCutOff(answers)).toBe(expected);
  });
});
