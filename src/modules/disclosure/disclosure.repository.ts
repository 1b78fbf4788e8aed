import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { visibleSheets } from './disclosure.access';
import { DisclosureItem, DisclosureSheet } from './disclosure.entities';

@Injectable()
export class DisclosureRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** With its items; not waited for. */
  insert(sheet: DisclosureSheet, items: readonly DisclosureItem[]): void {
    this.database.mustHold([sheet.participantId]);
    this.database.add(DisclosureSheet, sheet);
    if (items.length) this.database.add(DisclosureItem, ...items);
  }

  async changeSheet(at: { id: string; version: number }, patch: Partial<DisclosureSheet>): Promise<void> {
    await this.database.updateOne(DisclosureSheet, at, patch);
  }

  async changeItem(at: { id: string; version: number }, patch: Partial<DisclosureItem>): Promise<void> {
    await this.database.updateOne(DisclosureItem, at, patch);
  }

  /** A person's, the latest decision first; everybody's whom the actor may see where nobody is named. */
  async whoDecidedFor(actor: Actor, employerIds: readonly string[]): Promise<string[]> {
    const { sql, params } = visibleSheets(this.visibility, actor, 'r');
    const rows = await this.database.sql<{ id: string }>(`select distinct r.participant_id as id from disclosure_sheet r where r.employer_id = any (:employerIds) and ${sql}`, { ...params, employerIds });
    return rows.map(({ id }) => id);
  }

  sheets(actor: Actor, participantId: string | null): Promise<DisclosureSheet[]> {
    const { sql, params } = visibleSheets(this.visibility, actor, 'r');
    const query = this.database.of(DisclosureSheet).createQueryBuilder('r').where(sql, params);
    if (participantId) query.andWhere('r.participantId = :participantId', { participantId });
    else query.andWhere('r.endedOn is null');
    return query.orderBy('r.decidedOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  items(actor: Actor, participantId: string | null): Promise<DisclosureItem[]> {
    const { sql, params } = visibleSheets(this.visibility, actor, 'r');
    const query = this.database.of(DisclosureItem).createQueryBuilder('r').where(sql, params);
    if (participantId) query.andWhere('r.participantId = :participantId', { participantId });
    else query.andWhere('r.untilOn is not null and r.revokedOn is null');
    return query.orderBy('r.id').getMany();
  }

  /** @throws Problem 404 when it is not of this person */
  async sheet(actor: Actor, participantId: string, id: string): Promise<DisclosureSheet> {
    const found = (await this.sheets(actor, participantId)).find((one) => one.id === id);
    if (!found) throw notFound();
    return found;
  }

  /** The same. */
  async item(actor: Actor, participantId: string, id: string): Promise<DisclosureItem> {
    const found = (await this.items(actor, participantId)).find((one) => one.id === id);
    if (!found) throw notFound();
    return found;
  }
}
