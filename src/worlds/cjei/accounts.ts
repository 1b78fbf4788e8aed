import { Actor, type MembershipRole } from '../../platform/access/actor';
import type { ServiceView } from '../../modules/programmes';
import type { Site } from './places';

export const ZONE = 'America/Lima';
/** One sign-in per role and site. The password is for a machine that nobody else reaches. */
export const PASSWORD = 'une-borne-sur-le-chemin';
export const ACCOUNTS: readonly { role: MembershipRole; name: string; email: string; site: Site | null }[] = [
  { role: 'coach', name: 'Inés Carrasco', email: 'coach@demonstration.example', site: 'cusco' },
  { role: 'coach', name: 'Mario Luna', email: 'coach2@demonstration.example', site: 'cusco' },
  { role: 'manager', name: 'Bruno Estévez', email: 'manager@demonstration.example', site: 'cusco' },
  { role: 'officer', name: 'Salomé Herrera', email: 'officer@demonstration.example', site: null },
  { role: 'editor', name: 'Odilia Marquina', email: 'editor@demonstration.example', site: null },
  { role: 'administrator', name: 'Karim Bellido', email: 'administrator@demonstration.example', site: null },
  { role: 'coach', name: 'Tania Solís', email: 'coach3@demonstration.example', site: 'san-juan' },
  { role: 'coach', name: 'Raúl Ponce', email: 'coach4@demonstration.example', site: 'san-juan' },
  { role: 'manager', name: 'Gladis Ferro', email: 'manager2@demonstration.example', site: 'san-juan' },
];

/** Who signs in with one of them, at a service. */
export function actorOf(user: { id: string; name: string; role: MembershipRole }, service: ServiceView): Actor {
  return new Actor({ id: user.id, role: user.role, scope: service.id, service: service.id, federation: service.federationId, name: user.name, language: 'es', timeZone: ZONE, place: `${service.name}, ${service.place}` });
}
