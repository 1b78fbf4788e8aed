import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { KnownBrowser, SignInAttempt } from '../identity.entities';
import { counted } from './attempts';

export interface Bucket {
  key: string;
  limit: number;
}

const DAY = 86_400_000;

/** Counters of failed sign-ins, and the browsers that are known. Runs as the sign-in. */
@Injectable()
export class AttemptsRepository {
  constructor(private readonly database: Database) {}

  /** Counts one attempt in each bucket, or in none when one of them is closed; answers the seconds to wait. */
  async take(buckets: readonly Bucket[], now: Date): Promise<number> {
    const keys = buckets.map(({ key }) => key).sort();
    await this.database.sql('insert into sign_in_attempt (bucket, failures, window_starts_at) select unnest($1::text[]), 0, $2 on conflict do nothing', [keys, now]);
    const rows = await this.database.of(SignInAttempt).createQueryBuilder('it').setLock('pessimistic_write').where('it.bucket = any(:keys)', { keys }).orderBy('it.bucket').getMany();
    const results = rows.map((row) => ({ row, ...counted(row, now, buckets.find(({ key }) => key === row.bucket)!.limit) }));
    const wait = Math.max(...results.map((one) => one.wait));
    if (wait > 0) return wait;
    for (const { row, after } of results) await this.database.of(SignInAttempt).update({ bucket: row.bucket }, { ...after });
    return 0;
  }

  /** The attempt was right after all. */
  async giveBack(buckets: readonly Bucket[]): Promise<void> {
    for (const { key, limit } of buckets) {
      await this.database.sql(
        'update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = case when failures - 1 < $2 then null else blocked_until end where bucket = $1', [key, limit]);
    }
  }

  /** Old counters go, a few at a time. */
  async sweep(now: Date): Promise<void> {
    await this.database.sql(
      'delete from sign_in_attempt where bucket in (select bucket from sign_in_attempt where window_starts_at < $1 order by window_starts_at limit 20 for update skip locked)',
      [new Date(now.getTime() - DAY)]);
  }

  async isKnown(browserHash: Buffer, userId: string): Promise<boolean> {
    return (await this.database.of(KnownBrowser).countBy({ idHash: browserHash, userId })) > 0;
  }

  /** From now on, for as long as its cookie lives. */
  async know(browserHash: Buffer, userId: string, at: Date): Promise<void> {
    await this.database.of(KnownBrowser).createQueryBuilder().insert().values({ idHash: browserHash, userId, createdAt: at }).orUpdate(['created_at'], ['id_hash', 'user_id']).execute();
  }
}
