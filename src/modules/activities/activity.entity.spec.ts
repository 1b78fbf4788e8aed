import { Actor } from '../../platform/access/actor';
import { Activity, type Told } from './activity.entity';

const ana = new Actor({ id: 'ana', role: 'coach', service: 's' });
const bea = new Actor({ id: 'bea', role: 'coach', service: 's' });
const manager = new Actor({ id: 'mia', role: 'manager', service: 's' });
const told: Told = { kind: 'phone', minutes: 15, outcome: 'done' };
const log = (more: Partial<Told> = {}): Activity => Activity.log({ ...told, ...more }, { service: 's', by: 'ana', at: new Date('2026-06-16T08:00:00Z'), today: '2026-06-16' });

describe('an activity', () => {
  it('happened today and in the usual way when nothing is said', () => {
    expect(log()).toMatchObject({ happenedOn: '2026-06-16', mode: 'call', place: null, note: null });
    expect(log({ kind: 'visit' }).mode).toBe('in-person');
  });

  it('may be dated back but not ahead', () => {
    expect(log({ happenedOn: '2025-01-02' }).happenedOn).toBe('2025-01-02');
    expect(() => log({ happenedOn: '2026-06-17' })).toThrow('invalid');
  });

  it('is corrected by its author within a week', () => {
    expect(log().correct(ana, { ...told, minutes: 20 }, '2026-06-23', '2026-06-16')).toMatchObject({ minutes: 20, happenedOn: '2026-06-16' });
    expect(() => log().correct(ana, told, '2026-06-24', '2026-06-16')).toThrow('activity-correction-too-late');
    expect(() => log().correct(bea, told, '2026-06-16', '2026-06-16')).toThrow('activity-of-somebody-else');
    expect(() => log().correct(manager, told, '2026-06-16', '2026-06-16')).toThrow('activity-of-somebody-else');
  });

  it('is withdrawn once, by its author or a manager', () => {
    const at = new Date('2026-07-01T08:00:00Z');
    expect(log().withdraw(manager, 'wrong person', at)).toMatchObject({ withdrawnAt: at, withdrawnBy: 'mia', withdrawnReason: 'wrong person' });
    expect(() => log().withdraw(bea, 'no', at)).toThrow('activity-of-somebody-else');
    const withdrawn = Object.assign(log(), log().withdraw(ana, 'twice', at));
    expect(() => withdrawn.withdraw(ana, 'again', at)).toThrow('activity-withdrawn');
    expect(withdrawn.mayBeCorrectedBy(ana, '2026-06-16', '2026-06-16')).toBe(false);
  });
});
