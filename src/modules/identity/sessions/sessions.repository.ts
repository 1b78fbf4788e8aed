import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Membership, Session, User } from '../identity.entities';
import { SESSION } from '../limits';

/** Sessions by the hash of their id. Every query runs as the sign-in, with the user named: nobody else's are asked for. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async add(session: Session): Promise<void> {
    await this.database.of(Session).insert(session);
  }

  /** The session, its user and its membership, when it is alive and its user is not disabled. */
  async alive(idHash: Buffer, now: Date): Promise<{ session: Session; user: User; membership: Membership } | null> {
    const found = await this.database.of(Session).createQueryBuilder('session')
      .innerJoinAndMapOne('session.user', User, 'account', 'account.id = session.userId and account.disabledAt is null')
      .innerJoinAndMapOne('session.membership', Membership, 'part', 'part.id = session.membershipId')
      .where('session.idHash = :idHash and session.endedAt is null', { idHash })
      .andWhere('session.expiresAt > :now and session.lastSeenAt > :idle', { now, idle: new Date(now.getTime() - SESSION.idle) })
      .getOne() as (Session & { user: User; membership: Membership }) | null;
    return found && { session: found, user: found.user, membership: found.membership };
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.database.of(Session).update({ id }, { lastSeenAt: now });
  }

  aliveOf(userId: string, now: Date): Promise<Session[]> {
    return this.database.of(Session).createQueryBuilder('session')
      .where('session.userId = :userId and session.endedAt is null', { userId })
      .andWhere('session.expiresAt > :now and session.lastSeenAt > :idle', { now, idle: new Date(now.getTime() - SESSION.idle) })
      .orderBy('session.lastSeenAt', 'DESC').addOrderBy('session.id').getMany();
  }

  /** The membership of the user's last session; null for a first sign-in. */
  async lastMembership(userId: string): Promise<string | null> {
    const last = await this.database.of(Session).createQueryBuilder('session').where('session.userId = :userId', { userId })
      .orderBy('session.createdAt', 'DESC').addOrderBy('session.id', 'DESC').limit(1).getOne();
    return last?.membershipId ?? null;
  }

  /** Sessions of a user that began after an instant, alive or ended. */
  startedSince(userId: string, since: Date): Promise<Session[]> {
    return this.database.of(Session).createQueryBuilder('session').where('session.userId = :userId and session.createdAt > :since', { userId, since }).getMany();
  }

  /** Ends the oldest of a user until `most` are open, never the one that has just begun; answers how many. Two that begin at once wait for each other here. */
  async endBeyond({ id, userId }: Session, most: number, now: Date): Promise<number> {
    await this.database.sql('select from app_user where id = $1 for no key update', [userId]);
    const ended = await this.database.sql(
      `update session set ended_at = $3 where id in (
         select id from session where user_id = $1 and id <> $2 and ended_at is null and expires_at > $3 and last_seen_at > $4 order by created_at desc, id desc offset $5) returning id`,
      [userId, id, now, new Date(now.getTime() - SESSION.idle), most - 1]);
    return ended.length;
  }

  async endByHash(idHash: Buffer, now: Date): Promise<void> {
    await this.database.of(Session).createQueryBuilder().update().set({ endedAt: now }).where('id_hash = :idHash and ended_at is null', { idHash }).execute();
  }

  /** Ends those of a user that pass the filter; answers how many. */
  async end(userId: string, now: Date, only: { id?: string; idHash?: Buffer; membershipId?: string; exceptHash?: Buffer } = {}): Promise<number> {
    const query = this.database.of(Session).createQueryBuilder().update().set({ endedAt: now }).where('user_id = :userId and ended_at is null', { userId });
    if (only.id) query.andWhere('id = :id', { id: only.id });
    if (only.idHash) query.andWhere('id_hash = :idHash', { idHash: only.idHash });
    if (only.membershipId) query.andWhere('membership_id = :membershipId', { membershipId: only.membershipId });
    if (only.exceptHash) query.andWhere('id_hash <> :exceptHash', { exceptHash: only.exceptHash });
    return (await query.execute()).affected ?? 0;
  }
}
