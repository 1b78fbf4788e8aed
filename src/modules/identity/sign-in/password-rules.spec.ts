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

  it.each(['correct horse battery staple', 'zanahorias en el tejado', 'trois girafes sous la pluie', 'tbqkxmwvzjhgfpnrlcds'])('may be words or letters alone: %s', (password) => expect(fault(password)).toBeNull());

  it.each([
    'aaaaaaaaaaaaaaaaaaaa', 'abcdefghijklmnopqrst', '123456789012345', 'qwertyuiopasdfgh', 'azertyuiopqsdfgh', 'password12345678', 'P@ssw0rdP@ssw0rd', 'motdepasse2026!!!', 'contraseña123456',
    'Bienvenue2026!!!!', 'xyzxyzxyzxyzxyzxyz', 'soleil soleil soleil',
  ])('is not what everybody tries: %s', (password) => expect(fault(password)).toBe('password-too-common'));

  it.each(['Awa Kone awa kone 1', 'servicio horizonte!', 'soleil-levant-2026-kone', 'SERVICIOHORIZONTE26'])('is not what others know of its owner: %s', (password) => expect(fault(password)).toBe('password-personal'));
});
