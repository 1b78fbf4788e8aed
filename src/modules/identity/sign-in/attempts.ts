import { ATTEMPTS } from '../limits';

/** What is counted of failed sign-ins of one kind of origin. */
export interface Attempts {
  failures: number;
  windowStartsAt: Date;
  blockedUntil: Date | null;
}

/**
 * Counts one more attempt as failed before it is tried (so that parallel ones cannot pass together), or says how long to wait.
 * @param limit attempts within the window before delays begin; from then on they double
 * @returns seconds to wait (0: go on) and what to keep
 */
export function counted(before: Attempts, now: Date, limit: number): { wait: number; after: Attempts } {
  if (before.blockedUntil && before.blockedUntil > now) return { wait: Math.ceil((before.blockedUntil.getTime() - now.getTime()) / 1000), after: before };
  const quietSince = Math.max(before.windowStartsAt.getTime(), before.blockedUntil?.getTime() ?? 0);
  const isOver = now.getTime() - quietSince >= ATTEMPTS.window;
  const failures = isOver ? 1 : before.failures + 1;
  const delay = failures < limit ? 0 : Math.min(1000 * 2 ** Math.min(failures - limit, 20), ATTEMPTS.longest);
  return { wait: 0, after: { failures, windowStartsAt: isOver ? now : before.windowStartsAt, blockedUntil: delay ? new Date(now.getTime() + delay) : null } };
}

/** The network an address belongs to: what one attacker has at hand (/24, /56). */
export function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+)\.\d+$/i.exec(address)?.[1];
  if (v4) return v4;
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const words = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  const [a = '0', b = '0', c = '0', d = '0'] = words;
  return [a, b, c, d.padStart(4, '0').slice(0, 2)].join(':');
}
