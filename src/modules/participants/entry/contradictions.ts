import type { FieldFault } from '../../../platform/problem';

/** What is said of one person at entry: item → value, `refused` or null. */
export type Said = Readonly<Record<string, string | null>>;

interface Contradiction {
  /** The answers that cannot both hold, each with the values that clash. */
  readonly between: readonly [item: string, values: readonly string[]][];
  /** Key of the words, which name both. */
  readonly code: string;
}

const LASTING = ['under-6-months', '6-to-12-months', '12-to-24-months', 'over-24-months'];

/**
 * Employed, unemployed and inactive exclude each other, and whoever is registered as unemployed is not inactive (ESF+ common indicators EECO02, EECO04, EECO05).
 * Who has a job may be registered all the same: part-time work leaves people on the register in France.
 */
const CONTRADICTIONS: readonly Contradiction[] = [
  { between: [['work-status', ['employed']], ['unemployed-for', LASTING]], code: 'in-work-and-without' },
  { between: [['work-status', ['unemployed']], ['unemployed-for', ['not-concerned']]], code: 'without-work-since-never' },
  { between: [['work-status', ['inactive']], ['registered-unemployed', ['yes']]], code: 'registered-and-inactive' },
  { between: [['disability', ['no']], ['disability-evidence', ['self-declared']]], code: 'disability-said-and-not' },
  { between: [['disability', ['yes']], ['disability-evidence', ['none']]], code: 'disability-from-nowhere' },
];

/** Years of age below which nobody has completed a level, with room for those who were years ahead of everybody. */
const YOUNGEST: Readonly<Record<string, number>> = { 'isced-1': 8, 'isced-2': 10, 'isced-3': 13, 'isced-4': 14, 'isced-5': 15, 'isced-6': 16, 'isced-7': 17, 'isced-8': 18 };

/**
 * Answers that cannot hold together, told at each of them that was sent. @param where the path of an item in what was sent, null where it was not sent
 * @param age on the day of the answers; null where nobody knows it
 */
export function contradictions(said: Said, age: number | null, where: (item: string) => string | null): FieldFault[] {
  const clashing = CONTRADICTIONS.filter(({ between }) => between.every(([item, values]) => values.includes(said[item] ?? '')));
  const faults: FieldFault[] = clashing.flatMap(({ between, code }) => between.flatMap(([item]) => {
    const path = where(item);
    return path ? [{ path, code, values: {} }] : [];
  }));
  const level = said['education-level'];
  const path = where('education-level');
  if (age !== null && path && level && age < (YOUNGEST[level] ?? 0)) faults.push({ path, code: 'level-before-its-age', values: { age } });
  return faults;
}
