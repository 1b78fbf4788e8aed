import { ownPath } from '../../../platform/web/back';

/** A path of this site to go to after signing in; '/' for anything that could lead elsewhere. */
export function safePath(to: string | null | undefined): string {
  const path = ownPath(to);
  return path && path.split('?')[0] !== '/sign-in' ? path : '/';
}
