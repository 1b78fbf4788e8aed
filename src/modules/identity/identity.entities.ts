import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Language, MembershipRole } from '../../platform/access/actor';
import type { Day } from '../../platform/days';

/** Somebody who works with the product; what they may do is said by their memberships. */
@Entity('app_user')
export class User {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') email!: string;
  @Column('text') name!: string;
  @Column('text') language!: Language;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('int') version!: number;
}

@Entity('credential')
export class Credential {
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}

/** A role at a service, programme or federation, from a day on; `endsOn` is the first day without it. */
@Entity('membership')
export class Membership {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('text') role!: MembershipRole;
  @Column('uuid', { name: 'federation_id', nullable: true }) federationId!: string | null;
  @Column('uuid', { name: 'programme_id', nullable: true }) programmeId!: string | null;
  @Column('uuid', { name: 'service_id', nullable: true }) serviceId!: string | null;
  @Column('uuid', { name: 'site_id', nullable: true }) siteId!: string | null;
  @Column('date', { name: 'starts_on' }) startsOn!: Day;
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: Day | null;
  @Column('numeric', { name: 'full_time_share', nullable: true }) fullTimeShare!: number | null;
  @Column('int') version!: number;
}

/** A browser signed in: under one membership, until it is idle or old. Only the hash of its id is kept. */
@Entity('session')
export class Session {
  @PrimaryColumn('uuid') id!: string;
  @Column('bytea', { name: 'id_hash' }) idHash!: Buffer;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('uuid', { name: 'membership_id' }) membershipId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text') browser!: string;
}

/** A personal token of the API, under one membership. Only its hash is kept. */
@Entity('access_token')
export class AccessToken {
  @PrimaryColumn('uuid') id!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('uuid', { name: 'membership_id' }) membershipId!: string;
  @Column('text') name!: string;
  @Column('text', { array: true }) scopes!: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('date', { name: 'expires_on' }) expiresOn!: Day;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

/** Sets a first or a new password, once. */
@Entity('one_time_link')
export class OneTimeLink {
  @PrimaryColumn('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}

/** Failed sign-ins of one kind of origin. */
@Entity('sign_in_attempt')
export class SignInAttempt {
  @PrimaryColumn('text') bucket!: string;
  @Column('int') failures!: number;
  @Column('timestamptz', { name: 'window_starts_at' }) windowStartsAt!: Date;
  @Column('timestamptz', { name: 'blocked_until', nullable: true }) blockedUntil!: Date | null;
}

/** A browser from which this user has signed in before: what others do wrong elsewhere does not lock it out. */
@Entity('known_browser')
export class KnownBrowser {
  @PrimaryColumn('bytea', { name: 'id_hash' }) idHash!: Buffer;
  @PrimaryColumn('uuid', { name: 'user_id' }) userId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
