import { Text } from './fields';

const HERE = 'http://here.invalid';

/** Where a form was opened from, in the address: there one goes back to once it is sent. */
export class Back {
  @Text({ max: 500, optional: true, description: 'A path of this site' }) back?: string;
}

/** A path of this site with its query; null for anything that could lead elsewhere. */
export function ownPath(to: unknown): string | null {
  if (typeof to !== 'string' || !to.startsWith('/') || to.includes('\\') || /\p{Cc}/u.test(to) || !URL.canParse(to, HERE)) return null;
  const { origin, pathname, search } = new URL(to, HERE);
  return origin === HERE && !pathname.startsWith('//') ? pathname + search : null;
}

/** An address that leads back to another, once what it asks is done. */
export function withBack(address: string, back: unknown): string {
  const path = ownPath(back);
  if (!path) return address;
  const { pathname, searchParams, hash } = new URL(address, HERE);
  searchParams.set('back', path);
  return `${pathname}?${searchParams.toString()}${hash}`;
}

/** Where a form is sent and where one leaves it for: back to where it was opened from, else where it belongs. */
export function formWay(action: string, leave: string, back: unknown): { action: string; leave: string } {
  return { action: withBack(action, back), leave: ownPath(back) ?? leave };
}
