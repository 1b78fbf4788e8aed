import { Injectable } from '@nestjs/common';
import { Actor } from '../../platform/access/actor';
import { Refusals } from '../../platform/access/sources';
import { Database } from '../../platform/database/database';
import { AuditService } from './audit.service';

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** What was refused at the door, written after the rollback in a unit of its own. Of the address only the route and an id are kept: it may hold a secret or a search. */
@Injectable()
export class AuditRefusals extends Refusals {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {
    super();
  }

  async record(actor: Actor, right: string, subject: string, code: string): Promise<void> {
    const writer = actor.id ? actor : Actor.system('refusals');
    const id = ID.exec(subject)?.[0] ?? null;
    await this.database.write(writer, () => this.audit.refused(actor, 'access.refused', { kind: 'route', id }, code, { route: right }));
  }
}
