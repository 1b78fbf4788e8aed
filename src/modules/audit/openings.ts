import { dayOf, type Day } from '../../platform/days';
import type { AuditEvent } from './audit-event.entity';

/** What one person did in somebody's file on one day, in one role. */
export interface OpeningView {
  day: Day;
  actorName: string;
  actorRole: string;
  from: string;
  until: string;
  times: number;
  acts: OpeningAct[];
}

/** One kind of act of that day. `isRead` false: the file was changed. */
export interface OpeningAct {
  action: string;
  /** Key of the words that say the action. */
  said: string;
  isRead: boolean;
  times: number;
}

export type Line = Pick<AuditEvent, 'id' | 'at' | 'actorId' | 'actorName' | 'actorRole' | 'action' | 'outcome'>;

/** Lines, latest first, as one for each person, role and day at a place; the acts in the order in which they were first done. */
export function byPersonAndDay(lines: readonly Line[], timeZone: string, keyOf: (action: string) => string): OpeningView[] {
  const found = new Map<string, OpeningView>();
  for (const { at, actorId, actorName, actorRole, action, outcome } of lines) {
    const day = dayOf(at, timeZone);
    const group = `${day} ${actorId ?? ''} ${actorRole} ${actorName}`;
    const view = found.get(group) ?? { day, actorName, actorRole, from: '', until: at.toISOString(), times: 0, acts: [] };
    found.set(group, view);
    view.from = at.toISOString();
    view.times += 1;
    const isRead = outcome === 'read';
    const known = view.acts.findIndex((one) => one.action === action && one.isRead === isRead);
    const [act = { action, said: keyOf(action), isRead, times: 0 }] = known < 0 ? [] : view.acts.splice(known, 1);
    act.times += 1;
    view.acts.unshift(act);
  }
  return [...found.values()];
}

/** Whole days of lines that were cut off at a number: the oldest day is left for the next page, unless there is no other. */
export function wholeDays(lines: readonly Line[], timeZone: string): readonly Line[] {
  const oldest = dayOf(lines.at(-1)!.at, timeZone);
  const kept = lines.filter(({ at }) => dayOf(at, timeZone) !== oldest);
  return kept.length > 0 ? kept : lines;
}
