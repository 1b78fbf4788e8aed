import { formWay, ownPath, withBack } from './back';

const elsewhere = [null, undefined, '', 7, ['/today'], 'today', 'https://evil.example', '//evil.example', '/\\evil.example', '/\tevil', '///evil.example', '/..//evil.example', 'javascript:alert(1)', '/http:\\evil'];

describe('a way back', () => {
  it.each(['/today', '/participants/1?tab=2', '/users?q=a%20b', '/'])('is a path of this site: %s', (to) => expect(ownPath(to)).toBe(to));
  it.each(elsewhere)('is never %s', (to) => {
    expect(ownPath(to)).toBeNull();
    expect(withBack('/entry', to)).toBe('/entry');
    expect(formWay('/entry', '/profile', to)).toEqual({ action: '/entry', leave: '/profile' });
  });
  it('goes along with what an address already says, and before its anchor', () => {
    expect(withBack('/entry#disability', '/steps/admit')).toBe('/entry?back=%2Fsteps%2Fadmit#disability');
    expect(withBack('/consents/new?purpose=family', '/a?b=c&d=e')).toBe('/consents/new?purpose=family&back=%2Fa%3Fb%3Dc%26d%3De');
    expect(new URLSearchParams(withBack('/x', '/a?b=c&d=e').split('?')[1]).get('back')).toBe('/a?b=c&d=e');
  });
  it('is where one goes when the form is left', () => {
    expect(formWay('/entry', '/profile', '/steps/admit')).toEqual({ action: '/entry?back=%2Fsteps%2Fadmit', leave: '/steps/admit' });
  });
});
