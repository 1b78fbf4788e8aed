import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { addDays, type Day } from '../../platform/days';
import { FactsRegistry, type Fact, type FactSubject, type Requirement } from '../pathways';
import { LEVELS, type Level } from './placement.lists';
import type { PlacementView } from './placements.dto';
import { PlacementsReader } from './placements.reader';

/** What a protocol may ask of a job. */
export interface AskedOfWork {
  /** So many pieces of evidence about it, of this level at the least. */
  evidence: number;
  leastLevel: Level;
  /** In work on the day; or, where false, no job left on it; null: a first day was worked. */
  running: boolean | null;
  /** When its first day was: a hire is of a job that begins in the support; who was in work before is taken on in the job. Null: whenever. */
  begun: Begun | null;
}
const BEGUN = ['before-admission', 'since-admission', 'since-stage'] as const;
type Begun = (typeof BEGUN)[number];

/**
 * What a protocol may ask of jobs: a first day worked and what shows it, being in work on a day, or no job being left on it. The first day is always the real one, also of
 * who was in work before the support (`actualStart`).
 */
@Injectable()
export class FirstDayFacts implements OnModuleInit {
  constructor(
    private readonly facts: FactsRegistry,
    private readonly placements: PlacementsReader,
  ) {}

  onModuleInit(): void {
    this.facts.register('first-day-worked', async (actor: Actor, subject: FactSubject, requirement: Requirement, on: Day) =>
      workFact(await this.placements.of(actor, subject.participantId), askedOf(requirement.params ?? {}), subject, on), canBeAsked);
  }
}

const PARAMS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['evidence', (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 10],
  ['leastLevel', (value) => (LEVELS as readonly unknown[]).includes(value)],
  ['running', (value) => typeof value === 'boolean'],
  ['actualStart', (value) => typeof value === 'boolean'],
  ['begun', (value) => (BEGUN as readonly unknown[]).includes(value)],
]);
/** What is asked of evidence says nothing where no job is to be left. */
export function canBeAsked(params: Record<string, unknown>): boolean {
  return Object.entries(params).every(([name, value]) => PARAMS.get(name)?.(value) ?? false) && !(params.running === false && Object.keys(params).length > 1);
}

function askedOf(params: Record<string, unknown>): AskedOfWork {
  return {
    evidence: typeof params.evidence === 'number' ? params.evidence : 0, leastLevel: (params.leastLevel as Level | undefined) ?? 'coach', running: typeof params.running === 'boolean' ? params.running : null,
    begun: BEGUN.find((one) => one === params.begun) ?? null,
  };
}

const nothing = (need: number): Pick<Fact, 'have' | 'need' | 'metOn' | 'evidence'> => ({ have: 0, need, metOn: null, evidence: [] });

/** Of a person's jobs, what is asked for on a day. */
export function workFact(all: readonly PlacementView[], asked: AskedOfWork, subject: Pick<FactSubject, 'participantId' | 'admittedOn' | 'stageSince'>, on: Day): Fact {
  const begun = all.filter((one) => one.state !== 'annulled' && one.firstDayOn !== null && one.firstDayOn <= on);
  if (asked.running === false) return noneLeft(begun, subject, on);
  // A first day that was worked since the person came to the stage counts also where the job was short.
  const counts = begun.filter((one) => isInTime(one.firstDayOn!, asked.begun, subject) && (isHeld(one, on) || (asked.running === null && one.firstDayOn! >= subject.stageSince)));
  const shown = counts.map((one) => ({ one, evidence: one.evidence.filter(({ level }) => LEVELS.indexOf(level) >= LEVELS.indexOf(asked.leastLevel)) }));
  const best = shown.sort((a, b) => b.evidence.length - a.evidence.length || a.one.firstDayOn!.localeCompare(b.one.firstDayOn!))[0];
  const person = `/participants/${subject.participantId}/placements`;
  if (!best) {
    const planned = all.find((one) => one.state === 'planned');
    const words = asked.begun === 'before-admission' ? 'placements.missing.jobBefore' : 'placements.missing.firstDay';
    return { ...nothing(Math.max(1, asked.evidence)), where: planned ? `${person}/${planned.id}/start` : `${person}/new`, missing: [{ code: 'no-first-day', words }] };
  }
  const { one, evidence } = best;
  const where = `${person}/${one.id}`;
  if (evidence.length < asked.evidence) return { have: evidence.length, need: asked.evidence, metOn: null, evidence: [], where: `${where}/evidence`, missing: [{ code: 'no-evidence', words: 'placements.missing.evidence' }] };
  const strongest = evidence.map(({ level }) => level).sort((a, b) => LEVELS.indexOf(b) - LEVELS.indexOf(a))[0] ?? 'coach';
  const need = Math.max(1, asked.evidence);
  return { have: Math.max(need, evidence.length), need, metOn: one.firstDayOn, evidence: [{ kind: 'placement', id: one.id, level: strongest }], where, missing: [] };
}

/** Met by the last day worked of the last job: on that day the person was in work still, and after it no more. */
function noneLeft(begun: readonly PlacementView[], subject: Pick<FactSubject, 'participantId' | 'stageSince'>, on: Day): Fact {
  const running = begun.find((one) => one.end === null || one.end.lastDayOn > on);
  if (running) return { ...nothing(1), where: `/participants/${subject.participantId}/placements/${running.id}/end`, missing: [{ code: 'job-left', words: 'placements.missing.jobLeft' }] };
  const [last] = [...begun].sort((a, b) => b.end!.lastDayOn.localeCompare(a.end!.lastDayOn));
  if (!last) return { have: 1, need: 1, metOn: subject.stageSince <= on ? subject.stageSince : on, evidence: [], where: `/participants/${subject.participantId}/placements/new`, missing: [] };
  const level = last.evidence.filter(({ about }) => about === 'end').map((one) => one.level).sort((a, b) => LEVELS.indexOf(b) - LEVELS.indexOf(a))[0] ?? 'coach';
  return { have: 1, need: 1, metOn: last.end!.lastDayOn, evidence: [{ kind: 'placement', id: last.id, level }], where: `/participants/${subject.participantId}/placements/${last.id}`, missing: [] };
}

function isInTime(firstDayOn: Day, begun: Begun | null, { admittedOn, stageSince }: Pick<FactSubject, 'admittedOn' | 'stageSince'>): boolean {
  if (begun === null) return true;
  if (begun === 'since-stage') return firstDayOn >= stageSince;
  return (admittedOn !== null && firstDayOn >= admittedOn) === (begun === 'since-admission');
}

function isHeld({ firstDayOn, end }: PlacementView, on: Day): boolean {
  return firstDayOn! <= on && (end === null || on <= end.lastDayOn);
}

/** The day on which the end of a job tells on the stage: the day after the last one worked, as soon as it has come, and never before the last step. */
export function tellsOn(lastDayOn: Day, stageSince: Day, today: Day): Day {
  const after = addDays(lastDayOn, 1);
  const on = after > stageSince ? after : stageSince;
  return on > today ? today : on;
}
