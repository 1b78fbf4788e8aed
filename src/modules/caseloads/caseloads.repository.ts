import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { Assignment } from './assignment.entity';
import { Visibility } from './caseloads.access';

@Injectable()
export class CaseloadsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  async insert(assignment: Assignment): Promise<void> {
    await this.database.of(Assignment).insert(assignment);
  }

  addMany(assignments: readonly Assignment[]): void {
    this.database.addMany(Assignment, assignments);
  }

  /** Ends it on the day on which it no longer holds. */
  async end(at: { id: string; version: number }, untilOn: Day): Promise<void> {
    await this.database.updateOne(Assignment, at, { untilOn });
  }

  /** Holds again without an end. */
  async goOn(at: { id: string; version: number }): Promise<void> {
    await this.database.updateOne(Assignment, at, { untilOn: null });
  }

  /** Takes back what has not begun: it holds on no day. */
  async withdraw(planned: { id: string; version: number; fromOn: Day }, on: Day): Promise<void> {
    await this.database.updateOne(Assignment, planned, { untilOn: planned.fromOn, withdrawnOn: on });
  }

  async ofParticipant(actor: Actor, participantId: string): Promise<Assignment[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(Assignment).createQueryBuilder('a')
      .where('a.participantId = :participantId', { participantId }).andWhere(sql, params).orderBy('a.fromOn', 'DESC').addOrderBy('a.id', 'DESC').getMany();
  }

  /** Leads without an end: one for each of these people, or all of one coach. */
  async lastLeads(actor: Actor, of: { participantIds: readonly string[] } | { coachId: string }): Promise<Assignment[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    const query = this.database.of(Assignment).createQueryBuilder('a').where("a.kind = 'lead' and a.untilOn is null").andWhere(sql, params);
    return ('coachId' in of ? query.andWhere('a.coachId = :coachId', of) : query.andWhere('a.participantId = any(:participantIds)', of)).orderBy('a.participantId').getMany();
  }

  /** Of today, and of days to come. */
  async leadsFrom(actor: Actor, participantId: string, day: Day): Promise<Assignment[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(Assignment).createQueryBuilder('a')
      .where("a.participantId = :participantId and a.kind = 'lead' and a.withdrawnOn is null and (a.untilOn is null or a.untilOn > :day)", { participantId, day }).andWhere(sql, params).orderBy('a.fromOn').getMany();
  }

  async leadsOn(actor: Actor, participantIds: readonly string[], day: Day): Promise<Assignment[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(Assignment).createQueryBuilder('a')
      .where("a.participantId = any(:ids) and a.kind = 'lead' and a.fromOn <= :day and (a.untilOn is null or a.untilOn > :day)", { ids: participantIds, day })
      .andWhere(sql, params).getMany();
  }
}
