import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { AccessToken, Membership, User } from '../identity.entities';

/** Tokens by their hash. Every query runs as the sign-in, with the user named. */
@Injectable()
export class TokensRepository {
  constructor(private readonly database: Database) {}

  async add(token: AccessToken): Promise<void> {
    await this.database.of(AccessToken).insert(token);
  }

  async alive(tokenHash: Buffer): Promise<{ token: AccessToken; user: User; membership: Membership } | null> {
    const found = await this.database.of(AccessToken).createQueryBuilder('token')
      .innerJoinAndMapOne('token.user', User, 'account', 'account.id = token.userId and account.disabledAt is null')
      .innerJoinAndMapOne('token.membership', Membership, 'part', 'part.id = token.membershipId')
      .where('token.tokenHash = :tokenHash and token.revokedAt is null', { tokenHash })
      .getOne() as (AccessToken & { user: User; membership: Membership }) | null;
    return found && { token: found, user: found.user, membership: found.membership };
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.database.of(AccessToken).update({ id }, { lastUsedAt: now });
  }

  of(userId: string): Promise<AccessToken[]> {
    return this.database.of(AccessToken).createQueryBuilder('token').where('token.userId = :userId and token.revokedAt is null', { userId })
      .orderBy('token.createdAt', 'DESC').addOrderBy('token.id').getMany();
  }

  async revoke(userId: string, id: string, now: Date): Promise<boolean> {
    const done = await this.database.of(AccessToken).createQueryBuilder().update().set({ revokedAt: now })
      .where('id = :id and user_id = :userId and revoked_at is null', { id, userId }).execute();
    return done.affected === 1;
  }
}
