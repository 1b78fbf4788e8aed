import { Injectable } from '@nestjs/common';
import { Actor } from '../../platform/access/actor';
import { Refusals } from '../../platform/access/sources';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { AuditService } from './audit.service';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The log is kept for good, and whoever has no account could fill it: so many lines about strangers in so long, then their number alone. */
const STRANGERS = { lines: 60, within: 600_000 };

/** What was refused at the door, written after the rollback in a unit of its own. Of the address only the route and an id are kept: it may hold a secret or a search. */
@Injectable()
export class AuditRefusals extends Refusals {
  private since = 0;
  private lines = 0;
  private unwritten = 0;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {
    super();
  }

  async record(actor: Actor, right: string, subject: string, code: string): Promise<void> {
    const isStranger = actor.id === null;
    if (isStranger && !this.mayWrite()) {
      this.unwritten += 1;
      return;
    }
    const writer = isStranger ? Actor.system('refusals') : actor;
    const id = ID.exec(subject)?.[0] ?? null;
    const unwritten = isStranger ? this.unwritten : 0;
    await this.database.write(writer, () => this.audit.refused(actor, 'access.refused', { kind: 'route', id }, code, { route: right, ...(unwritten > 0 ? { unwritten } : {}) }));
    if (isStranger) this.unwritten -= unwritten;
  }

  private mayWrite(): boolean {
    const now = this.clock.now().getTime();
    if (now - this.since >= STRANGERS.within || now < this.since) [this.since, this.lines] = [now, 0];
    this.lines += 1;
    return this.lines <= STRANGERS.lines;
  }
}
