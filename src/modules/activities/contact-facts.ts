import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addMonths, type Day } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { ActivitiesRepository, MOST_ACTIVITIES, type Done } from './activities.repository';
import { KINDS, MODES } from './activity.entity';

/**
 * What a protocol may ask of contacts: so many of these kinds, or so many minutes, since the person was referred, was admitted, or came to the stage.
 * Where it asks for attempts, missed ones count as well, and may have to be spread over channels and months.
 */
@Injectable()
export class ContactFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly activities: ActivitiesRepository,
  ) {}

  onModuleInit(): void {
    this.facts.register('activities', (actor, subject, requirement, on) => this.gather(actor, subject, requirement, on), canBeMet);
  }

  private async gather(actor: Actor, subject: FactSubject, { params = {} }: Requirement, on: Day): Promise<Fact> {
    const asked = Array.isArray(params.kinds) ? KINDS.filter((kind) => (params.kinds as readonly string[]).includes(kind)) : [...KINDS];
    const since = { referral: subject.referredOn, admission: subject.admittedOn ?? subject.referredOn, stage: subject.stageSince }[(params.since as Since | undefined) ?? 'referral'];
    const done = await this.activities.doneFor(actor, subject.participantId, asked, since, on, params.attempts === true);
    return factOf(done, { count: numberOf(params.count), minutes: numberOf(params.minutes), channels: numberOf(params.channels), overMonths: numberOf(params.overMonths) }, `/activities/new?participant=${subject.participantId}&kind=${asked[0] ?? 'interview'}`);
  }
}

type Since = 'referral' | 'admission' | 'stage';
const SINCES: readonly unknown[] = ['referral', 'admission', 'stage'];
/** What may be asked; each with what it may be. More contacts than are looked at, or more years than a support lasts, would never be met. */
const PARAMS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['kinds', (value) => Array.isArray(value) && value.length > 0 && value.every((one) => (KINDS as readonly unknown[]).includes(one))],
  ['count', upTo(MOST_ACTIVITIES)], ['minutes', upTo(60_000)], ['channels', upTo(MODES.length)], ['overMonths', upTo(120)],
  ['since', (value) => SINCES.includes(value)],
  ['attempts', (value) => typeof value === 'boolean'],
]);
/** A protocol that asks for something else, or for more than there can be, asks for what nobody can judge. */
export function canBeMet(params: Record<string, unknown>): boolean {
  return Object.entries(params).every(([name, value]) => PARAMS.get(name)?.(value) ?? false);
}

interface Asked {
  count: number | null;
  minutes: number | null;
  channels?: number | null;
  overMonths?: number | null;
}

/**
 * Measured in minutes where minutes are asked for, else in number; met on the day that completed it. What is not enough is told first:
 * the number, then the channels, then the months from the first to the last. @param done in the order of days
 */
export function factOf(done: readonly Done[], asked: Asked, where: string): Fact {
  const size = (one: Done): number => (asked.minutes === null ? 1 : one.minutes);
  const need = asked.minutes ?? asked.count ?? 1;
  const channels = new Set<string>();
  let have = 0;
  let metOn: Day | null = null;
  for (const one of done) {
    have += size(one);
    channels.add(one.mode);
    const isSpread = !asked.overMonths || one.happened_on >= addMonths(done[0]!.happened_on, asked.overMonths);
    if (metOn === null && have >= need && channels.size >= (asked.channels ?? 1) && isSpread) metOn = one.happened_on;
  }
  const told = have < need || metOn ? { have, need } : channels.size < (asked.channels ?? 1) ? { have: channels.size, need: asked.channels! } : { have: monthsOf(done), need: asked.overMonths! };
  return { ...told, metOn, evidence: done.map(({ id }) => ({ kind: 'activity', id, level: 'coach' as const })), where, missing: [] };
}

/** Whole months from the first to the last. */
function monthsOf(done: readonly Done[]): number {
  let months = 0;
  while (addMonths(done[0]!.happened_on, months + 1) <= done.at(-1)!.happened_on) months += 1;
  return months;
}

function upTo(most: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
