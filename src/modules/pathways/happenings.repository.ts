import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { Visibility } from '../caseloads';
import { Happening } from './entities';
import { visible } from './pathways.access';

@Injectable()
export class HappeningsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  async insert(happening: Happening): Promise<void> {
    await this.database.of(Happening).insert(happening);
  }

  /** Of one enrolment, in the order in which they were learned of. */
  async all(actor: Actor, enrolmentId: string): Promise<Happening[]> {
    const { sql, params } = visible(this.visibility, actor, 'h');
    return this.database.of(Happening).createQueryBuilder('h').where(sql, params).andWhere('h.enrolment_id = :enrolmentId', { enrolmentId })
      .orderBy('h.learned_on').addOrderBy('h.id').getMany();
  }

  /** Of one person; of the actor's whole service where nobody is named. In the same order. */
  async everything(actor: Actor, participantId: string | null): Promise<Happening[]> {
    const { sql, params } = visible(this.visibility, actor, 'h');
    return this.database.of(Happening).createQueryBuilder('h').where(sql, params).andWhere('(cast(:participantId as uuid) is null or h.participant_id = :participantId)', { participantId })
      .orderBy('h.learned_on').addOrderBy('h.id').getMany();
  }
}
