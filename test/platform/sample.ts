import type { Shell } from '../../src/platform/views/shell';

/** A request as pages see it: a coach, on the day of the mock-ups. */
export function shellOf(changes: Partial<Shell> = {}): Shell {
  return {
    layout: 'app', language: 'fr', path: '/today', user: { name: 'Inès Caradec', role: 'coach' }, place: 'Les Deux Rives, Tours',
    navigation: [
      { title: null, items: [
        { href: '/today', label: 'platform.today', icon: 'today', count: 11 },
        { href: '/caseload', label: 'platform.search', icon: 'people', count: null },
      ] },
    ],
    token: 'token', key: '01993f6e-0000-7000-8000-000000000001', quickContact: true, notice: null, requestId: '8K2-Q41', today: '2026-06-16', timeZone: 'Europe/Paris',
    ...changes,
  };
}
