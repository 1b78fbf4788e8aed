import { Clock } from '../../src/platform/clock';

/** A clock that stands where it is put, and goes on only when told to. */
export class SettableClock extends Clock {
  private at: Date;

  constructor(at = '2026-03-02T09:00:00Z') {
    super();
    this.at = new Date(at);
  }

  override now(): Date {
    return new Date(this.at);
  }

  set(at: string): void {
    this.at = new Date(at);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    this.at = new Date(this.at.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  }
}
