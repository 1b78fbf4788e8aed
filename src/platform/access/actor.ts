/** The roles of the field (a person's membership), and three that are nobody's: a link's holder, the system, a stranger. */
export const ROLES = [
  'coach', 'manager', 'team', 'cashier', 'employer', 'participant', 'officer', 'editor', 'reviewer', 'complaints', 'funder', 'administrator',
] as const;
export type MembershipRole = (typeof ROLES)[number];
export type Role = MembershipRole | 'link' | 'system' | 'anonymous';
export type Language = 'fr' | 'es' | 'en';
export const LANGUAGES = ['fr', 'es', 'en'] as const;

interface ActorShape {
  id: string | null;
  role: Role;
  scope: string | null;
  service: string | null;
  federation: string | null;
  programme: string | null;
  name: string;
  language: Language;
  timeZone: string;
  membership: string | null;
  session: string | null;
  scopes: readonly string[] | null;
  onBehalfOf: string | null;
  listening: boolean;
  place: string | null;
}

const NOBODY: ActorShape = {
  id: null, role: 'anonymous', scope: null, service: null, federation: null, programme: null, name: '', language: 'fr', timeZone: 'UTC',
  membership: null, session: null, scopes: null, onBehalfOf: null, listening: false, place: null,
};

/** Who acts: one person in one membership, or the system for one purpose. The first argument of every use case. */
export class Actor implements ActorShape {
  readonly id!: string | null;
  readonly role!: Role;
  /** What the membership is about (service, federation, programme …), or the purpose of a system actor. */
  readonly scope!: string | null;
  /** The wall of data isolation; null for roles that see no case. */
  readonly service!: string | null;
  readonly federation!: string | null;
  readonly programme!: string | null;
  readonly name!: string;
  readonly language!: Language;
  /** Where the actor's days begin: the service's place. */
  readonly timeZone!: string;
  readonly membership!: string | null;
  /** Hash of the session, hexadecimal; null for tokens, jobs and commands. */
  readonly session!: string | null;
  /** What a token may do; null means all that the role may. */
  readonly scopes!: readonly string[] | null;
  readonly onBehalfOf!: string | null;
  readonly listening!: boolean;
  /** The name of the service, programme or federation, for the page's head. */
  readonly place!: string | null;

  constructor(shape: Partial<ActorShape>) {
    Object.assign(this, NOBODY, shape);
    Object.freeze(this);
  }

  /** The system, for one purpose (`sign-in`, `retention`) and, where it works on cases, for one service. */
  static system(purpose: string, service: string | null = null, more: { onBehalfOf?: string | null; listening?: boolean; zone?: string } = {}): Actor {
    return new Actor({
      role: 'system', scope: purpose, service, name: purpose, onBehalfOf: more.onBehalfOf ?? null, listening: more.listening ?? false, timeZone: more.zone ?? 'UTC',
    });
  }

  static anonymous(language: Language = 'fr'): Actor {
    return new Actor({ language });
  }

  /** The same authority: one unit of work serves one of these. */
  same(other: Actor): boolean {
    return this === other
      || (this.id === other.id && this.role === other.role && this.scope === other.scope && this.service === other.service);
  }
}
