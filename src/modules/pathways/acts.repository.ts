import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { newId } from '../../platform/id';
import { Visibility } from '../caseloads';
import { EnrolmentAct, type Enrolment } from './entities';
import { visible } from './pathways.access';

type Told = Pick<EnrolmentAct, 'kind' | 'happenedOn' | 'recordedAt'> & Partial<EnrolmentAct>;

@Injectable()
export class ActsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Whoever something follows from has done it. */
  async insert(actor: Actor, { id: enrolmentId, serviceId, participantId }: Enrolment, told: Told): Promise<void> {
    this.database.mustHold([participantId]);
    await this.database.of(EnrolmentAct).insert({ id: newId(), serviceId, participantId, enrolmentId, recordedBy: actor.onBehalfOf ?? actor.id, recordedAs: actor.role, ...told });
  }

  /** Of one enrolment, in the order in which they were recorded. */
  async all(actor: Actor, enrolmentId: string): Promise<EnrolmentAct[]> {
    const { sql, params } = visible(this.visibility, actor, 'a');
    return this.database.of(EnrolmentAct).createQueryBuilder('a').where('a.enrolment_id = :enrolmentId', { enrolmentId }).andWhere(sql, params)
      .orderBy('a.recorded_at').addOrderBy('a.id').getMany();
  }

  /** Of the actor's whole service, or of one person, enrolment by enrolment: for what is computed again from the facts. */
  async everything(actor: Actor, participantId: string | null): Promise<Map<string, EnrolmentAct[]>> {
    const { sql, params } = visible(this.visibility, actor, 'a');
    const of = new Map<string, EnrolmentAct[]>();
    const query = this.database.of(EnrolmentAct).createQueryBuilder('a').where(sql, params).andWhere('(cast(:participantId as uuid) is null or a.participant_id = :participantId)', { participantId });
    for (const one of await query.orderBy('a.recorded_at').addOrderBy('a.id').getMany()) {
      of.set(one.enrolmentId, [...(of.get(one.enrolmentId) ?? []), one]);
    }
    return of;
  }

  async ofParticipant(actor: Actor, participantId: string): Promise<EnrolmentAct[]> {
    const { sql, params } = visible(this.visibility, actor, 'a');
    return this.database.of(EnrolmentAct).createQueryBuilder('a').where('a.participant_id = :participantId', { participantId }).andWhere(sql, params)
      .orderBy('a.recorded_at').addOrderBy('a.id').getMany();
  }
}
