import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';

/** What has ended, by age; each answers how many rows went, `most` at most. Runs as the purge. */
@Injectable()
export class PurgeRepository {
  constructor(private readonly database: Database) {}

  /** A user's last session stays: it says under which membership the next one opens. */
  sessions(endedBefore: Date, most: number): Promise<number> {
    return this.gone(
      `delete from session where id in (
         select id from session old where least(ended_at, expires_at) < $1 and exists (select from session later where later.user_id = old.user_id and later.created_at > old.created_at)
         order by id limit $2) returning 1`, endedBefore, most);
  }

  tokens(endedBefore: Date, most: number): Promise<number> {
    return this.gone('delete from access_token where id in (select id from access_token where least(revoked_at, expires_on) < $1 order by id limit $2) returning 1', endedBefore, most);
  }

  links(endedBefore: Date, most: number): Promise<number> {
    return this.gone(
      'delete from one_time_link where token_hash in (select token_hash from one_time_link where least(used_at, expires_at) < $1 order by token_hash limit $2) returning 1', endedBefore, most);
  }

  browsers(seenBefore: Date, most: number): Promise<number> {
    return this.gone(
      `delete from known_browser where (id_hash, user_id) in (
         select id_hash, user_id from known_browser where created_at < $1 order by id_hash, user_id limit $2) returning 1`, seenBefore, most);
  }

  private async gone(statement: string, before: Date, most: number): Promise<number> {
    return (await this.database.sql(statement, [before, most])).length;
  }
}
