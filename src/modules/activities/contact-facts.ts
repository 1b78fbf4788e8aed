import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import { Events } from '../../platform/events';
import { FactsRegistry, StepsService, type Fact, type FactSubject, type Requirement } from '../pathways';
import { ContactLogged } from './activities.events';
import { ActivitiesRepository, type Done } from './activities.repository';
import { KINDS } from './activity.entity';

/** What a protocol may ask of contacts: so many of these kinds, or so many minutes, since the person was referred. */
@Injectable()
export class ContactFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly activities: ActivitiesRepository,
    private readonly steps: StepsService,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.facts.register('activities', (actor, subject, requirement, on) => this.gather(actor, subject, requirement, on));
    // A task that asks for a first meeting is done by the meeting.
    this.events.subscribe(ContactLogged, 'contact-facts', (event, system) => this.steps.factsChanged(system, event.participantIds));
  }

  private async gather(actor: Actor, subject: FactSubject, { params = {} }: Requirement, on: Day): Promise<Fact> {
    const asked = Array.isArray(params.kinds) ? KINDS.filter((kind) => (params.kinds as readonly string[]).includes(kind)) : [...KINDS];
    const done = await this.activities.doneFor(actor, subject.participantId, asked, subject.referredOn, on);
    return factOf(done, { count: numberOf(params.count), minutes: numberOf(params.minutes) }, `/activities/new?participant=${subject.participantId}&kind=${asked[0] ?? 'interview'}`);
  }
}

/** Measured in minutes where minutes are asked for, else in number; met on the day that completed it. @param done in the order of days */
export function factOf(done: readonly Done[], asked: { count: number | null; minutes: number | null }, where: string): Fact {
  const size = (one: Done): number => (asked.minutes === null ? 1 : one.minutes);
  const need = asked.minutes ?? asked.count ?? 1;
  let have = 0;
  let metOn: Day | null = null;
  for (const one of done) {
    have += size(one);
    if (metOn === null && have >= need) metOn = one.happened_on;
  }
  return { have, need, metOn, evidence: done.map(({ id }) => ({ kind: 'activity', id, level: 'coach' as const })), where, missing: [] };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
