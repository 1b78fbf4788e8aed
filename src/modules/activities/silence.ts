import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { AgendaCheck, AgendaService, type Want } from '../agenda';
import { EnrolmentsService, StepAnnulled, StepTaken, type SummaryView } from '../pathways';
import { ActivitiesRepository } from './activities.repository';

/** Days without a contact after which the coach is told; on standby the agreed rhythm is half a year. */
const DAYS = 30;
const DAYS_OF_STAGE: ReadonlyMap<string, number> = new Map([['standby', 180]]);
const KEY = 'silence';

/**
 * The warning that a person has not been heard of. It is written with the contact, for the day on which it will be true unless somebody
 * is in touch before; every contact moves it. Who has no open enrolment is nobody's to call.
 */
@Injectable()
export class Silence implements OnModuleInit {
  constructor(
    private readonly activities: ActivitiesRepository,
    private readonly enrolments: EnrolmentsService,
    private readonly agenda: AgendaService,
    private readonly check: AgendaCheck,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(StepTaken, 'silence', (event, system) => this.refresh(system, [event.participantId]));
    this.events.subscribe(StepAnnulled, 'silence', (event, system) => this.refresh(system, [event.participantId]));
    this.check.registerSource(KEY, (system, participantId) => this.all(system, participantId));
  }

  async refresh(actor: Actor, participantIds: readonly string[]): Promise<void> {
    const last = await this.activities.lastContacts(actor, participantIds);
    await this.write(actor, participantIds, last, await this.enrolments.summaries(actor, participantIds));
  }

  /** The same, where the last contacts and where these people stand are known already. */
  async write(actor: Actor, participantIds: readonly string[], last: ReadonlyMap<string, Day>, summaries: ReadonlyMap<string, SummaryView[]>): Promise<void> {
    const wanted = wantedFor(last, summaries);
    for (const participantId of participantIds) {
      const want = wanted.get(participantId);
      if (want) await this.agenda.want(actor, want);
      else await this.agenda.done(actor, participantId, KEY, 'withdrawn');
    }
  }

  private async all(system: Actor, participantId: string | null): Promise<Want[]> {
    const last = await this.activities.lastContacts(system, participantId === null ? null : [participantId]);
    return [...wantedFor(last, await this.enrolments.summaries(system, [...last.keys()])).values()];
  }
}

function wantedFor(last: ReadonlyMap<string, Day>, summaries: ReadonlyMap<string, SummaryView[]>): Map<string, Want> {
  const wanted = new Map<string, Want>();
  for (const [participantId, since] of last) {
    const days = daysOf(summaries.get(participantId) ?? []);
    if (days !== null) wanted.set(participantId, silenceOf(participantId, since, days));
  }
  return wanted;
}

/** Days without a contact after which the coach is told: the fewest that an open enrolment asks for; null where none is open. */
export function daysOf(enrolments: readonly Pick<SummaryView, 'closed' | 'stage'>[]): number | null {
  const open = enrolments.filter((one) => !one.closed).map((one) => DAYS_OF_STAGE.get(one.stage) ?? DAYS);
  return open.length ? Math.min(...open) : null;
}

function silenceOf(participantId: string, since: Day, days: number): Want {
  const on = addDays(since, days);
  return { participantId, key: KEY, kind: 'silence', nature: 'warning', fromOn: on, dueOn: on, forWhom: 'coach', subject: { kind: 'contact', id: null }, params: { since } };
}
