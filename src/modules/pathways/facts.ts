import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import type { Day } from '../../platform/days';
import type { Fact, Facts } from './engine';
import type { Enrolment } from './entities';
import type { Kind, Requirement } from './protocol';

/** Whom and what a fact is asked about. */
export interface FactSubject {
  enrolmentId: string;
  participantId: string;
  serviceId: string;
  referredOn: Day;
  admittedOn: Day | null;
  /** First day on the stage where the enrolment stands. */
  stageSince: Day;
}
type Params = NonNullable<Requirement['params']>;

export function subjectOf({ id, participantId, serviceId, referredOn, admittedOn, stageSince }: Enrolment): FactSubject {
  return { enrolmentId: id, participantId, serviceId, referredOn, admittedOn, stageSince };
}

export type Gatherer = (actor: Actor, subject: FactSubject, requirement: Requirement, on: Day) => Promise<Fact>;

/**
 * Who knows a fact comes later in the order of modules and registers it here. A protocol with a requirement of a kind that nobody
 * registered is not published: nobody could meet it.
 */
@Injectable()
export class FactsRegistry {
  private readonly gatherers = new Map<Kind, { gather: Gatherer; accepts: (params: Params) => boolean }>();

  /** @param accepts whether a requirement with these parameters could ever be met; without it, any */
  register(kind: Kind, gather: Gatherer, accepts: (params: Params) => boolean = () => true): void {
    if (this.gatherers.has(kind)) throw new Error(`${kind} is registered twice`);
    this.gatherers.set(kind, { gather, accepts });
  }

  /** False where its kind is nobody's, or its parameters make no sense to who knows the kind. */
  canBeMet({ kind, params = {} }: Requirement): boolean {
    return this.gatherers.get(kind)?.accepts(params) ?? false;
  }

  /** The kinds that can be judged. */
  kinds(): ReadonlySet<string> {
    return new Set(this.gatherers.keys());
  }

  /** What is known of each requirement, one after the other, as of a day. */
  async gather(actor: Actor, subject: FactSubject, requirements: readonly Requirement[], on: Day): Promise<Facts> {
    const facts = new Map<string, Fact>();
    for (const requirement of requirements) {
      const known = this.gatherers.get(requirement.kind);
      if (known) facts.set(requirement.key, await known.gather(actor, subject, requirement, on));
    }
    return facts;
  }
}
