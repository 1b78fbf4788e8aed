import { byPersonAndDay, wholeDays, type Line } from './openings';

const line = (at: string, more: Partial<Line> = {}): Line =>
  ({ id: at, at: new Date(at), actorId: 'ana', actorName: 'Ana', actorRole: 'coach', action: 'participant.opened', outcome: 'read', ...more });
const grouped = (lines: Line[], zone = 'UTC') => byPersonAndDay(lines, zone, (action) => `said.${action}`);

describe('who opened a file', () => {
  it('is one line for each person, role and day', () => {
    const lines = [
      line('2026-03-03T08:00:00Z'),
      line('2026-03-02T17:40:00Z', { action: 'step.taken', outcome: 'done' }),
      line('2026-03-02T12:00:00Z', { actorId: 'ben', actorName: 'Ben' }),
      line('2026-03-02T11:00:00Z', { actorRole: 'manager' }),
      line('2026-03-02T10:00:00Z'),
      line('2026-03-02T09:05:00Z'),
    ];
    expect(grouped(lines)).toEqual([
      { day: '2026-03-03', actorName: 'Ana', actorRole: 'coach', from: '2026-03-03T08:00:00.000Z', until: '2026-03-03T08:00:00.000Z', times: 1, acts: [{ action: 'participant.opened', said: 'said.participant.opened', isRead: true, times: 1 }] },
      { day: '2026-03-02', actorName: 'Ana', actorRole: 'coach', from: '2026-03-02T09:05:00.000Z', until: '2026-03-02T17:40:00.000Z', times: 3,
        acts: [{ action: 'participant.opened', said: 'said.participant.opened', isRead: true, times: 2 }, { action: 'step.taken', said: 'said.step.taken', isRead: false, times: 1 }] },
      expect.objectContaining({ actorName: 'Ben', times: 1 }),
      expect.objectContaining({ actorName: 'Ana', actorRole: 'manager', times: 1 }),
    ]);
  });

  it('has the days of the place', () => {
    const lines = [line('2026-03-03T04:30:00Z'), line('2026-03-02T23:00:00Z')];
    expect(grouped(lines).map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-02']);
    expect(grouped(lines, 'America/Lima').map(({ day, times }) => [day, times])).toEqual([['2026-03-02', 2]]);
  });

  it('cuts no day in two, unless one day is all there is', () => {
    const [third, second, first] = [line('2026-03-03T08:00:00Z'), line('2026-03-02T17:40:00Z'), line('2026-03-02T09:00:00Z')];
    expect(wholeDays([third, second, first], 'UTC')).toEqual([third]);
    expect(wholeDays([second, first], 'UTC')).toEqual([second, first]);
  });
});
