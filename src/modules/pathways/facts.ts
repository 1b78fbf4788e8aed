import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import type { Fact, Facts } from './engine';
import type { Kind, Requirement } from './protocol';

/** Whom and what a fact is asked about. */
export interface FactSubject {
  enrolmentId: string;
  participantId: string;
  serviceId: string;
  referredOn: Day;
  admittedOn: Day | null;
}
export type Gatherer = (actor: Actor, subject: FactSubject, requirement: Requirement, on: Day) => Promise<Fact>;

/**
 * Who knows a fact comes later in the order of modules and registers it here. A protocol with a requirement of a kind that nobody
 * registered is not published: nobody could meet it.
 */
@Injectable()
export class FactsRegistry {
  private readonly gatherers = new Map<Kind, Gatherer>();

  register(kind: Kind, gather: Gatherer): void {
    if (this.gatherers.has(kind)) throw new Error(`${kind} is registered twice`);
    this.gatherers.set(kind, gather);
  }

  /** The kinds that can be judged. */
  kinds(): ReadonlySet<string> {
    return new Set(this.gatherers.keys());
  }

  /** What is known of each requirement, one after the other, as of a day. */
  async gather(actor: Actor, subject: FactSubject, requirements: readonly Requirement[], on: Day): Promise<Facts> {
    const facts = new Map<string, Fact>();
    for (const requirement of requirements) {
      const gather = this.gatherers.get(requirement.kind);
      if (gather) facts.set(requirement.key, await gather(actor, subject, requirement, on));
    }
    return facts;
  }
}
