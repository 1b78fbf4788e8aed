import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import type { Day } from '../../../platform/days';
import { notFound } from '../../../platform/problem';
import { holding } from '../../../platform/spelling';
import { Credential, Membership, User } from '../identity.entities';
import { visibleUsers } from './users.access';
import type { SORTS, UsersFilter } from './users.dto';

export const PAGE_SIZE = 50;
const ORDER: Record<(typeof SORTS)[number], [string, 'ASC' | 'DESC']> = {
  name: ['account.name collate "und-x-icu"', 'ASC'], '-name': ['account.name collate "und-x-icu"', 'DESC'], email: ['account.email', 'ASC'], '-created': ['account.createdAt', 'DESC'],
};
/** Not disabled, and of a membership that counts on the day $1. */
const ADMINISTRATES = `account.disabled_at is null and exists (
  select from membership part where part.user_id = account.id and part.role = 'administrator' and part.starts_on <= $1 and (part.ends_on is null or part.ends_on > $1))`;

@Injectable()
export class UsersRepository {
  constructor(private readonly database: Database) {}

  async get(actor: Actor, id: string): Promise<User> {
    const { sql, params } = visibleUsers(actor, 'account.id');
    const found = await this.database.of(User).createQueryBuilder('account').where(`(${sql})`, params).andWhere('account.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  findByEmail(actor: Actor, email: string): Promise<User | null> {
    const { sql, params } = visibleUsers(actor, 'account.id');
    return this.database.of(User).createQueryBuilder('account').where(`(${sql})`, params).andWhere('account.email = :email', { email: email.toLowerCase() }).getOne();
  }

  async list(actor: Actor, filter: UsersFilter, day: Day): Promise<[User[], number]> {
    const { sql, params } = visibleUsers(actor, 'account.id');
    const query = this.database.of(User).createQueryBuilder('account').where(`(${sql})`, params);
    if (filter.q) query.andWhere('account.id = any(:found)', { found: await this.holding(actor, filter.q) });
    if (filter.state) query.andWhere(filter.state === 'disabled' ? 'account.disabledAt is not null' : 'account.disabledAt is null');
    if (filter.role) {
      query.andWhere(
        'exists (select 1 from membership part where part.user_id = account.id and part.role = :role and part.starts_on <= :day and (part.ends_on is null or part.ends_on > :day))',
        { role: filter.role, day });
    }
    const [column, direction] = ORDER[filter.sort ?? 'name'];
    return query.orderBy(column, direction).addOrderBy('account.id').limit(PAGE_SIZE).offset(((filter.page ?? 1) - 1) * PAGE_SIZE).getManyAndCount();
  }

  /** Whose name or address holds the words, without regard to accents and order. Accounts are few, and no index helps to find a part of a name in each. */
  private async holding(actor: Actor, wanted: string): Promise<string[]> {
    const { sql, params } = visibleUsers(actor, 'account.id');
    const all = await this.database.sql<{ id: string; name: string; email: string }>(`select account.id, account.name, account.email from app_user account where ${sql}`, params);
    const isFound = holding(wanted);
    return all.filter(({ name, email }) => isFound(`${name} ${email}`)).map(({ id }) => id);
  }

  membershipsOf(actor: Actor, userIds: readonly string[]): Promise<Membership[]> {
    if (userIds.length === 0) return Promise.resolve([]);
    const { sql, params } = visibleUsers(actor, 'part.userId');
    return this.database.of(Membership).createQueryBuilder('part').where(`(${sql})`, params).andWhere('part.userId = any(:userIds)', { userIds })
      .orderBy('part.startsOn').addOrderBy('part.id').getMany();
  }

  async membership(actor: Actor, id: string): Promise<Membership> {
    const { sql, params } = visibleUsers(actor, 'part.userId');
    const found = await this.database.of(Membership).createQueryBuilder('part').where(`(${sql})`, params).andWhere('part.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** Whoever changes what hangs on this user next waits. */
  async lock(userId: string): Promise<void> {
    await this.database.sql('select from app_user where id = $1 for no key update', [userId]);
  }

  /** Whoever takes one of the administrators away next waits, and sees afterwards who is left. */
  async lockAdministrators(day: Day): Promise<void> {
    await this.database.sql(`select from app_user account where ${ADMINISTRATES} order by account.id for no key update`, [day]);
  }

  /** Those who work as administrators on a day: they have a password, and until when it lasts. Asked as the sign-in, which alone knows who has one. */
  administrators(day: Day): Promise<{ id: string; endsOn: Day | null }[]> {
    return this.database.sql<{ id: string; endsOn: Day | null }>(
      `select account.id, (select case when bool_or(part.ends_on is null) then null else max(part.ends_on)::text end from membership part
         where part.user_id = account.id and part.role = 'administrator' and part.starts_on <= $1 and (part.ends_on is null or part.ends_on > $1)) as "endsOn"
       from app_user account where ${ADMINISTRATES} and exists (select from credential where user_id = account.id)`, [day]);
  }

  async add(user: User, memberships: Membership[]): Promise<void> {
    await this.database.of(User).insert(user);
    for (const one of memberships) await this.addMembership(one);
  }

  async addMembership(membership: Membership): Promise<void> {
    await this.database.of(Membership).insert(membership);
  }

  async addCredential(credential: Credential): Promise<void> {
    await this.database.of(Credential).insert(credential);
  }

  /** Names of users whose ids the caller already has; the function shows no address. */
  async names(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    if (ids.length === 0) return [];
    return this.database.sql<{ id: string; name: string }>('select id, name from app.user_names($1)', [[...new Set(ids)]]);
  }

  /** Coaches of the service of whoever asks; the function reads it from the signed context. */
  coaches(): Promise<{ id: string; name: string }[]> {
    return this.database.sql<{ id: string; name: string }>('select id, name from app.coaches() order by name, id');
  }
}
