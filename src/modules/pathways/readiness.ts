import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import type { Day } from '../../platform/days';
import { stepsFrom, type Facts } from './engine';
import type { Enrolment } from './entities';
import { FactsRegistry, subjectOf } from './facts';
import { stageOf, waits, type Kind, type Protocol, type Requirement, type Step } from './protocol';

/** A step along the line of which nothing is missing any more. */
export interface Ready {
  step: Step;
  /** The day on which its last condition was met. */
  since: Day;
}

/** What ends by itself on a day is judged on the day on which all else was met: no fact is written when it ends, and its own warning tells. */
const ENDS_BY_ITSELF: ReadonlySet<Kind> = new Set(['entitlement']);

/**
 * The steps of which it is told once nothing is missing: they lead on along the line and ask for something. Who waits waits for a place, not for
 * a condition; ways out are nobody's next thing to do.
 */
export function announced(protocol: Protocol, stage: string): Step[] {
  const here = stageOf(protocol, stage);
  if (!here || here.end || waits(here)) return [];
  return stepsFrom(protocol, stage).filter((step) => {
    const target = stageOf(protocol, step.to);
    return step.to !== stage && step.requires.length > 0 && target?.end !== 'exit' && !waits(target);
  });
}

/** What may be known of somebody who has only just been written down. */
const KNOWN_AT_ONCE: ReadonlySet<Kind> = new Set(['referral', 'identity', 'entitlement', 'answered-or-refused']);

/** True where a protocol asks on its first stage for no more than that. */
export function mayBeReadyAtOnce(protocol: Protocol): boolean {
  return announced(protocol, protocol.stages[0]!.key).some((step) => step.requires.every(({ kind }) => KNOWN_AT_ONCE.has(kind)));
}

/** Whether somebody could take a step on, today. */
@Injectable()
export class Readiness {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly clock: Clock,
  ) {}

  /** The first step of the protocol, in its order, that is open. @param known facts that were gathered already, by requirement */
  async of(actor: Actor, enrolment: Enrolment, protocol: Protocol, known: Facts = new Map()): Promise<Ready | null> {
    if (enrolment.closedOn || enrolment.pausedOn) return null;
    const today = this.clock.today(actor.timeZone);
    for (const step of announced(protocol, enrolment.stage)) {
      const since = await this.metSince(actor, enrolment, step.requires, today, known);
      if (since) return { step, since };
    }
    return null;
  }

  /** Asks no further than the first condition that is unmet. A right that begins on a day to come counts from that day. */
  private async metSince(actor: Actor, enrolment: Enrolment, requirements: readonly Requirement[], today: Day, known: Facts): Promise<Day | null> {
    let since = enrolment.stageSince;
    const inOrder = [...requirements.filter(({ kind }) => !ENDS_BY_ITSELF.has(kind)), ...requirements.filter(({ kind }) => ENDS_BY_ITSELF.has(kind))];
    for (const requirement of inOrder) {
      const fact = known.get(requirement.key) ?? (await this.facts.gather(actor, subjectOf(enrolment), [requirement], ENDS_BY_ITSELF.has(requirement.kind) ? since : today)).get(requirement.key);
      if (!fact || fact.have < fact.need || fact.metOn === null) return null;
      if (fact.metOn > since) since = fact.metOn;
    }
    return since;
  }
}
