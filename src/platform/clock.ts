import { Injectable } from '@nestjs/common';
import { dayOf, type Day } from './days';

/** The only reader of the system clock. Tests put another in its place. */
@Injectable()
export class Clock {
  /** The instant. */
  now(): Date {
    return new Date();
  }

  /** The calendar day at a place; UTC where no place is known. */
  today(timeZone = 'UTC'): Day {
    return dayOf(this.now(), timeZone);
  }
}
