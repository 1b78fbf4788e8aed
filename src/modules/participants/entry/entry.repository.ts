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
  async put(answers: readonly EntryAnswer[]): Promise<void> {
    await this.database.sql(
      `insert into entry_answer (participant_id, service_id, item, value, refused, answered_on, recorded_by, version)
         select participant_id, service_id, item, value, refused, answered_on, recorded_by, 1 from jsonb_populate_recordset(null::entry_answer, $1)
       on conflict (participant_id, item) do update set value = excluded.value, refused = excluded.refused, answered_on = least(entry_answer.answered_on, excluded.answered_on),
         recorded_by = excluded.recorded_by, version = entry_answer.version + 1`,
      [JSON.stringify(answers.map(({ participantId, serviceId, item, value, refused, answeredOn, recordedBy }) => ({ participant_id: participantId, service_id: serviceId, item, value, refused, answered_on: answeredOn, recorded_by: recordedBy })))],
    );
  }
}
