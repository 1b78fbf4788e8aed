import { passwordFault } from './password-rules';

const own = ['Awa Koné', 'awa.kone@soleil-levant.example.org', 'Servicio Horizonte'];
const fault = (password: string) => passwordFault(password, own);

describe('a new password', () => {
  it('has fifteen signs at least and 128 at most', () => {
    expect(fault('tbqkxmwvzjhgfp')).toBe('password-too-short');
    expect(fault('tbqkxmwvzjhgfpn')).toBeNull();
    const long = Array.from({ length: 16 }, (_, n) => 'tbqkxmwv'.slice(n % 8) + 'tbqkxmwv'.slice(0, n % 8)).join('');
    expect(fault(long)).toBeNull();
    expect(fault(`${long}x`)).toBe('password-too-long');
  });

  it('counts signs as people see them, and keeps its spaces', () => {
    expect(fault('éléphant violet la nuit')).toBeNull();
    expect(fault('🐘🌙🐘🌙🐘🌙🐘')).toBe('password-too-short');
  });

  it.each(['correct horse battery staple', 'zanahorias en el tejado', 'trois girafes sous la pluie', 'tbqkxmwvzjhgfpnrlcds', 'real madrid campeon', 'une-borne-sur-le-chemin'])('may be words or letters alone: %s', (password) => expect(fault(password)).toBeNull());

  it.each([
    'aaaaaaaaaaaaaaaaaaaa', 'abcdefghijklmnopqrst', '123456789012345', 'qwertyuiopasdfgh', 'azertyuiopqsdfgh', 'motdepasse2026!!!', 'contraseña123456', 'Bienvenue2026!!!!', 'xyzxyzxyzxyzxyzxyz',
    'soleil soleil soleil', '83749120384756281', 'bonjour bienvenue',
  ])('is not what everybody tries: %s', (password) => expect(['password-too-common', 'password-leaked']).toContain(fault(password)));

  it.each([
    'password12345678', 'P@ssw0rdP@ssw0rd', 'letmein.letmein.now', 'sunshine dragon monkey', 'Manchester United 2026!', 'iloveyou forever baby', 'q1w2e3r4t5y6u7i8', 'trustno1 trustno1 trustno1', 'aksjdlasdakj89879', 'Liverpool+chelsea+arsenal',
  ])('is not put together from stolen passwords: %s', (password) => expect(fault(password)).toBe('password-leaked'));

  it.each(['Awa Kone awa kone 1', 'servicio horizonte!', 'soleil-levant-2026-kone', 'SERVICIOHORIZONTE26'])('is not what others know of its owner: %s', (password) => expect(fault(password)).toBe('password-personal'));

  it('costs no more look-ups than a password has pieces, however it is made', () => {
    fault('tbqkxmwvzjhgfpn'); // makes the list
    const lookUps = jest.spyOn(Map.prototype, 'get');
    try {
      for (const made of ['a1b2c3d4e5f6g7h8i9j0', 'password', '@4$5!10', 'lelalalesdeendelalo']) {
        lookUps.mockClear();
        fault(made.repeat(64).slice(0, 128));
        // Each piece once in each list, at both readings, for each of the four questions.
        expect(lookUps.mock.calls.length).toBeLessThan(((128 * 129) / 2) * (2 + 3 + 3 + 4) * 2 * 1.1);
      }
    } finally {
      lookUps.mockRestore();
    }
  });
});
