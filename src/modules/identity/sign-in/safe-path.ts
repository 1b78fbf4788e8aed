import { ownPath } from '../../../platform/web/back';

const LONGEST = 1000;

/** A path of this site to go to after signing in; '/' for anything that could lead elsewhere, or is too long to be sent along. */
export function safePath(to: unknown): string {
  const path = ownPath(to);
  return path && path.length <= LONGEST && path.split('?')[0] !== '/sign-in' ? path : '/';
}
