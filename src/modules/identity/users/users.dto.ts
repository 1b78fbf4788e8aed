import { LANGUAGES, ROLES, type Language, type MembershipRole } from '../../../platform/access/actor';
import type { Day as DayText } from '../../../platform/days';
import { Day, Email, Id, OneOf, Text, Whole } from '../../../platform/web/fields';
import type { Membership, User } from '../identity.entities';

/** Roles that can be given today: those that the table of rights lets do something. */
export const GIVEN_ROLES = ['coach', 'manager', 'officer', 'editor', 'administrator'] as const;

export const STATES = ['active', 'disabled'] as const;
export const SORTS = ['name', '-name', 'email', '-created'] as const;

export class AddMembership {
  @OneOf(GIVEN_ROLES) role!: MembershipRole;
  @Id({ optional: true, description: 'For a coach and a manager' }) serviceId?: string;
  @Id({ optional: true, description: 'For a coach and a manager: at which site of the service they work' }) siteId?: string;
  @Id({ optional: true, description: 'For a programme officer' }) programmeId?: string;
  @Id({ optional: true, description: 'For a protocol editor' }) federationId?: string;
  @Day() startsOn!: DayText;
  @Day({ optional: true, description: 'The first day without it' }) endsOn?: DayText;
  @Whole({ min: 1, max: 100, optional: true, description: 'For a coach: per cent of full time' }) fullTimePercent?: number;
}

export class AddUser extends AddMembership {
  @Text({ max: 200 }) name!: string;
  @Email() email!: string;
  @OneOf(LANGUAGES) language!: Language;
}

export class EditUser {
  @Text({ max: 200 }) name!: string;
  @Email() email!: string;
  @OneOf(LANGUAGES) language!: Language;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class VersionOnly {
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

export class UsersFilter {
  @Text({ max: 100, optional: true, description: 'Part of a name or an address' }) q?: string;
  @OneOf(ROLES, { optional: true }) role?: MembershipRole;
  @OneOf(STATES, { optional: true }) state?: (typeof STATES)[number];
  @OneOf(SORTS, { optional: true }) sort?: (typeof SORTS)[number];
  @Whole({ min: 1, max: 10_000, optional: true }) page?: number;
}

/** What a new membership is made of; any role, as worlds and tests need. */
export interface NewMembership {
  role: MembershipRole;
  serviceId?: string | null;
  siteId?: string | null;
  programmeId?: string | null;
  federationId?: string | null;
  startsOn: DayText;
  endsOn?: DayText | null;
  /** Share of full time, above 0 up to 1. */
  fullTimeShare?: number | null;
}

/** A new account. Without a hash it opens by a one-time link only. */
export interface NewUser {
  name: string;
  email: string;
  language: Language;
  memberships: NewMembership[];
  /** Made by `Passwords.hash`. */
  passwordHash?: string | null;
}

export interface MembershipView {
  id: string;
  role: MembershipRole;
  serviceId: string | null;
  siteId: string | null;
  programmeId: string | null;
  federationId: string | null;
  /** Name of the service, programme or federation. */
  place: string | null;
  siteName: string | null;
  startsOn: DayText;
  endsOn: DayText | null;
  fullTimePercent: number | null;
  isActive: boolean;
  version: number;
}

export interface UserView {
  id: string;
  name: string;
  email: string;
  language: Language;
  isDisabled: boolean;
  createdAt: string;
  version: number;
  memberships: MembershipView[];
}

export function userView(user: User, memberships: MembershipView[]): UserView {
  const { id, name, email, language, version } = user;
  return { id, name, email, language, isDisabled: user.disabledAt !== null, createdAt: user.createdAt.toISOString(), version, memberships };
}

export function membershipView(one: Membership, place: string | null, siteName: string | null, today: DayText): MembershipView {
  const { id, role, serviceId, siteId, programmeId, federationId, startsOn, endsOn, fullTimeShare, version } = one;
  return {
    id, role, serviceId, siteId, programmeId, federationId, place, siteName, startsOn, endsOn, fullTimePercent: fullTimeShare === null ? null : Math.round(Number(fullTimeShare) * 100),
    isActive: isActive(one, today), version,
  };
}

/** From its first day on, until the day before `endsOn`. */
export function isActive(membership: Pick<Membership, 'startsOn' | 'endsOn'>, day: DayText): boolean {
  return membership.startsOn <= day && (membership.endsOn === null || membership.endsOn > day);
}

export function newMembership({ fullTimePercent, ...rest }: AddMembership): NewMembership {
  return { ...rest, fullTimeShare: fullTimePercent === undefined ? null : fullTimePercent / 100 };
}
