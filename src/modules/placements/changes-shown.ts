import { isDay } from '../../platform/days';
import type { PlacementActView, PlacementView } from './placements.dto';
import { TERMS, type Terms } from './terms';

/** One value as a page says it; all null where it was not known. */
export interface Shown {
  words: string | null;
  text: string | null;
  day: string | null;
  minutes: number | null;
  money: { amount: number; currency: string } | null;
}
export interface ChangeShown {
  name: keyof Terms;
  before: Shown;
  after: Shown;
}

const NOTHING: Shown = { words: null, text: null, day: null, minutes: null, money: null };
const WORDS: Partial<Record<keyof Terms, string>> = { setting: 'setting', contract: 'contract', wagePeriod: 'period', foundBy: 'foundBy' };

/** What a change of terms made another one: what was there, and what is since. Sites are known by their ids, which say nothing to who reads. */
export function changesShown({ act, before, after }: PlacementActView, now: Pick<PlacementView, 'currency'>): ChangeShown[] {
  if (act !== 'changed') return [];
  return TERMS.filter((name) => name in after && name !== 'siteId').map((name) => ({ name, before: shown(name, before, now), after: shown(name, after, now) }));
}

function shown(name: keyof Terms, values: Record<string, unknown>, now: Pick<PlacementView, 'currency'>): Shown {
  const value = values[name];
  if (value === null || value === undefined) return NOTHING;
  if (name === 'wage') return { ...NOTHING, money: { amount: Number(value), currency: typeof values.currency === 'string' ? values.currency : now.currency ?? 'EUR' } };
  if (name === 'weeklyMinutes') return { ...NOTHING, minutes: Number(value) };
  if (typeof value === 'boolean') return { ...NOTHING, words: `platform.${value ? 'yes' : 'no'}` };
  const text = typeof value === 'string' ? value : '';
  if (WORDS[name]) return { ...NOTHING, words: `placements.${WORDS[name]}.${text}` };
  return isDay(text) ? { ...NOTHING, day: text } : { ...NOTHING, text };
}
