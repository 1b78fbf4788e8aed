import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import { AgendaService, type Want } from '../agenda';
import { ActivitiesRepository } from './activities.repository';

/** Days without a contact after which the coach is told. */
const DAYS = 30;

/** The warning that a person has not been heard of: it stands n days after the last contact, and every contact moves it. */
@Injectable()
export class Silence {
  constructor(
    private readonly activities: ActivitiesRepository,
    private readonly agenda: AgendaService,
  ) {}

  async refresh(actor: Actor, participantIds: readonly string[]): Promise<void> {
    const last = await this.activities.lastContacts(actor, participantIds);
    for (const participantId of participantIds) {
      const since = last.get(participantId);
      if (since) await this.agenda.want(actor, silenceOf(participantId, since));
      else await this.agenda.done(actor, participantId, 'silence', 'withdrawn');
    }
  }
}

function silenceOf(participantId: string, since: Day): Want {
  const on = addDays(since, DAYS);
  return { participantId, key: 'silence', kind: 'silence', nature: 'warning', fromOn: on, dueOn: on, forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since, days: DAYS } };
}
