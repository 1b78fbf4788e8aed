import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Actor } from '../../../platform/access/actor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { Log } from '../../../platform/log';
import { Repeats } from '../../../platform/web/repeats';
import { KNOWN_BROWSER, PURGE } from '../limits';
import { PurgeRepository } from './purge.repository';

const PURGER = Actor.system('purge');

/**
 * Deletes what has had its time: sessions, tokens and links some days after their end, browsers that nobody came back with, keys of repeated forms.
 * (Counters of failed sign-ins go with the next attempts.) There is no background process yet: a process does it when it begins to serve, then after
 * a sign-in, which is what adds to all of it, once an hour at most.
 */
@Injectable()
export class PurgeService {
  private next = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rows: PurgeRepository,
    private readonly repeats: Repeats,
    @Log() private readonly logger: Logger,
  ) {}

  /** All there is, in units of a bounded size. What fails is told to the log, and stops nobody from serving. */
  async all(): Promise<void> {
    this.next = this.clock.now().getTime() + PURGE.pause;
    try {
      while ((await this.some()) >= PURGE.batch);
    } catch (error) {
      this.logger.error({ name: (error as Error).name, sqlstate: (error as { code?: string }).code }, 'what has ended could not be deleted');
    }
  }

  /** The same, unless it was done within the hour. Outside any unit. */
  async whenDue(): Promise<void> {
    if (this.clock.now().getTime() >= this.next) await this.all();
  }

  /** One unit; answers the most rows that went from one table. */
  private some(): Promise<number> {
    const now = this.clock.now().getTime();
    const ended = new Date(now - PURGE.after);
    return this.database.write(PURGER, async () => Math.max(
      await this.rows.sessions(ended, PURGE.batch), await this.rows.tokens(ended, PURGE.batch), await this.rows.links(ended, PURGE.batch),
      await this.rows.browsers(new Date(now - KNOWN_BROWSER), PURGE.batch), await this.repeats.forget(PURGE.batch),
    ));
  }
}
