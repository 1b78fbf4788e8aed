/** A path of this site to go to after signing in; '/' for anything that could lead elsewhere. */
export function safePath(to: string | null | undefined): string {
  if (!to || !to.startsWith('/') || to.includes('\\') || /\p{Cc}/u.test(to)) return '/';
  const base = 'http://here.invalid';
  if (!URL.canParse(to, base)) return '/';
  const { origin, pathname, search } = new URL(to, base);
  return origin === base && !pathname.startsWith('//') && pathname !== '/sign-in' ? pathname + search : '/';
}
