import { daysBetween, type Day } from '../../platform/days';

/** Days without a job that do not end a period in employment (parameter of the chain; indicators.md 6.2, RET-C). */
export const GAP_DAYS = 30;

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
