import type { INestApplicationContext } from '@nestjs/common';
import { EnrolmentsService, StepsService } from '../../modules/pathways';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { addDays, type Day } from '../../platform/days';
import { ZONE } from './accounts';
import type { Team } from './ground';

/** Days after which a coach dates no step back, and the manager does. */
const COACH_DATES_BACK = 90;

/** Where the world is built: its services, and its own day. */
export class Field {
  readonly today: Day;

  constructor(private readonly application: INestApplicationContext) {
    this.today = this.the(Clock).today(ZONE);
  }

  the<T>(type: abstract new (...args: never[]) => T): T {
    return this.application.get<T>(type, { strict: false });
  }

  /** As somebody, in the unit of work that builds the world. */
  as<T>(who: Actor, work: () => Promise<T>): Promise<T> {
    return this.the(Database).as(who, work);
  }

  ago(days: number): Day {
    return addDays(this.today, -days);
  }

  /** A step by whoever may date it. */
  async step(team: Team, coach: Actor, enrolment: string, command: { step: string; effectiveOn: Day; reason?: string; reviewOn?: Day }): Promise<void> {
    const who = command.effectiveOn < this.ago(COACH_DATES_BACK) ? team.manager : coach;
    await this.as(who, async () => {
      const { version } = await this.the(EnrolmentsService).get(who, enrolment);
      await this.the(StepsService).take(who, enrolment, { ...command, version });
    });
  }
}

/** Three figures of a phone number. */
export const three = (n: number): string => String(n).padStart(3, '0');
