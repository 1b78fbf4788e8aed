import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Credential, OneTimeLink } from '../identity.entities';

/** Passwords' hashes and one-time links. Runs as the sign-in. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  async hashOf(userId: string): Promise<string | null> {
    return (await this.database.of(Credential).findOneBy({ userId }))?.passwordHash ?? null;
  }

  /** True while this is the password's hash; it then stays so until the unit ends. */
  async isStill(userId: string, passwordHash: string): Promise<boolean> {
    return (await this.database.sql('select from credential where user_id = $1 and password_hash = $2 for share', [userId, passwordHash])).length > 0;
  }

  /** Another hash in the place of the one that was read: of any number at once, one succeeds. */
  async replace(userId: string, before: string, passwordHash: string, at: Date): Promise<boolean> {
    const done = await this.database.of(Credential).createQueryBuilder().update().set({ passwordHash, changedAt: at })
      .where('user_id = :userId and password_hash = :before', { userId, before }).execute();
    return done.affected === 1;
  }

  async set(userId: string, passwordHash: string, at: Date): Promise<void> {
    await this.database.of(Credential).createQueryBuilder().insert().values({ userId, passwordHash, changedAt: at })
      .orUpdate(['password_hash', 'changed_at'], ['user_id']).execute();
  }

  async addLink(link: OneTimeLink): Promise<void> {
    await this.database.of(OneTimeLink).insert(link);
  }

  /** Earlier links of a user are worth nothing once a later one is made. */
  async endLinks(userId: string, at: Date): Promise<void> {
    await this.database.of(OneTimeLink).createQueryBuilder().update().set({ usedAt: at }).where('user_id = :userId and used_at is null', { userId }).execute();
  }

  /** The user of a link that can still be used. */
  async liveLink(tokenHash: Buffer, now: Date): Promise<string | null> {
    const found = await this.database.of(OneTimeLink).createQueryBuilder('link')
      .where('link.tokenHash = :tokenHash and link.usedAt is null and link.expiresAt > :now', { tokenHash, now }).getOne();
    return found?.userId ?? null;
  }

  /** Uses a link up: of any number at once, one succeeds. */
  async useLink(tokenHash: Buffer, now: Date): Promise<boolean> {
    const done = await this.database.of(OneTimeLink).createQueryBuilder().update().set({ usedAt: now })
      .where('token_hash = :tokenHash and used_at is null and expires_at > :now', { tokenHash, now }).execute();
    return done.affected === 1;
  }
}
