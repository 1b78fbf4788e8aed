import { daysBetween, type Day } from '../../platform/days';

/** Days without a job that do not end a period in employment (parameter of the chain; indicators.md 6.2, RET-C). */
export const GAP_DAYS = 30;
/** What a page offers to choose from; a call may ask for any. */
export const GAPS = [0, 30, 60, 90] as const;

/** A job from its first to its last day worked, both counted; without a last day it runs. */
export interface Spell {
  id: string;
  from: Day;
  to: Day | null;
}
/** Jobs with small gaps, read as one period in work. */
export interface Chain {
  from: Day;
  to: Day | null;
  spells: string[];
  /** Days without work between one and the next, where there were any. */
  gaps: { after: Day; days: number }[];
}

/** Merges spells with at most so many days without work between them. The order in which they come does not matter. */
export function chainsOf(spells: readonly Spell[], gapDays = GAP_DAYS): Chain[] {
  const chains: Chain[] = [];
  for (const one of [...spells].sort((a, b) => a.from.localeCompare(b.from) || a.id.localeCompare(b.id))) {
    const last = chains.at(-1);
    const gap = last && last.to !== null ? daysBetween(last.to, one.from) - 1 : -1;
    if (!last || gap > gapDays) {
      chains.push({ from: one.from, to: one.to, spells: [one.id], gaps: [] });
      continue;
    }
    if (gap > 0) last.gaps.push({ after: last.to!, days: gap });
    last.spells.push(one.id);
    last.to = last.to === null || one.to === null ? null : last.to > one.to ? last.to : one.to;
  }
  return chains;
}

/** How a job stands to those before it: since when the period in work runs that it belongs to, and how many days without work came before it. */
export interface Joined {
  since: Day;
  gapDays: number;
  /** False where more days lie between than a period bridges: with this job another one begins. */
  continues: boolean;
}

/** By job, but for the first one, which has none before it. */
export function joinedOf(spells: readonly Spell[], gapDays = GAP_DAYS): Map<string, Joined> {
  const joined = new Map<string, Joined>();
  const byId = new Map(spells.map((one) => [one.id, one]));
  let reach: Day | null | undefined;
  for (const chain of chainsOf(spells, gapDays)) {
    for (const [index, id] of chain.spells.entries()) {
      const { from, to } = byId.get(id)!;
      if (reach !== undefined) joined.set(id, { since: chain.from, gapDays: reach === null ? 0 : Math.max(0, daysBetween(reach, from) - 1), continues: index > 0 });
      reach = reach === null || to === null ? null : reach === undefined || to > reach ? to : reach;
    }
  }
  return joined;
}
