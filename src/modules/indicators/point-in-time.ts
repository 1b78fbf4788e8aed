import { addDays, addMonths, daysBetween, type Day } from '../../platform/days';

/** Months after the anchor at which retention is told. */
export const MILESTONE_MONTHS = [1, 3, 6, 9, 12, 18, 24, 36] as const;

/** One spell in a job of one person at one employer. Days are inclusive. */
export interface Spell {
  id: string;
  person: string;
  employer: string;
  start: Day;
  /** Last day worked; null while it runs, or as long as nobody knows otherwise. */
  end: Day | null;
  endReason: string | null;
  /** The latest day on which the person was positively known to be in this job. */
  confirmedThrough: Day | null;
  /** True where the end is known from a lower level of evidence than the figure asks for: it shows a loss, and keeps nobody in work. */
  isEndBelowLevel?: boolean;
}

export type Standing = 'retained' | 'lost' | 'unknown';
/**
 * `status-at`: in the job on the milestone M itself. `duration-reached`: the job lasted through the day before M, so that a contract
 * from 1 January to 30 June is six months.
 */
export type MilestoneRule = 'status-at' | 'duration-reached';

/** Whose retention is told: of a job, of a person in any job, of a period in work over short gaps, of who was in work at admission (EA-09). */
export const MEASURES = ['same-employer', 'any-employment', 'chain', 'kept'] as const;
export type Measure = (typeof MEASURES)[number];
export const RULES = ['status-at', 'duration-reached'] as const satisfies readonly MilestoneRule[];

/** A point-in-time rate in all its parts. Rates are shares between 0 and 1, null where nothing stands below the line. */
export interface RetentionRate {
  month: number;
  /** Units whose milestone has come by the cut-off. */
  due: number;
  /** Units whose milestone has not come: counted nowhere, told beside. */
  notYetDue: number;
  /** Due, and left out by a rule that was declared before: by unit. */
  excluded: string[];
  /** due − excluded = retained + lost + unknown. */
  denominator: number;
  retained: number;
  lost: number;
  unknown: number;
  /** R / (R + L + U): unknown is not retained. The headline. */
  conservative: number | null;
  /** R / (R + L); to be read with the response rate. */
  known: number | null;
  /** What the rate would be if every unknown were lost, or retained. */
  low: number | null;
  high: number | null;
  /** (R + L) / (R + L + U). */
  responseRate: number | null;
  standings: Map<string, Standing>;
}

/**
 * Where a spell stands on a day that is not before its start. An end counts as known whenever it was learnt; a spell without an end
 * counts only as far as it was confirmed.
 * Source: indicators.md §6.2.
 */
export function standingOn(spell: Spell, day: Day): Standing {
  if (spell.end !== null && spell.end < day) return 'lost';
  if (spell.end !== null && !spell.isEndBelowLevel) return 'retained';
  return spell.confirmedThrough !== null && spell.confirmedThrough >= day ? 'retained' : 'unknown';
}

/** The day that a rule looks at for a milestone. */
export function dayOfRule(milestone: Day, rule: MilestoneRule): Day {
  return rule === 'status-at' ? milestone : addDays(milestone, -1);
}

/**
 * RET-S: unit placement, anchor its first day worked; retained is with the same employer. Renewals at one employer are one spell.
 * @param spells every spell that began; several of one person stand for themselves
 * @param cutoff the last day that counts: due ⇔ M ≤ cutoff, also for who has already left
 * @param excluding reasons of an end before M that take a spell out, declared beforehand (death); none by default
 * @throws RangeError when a spell ends before it starts
 */
export function placementRetention(spells: readonly Spell[], month: number, cutoff: Day, rule: MilestoneRule = 'status-at', excluding: ReadonlySet<string> = new Set()): RetentionRate {
  const found = new Map<string, Standing>();
  const excluded: string[] = [];
  let notYetDue = 0;
  for (const spell of spells.map(sound)) {
    const milestone = addMonths(spell.start, month);
    if (milestone > cutoff) notYetDue += 1;
    else if (isExcluded(spell, dayOfRule(milestone, rule), excluding)) excluded.push(spell.id);
    else found.set(spell.id, standingOn(spell, dayOfRule(milestone, rule)));
  }
  return rate(month, found, excluded, notYetDue);
}

/** By person: single days, since an answer says nothing of the days around its own. */
export type DaysInWork = ReadonlyMap<string, ReadonlySet<Day>>;

/**
 * RET-A: unit person, anchor the first start; retained is in work with anyone on M. Unknown only where no job is known to hold on M and
 * one that began by then has neither ended nor been confirmed so far.
 */
export function personRetention(
  spells: readonly Spell[], month: number, cutoff: Day, rule: MilestoneRule = 'status-at', excluding: ReadonlySet<string> = new Set(), elsewhere: DaysInWork = new Map(),
): RetentionRate {
  const anchors = new Map([...byPerson(spells)].map(([person, own]) => [person, own[0]!.start]));
  return anchoredRetention(spells, anchors, month, cutoff, rule, excluding, elsewhere);
}

/**
 * The same from a day of its own for each person: admission for who was in work already (EA-09), exit for RET-ESF.
 * @param anchors who is counted, and from which day; a person without any spell is lost once due
 * @param elsewhere days on which a person is known to be in work, in a job of which no spell is written down
 */
export function anchoredRetention(
  spells: readonly Spell[], anchors: ReadonlyMap<string, Day>, month: number, cutoff: Day, rule: MilestoneRule = 'status-at', excluding: ReadonlySet<string> = new Set(), elsewhere: DaysInWork = new Map(),
): RetentionRate {
  const own = byPerson(spells);
  const found = new Map<string, Standing>();
  const excluded: string[] = [];
  let notYetDue = 0;
  for (const [person, anchor] of anchors) {
    const milestone = addMonths(anchor, month);
    if (milestone > cutoff) {
      notYetDue += 1;
      continue;
    }
    const day = dayOfRule(milestone, rule);
    const begun = (own.get(person) ?? []).filter((spell) => spell.start <= day);
    if (begun.some((spell) => isExcluded(spell, day, excluding))) excluded.push(person);
    else found.set(person, elsewhere.get(person)?.has(day) ? 'retained' : bestOf(begun.map((spell) => standingOn(spell, day))));
  }
  return rate(month, found, excluded, notYetDue);
}

/** A period in employment: spells of one person whose gaps are short. */
export type Chain = Omit<Spell, 'employer'> & { spells: string[] };

/**
 * RET-C: consecutive spells of a person with at most `gap` days between them, read as one; overlapping ones are one as well.
 * A chain is open while one of its spells is, and confirmed as far as the last of them.
 * @param gap days without a job that do not break a chain: 30 by default (domain.md §6)
 */
export function chains(spells: readonly Spell[], gap = 30): Chain[] {
  return [...byPerson(spells).values()].flatMap((own) => {
    const runs: Spell[][] = [];
    for (const spell of own) {
      const run = runs.at(-1);
      if (run && !isBroken(run, spell, gap)) run.push(spell);
      else runs.push([spell]);
    }
    return runs.map(chainOf);
  });
}

/** RET-C at a milestone: unit chain, anchor its start. Inside a bridged gap the chain holds. */
export function chainRetention(spells: readonly Spell[], month: number, cutoff: Day, gap = 30, rule: MilestoneRule = 'status-at', excluding: ReadonlySet<string> = new Set()): RetentionRate {
  return placementRetention(chains(spells, gap).map((chain) => ({ ...chain, employer: '' })), month, cutoff, rule, excluding);
}

/**
 * Wilson's interval of a proportion, 95 %.
 * @returns shares between 0 and 1; null without a denominator
 */
export function wilson(part: number, whole: number): { low: number; high: number } | null {
  if (whole === 0) return null;
  const z = 1.959964;
  const p = part / whole;
  const middle = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  const below = 1 + (z * z) / whole;
  return { low: Math.max(0, (middle - spread) / below), high: Math.min(1, (middle + spread) / below) };
}

function rate(month: number, standings: Map<string, Standing>, excluded: string[], notYetDue: number): RetentionRate {
  const count = (standing: Standing): number => [...standings.values()].filter((one) => one === standing).length;
  const [retained, lost, unknown] = [count('retained'), count('lost'), count('unknown')];
  const denominator = standings.size;
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    month, due: denominator + excluded.length, notYetDue, excluded, denominator, retained, lost, unknown,
    conservative: share(retained, denominator), known: share(retained, retained + lost), low: share(retained, denominator), high: share(retained + unknown, denominator),
    responseRate: share(retained + lost, denominator), standings,
  };
}

function isExcluded(spell: Spell, day: Day, excluding: ReadonlySet<string>): boolean {
  return spell.end !== null && spell.end < day && spell.endReason !== null && excluding.has(spell.endReason);
}

function bestOf(standings: readonly Standing[]): Standing {
  if (standings.includes('retained')) return 'retained';
  return standings.includes('unknown') ? 'unknown' : 'lost';
}

/** Each person's spells in the order of their start. */
function byPerson(spells: readonly Spell[]): Map<string, Spell[]> {
  const own = new Map<string, Spell[]>();
  for (const spell of spells.map(sound)) own.set(spell.person, [...(own.get(spell.person) ?? []), spell]);
  for (const each of own.values()) each.sort((a, b) => (a.start === b.start ? a.id.localeCompare(b.id) : a.start < b.start ? -1 : 1));
  return own;
}

function isBroken(run: readonly Spell[], next: Spell, gap: number): boolean {
  if (run.some(({ end }) => end === null)) return false;
  const last = run.reduce<Day>((latest, { end }) => (end! > latest ? end! : latest), run[0]!.end!);
  return daysBetween(last, next.start) - 1 > gap;
}

function chainOf(run: readonly Spell[]): Chain {
  const [first] = run;
  const isOpen = run.some(({ end }) => end === null);
  const latest = run.reduce((a, b) => ((b.end ?? b.confirmedThrough ?? b.start) > (a.end ?? a.confirmedThrough ?? a.start) ? b : a));
  const confirmed = run.flatMap(({ end, confirmedThrough }) => [end, confirmedThrough]).filter((day) => day !== null).sort().at(-1) ?? null;
  return { id: first!.id, person: first!.person, start: first!.start, end: isOpen ? null : latest.end, endReason: isOpen ? null : latest.endReason, confirmedThrough: isOpen ? confirmed : null, spells: run.map(({ id }) => id) };
}

function sound(spell: Spell): Spell {
  if (spell.end !== null && spell.end < spell.start) throw new RangeError(`the spell ${spell.id} ends before it starts`);
  return spell;
}
