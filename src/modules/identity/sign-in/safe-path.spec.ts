import { safePath } from './safe-path';

describe('where to go after signing in', () => {
  it.each(['/today', '/participants/1?tab=2', '/users?q=a%20b', '/'])('is a path of this site: %s', (to) => expect(safePath(to)).toBe(to));
  it.each([null, undefined, '', 'today', 'https://evil.example', '//evil.example', '/\\evil.example', '/\tevil', '///evil.example', '/..//evil.example', 'javascript:alert(1)', '/sign-in?to=/x', '/http:\\evil'])(
    'is home for %s', (to) => expect(safePath(to)).toBe('/'));
});
