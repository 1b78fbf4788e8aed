import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import { Visibility } from '../../caseloads';
import { EntryAnswer } from './entry-answer.entity';

@Injectable()
export class EntryRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  async ofParticipant(actor: Actor, participantId: string): Promise<EntryAnswer[]> {
    const { sql, params } = this.visibility.visible(actor, 'a.participant_id');
    return this.database.of(EntryAnswer).createQueryBuilder('a')
      .where('a.participantId = :participantId', { participantId }).andWhere(sql, params).orderBy('a.item').getMany();
  }

  /** A corrected answer keeps the day on which the item was first answered. */
  async put(answer: EntryAnswer): Promise<void> {
    await this.database.sql(
      `insert into entry_answer (participant_id, service_id, item, value, refused, answered_on, recorded_by, version) values ($1, $2, $3, $4, $5, $6, $7, 1)
       on conflict (participant_id, item) do update set value = excluded.value, refused = excluded.refused, answered_on = least(entry_answer.answered_on, excluded.answered_on),
         recorded_by = excluded.recorded_by, version = entry_answer.version + 1`,
      [answer.participantId, answer.serviceId, answer.item, answer.value, answer.refused, answer.answeredOn, answer.recordedBy],
    );
  }
}
