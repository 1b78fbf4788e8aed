/**
 * What funders need to know at entry (ESF+ records, national reports): one line an item, each answered from its closed list or refused.
 * A refusal is a whole answer: it is counted as such and never asked again. Words: `participants.entry.<item>`, `participants.entry.<item>.<value>`.
 */
export interface EntryItem {
  readonly key: string;
  /** What admission asks for, in two groups: `answered_or_refused` names the group. */
  readonly group: 'entry' | 'disability';
  /** Sensitive by law (ESF+ variables marked **): the page says that nobody has to answer. */
  readonly sensitive: boolean;
  readonly options: readonly string[];
}

const item = (key: string, group: EntryItem['group'], sensitive: boolean, ...options: string[]): EntryItem => ({ key, group, sensitive, options });

export const ENTRY_ITEMS: readonly EntryItem[] = [
  item('work-status', 'entry', false, 'employed', 'unemployed', 'inactive'),
  item('unemployed-for', 'entry', false, 'under-6-months', '6-to-12-months', '12-to-24-months', 'over-24-months', 'not-concerned'),
  item('registered-unemployed', 'entry', false, 'yes', 'no', 'unknown'),
  item('in-education', 'entry', false, 'yes', 'no'),
  // ISCED 2011, joined where funders join them.
  item('education-level', 'entry', false, 'none', 'isced-1', 'isced-2', 'isced-3', 'isced-4', 'isced-5', 'isced-6', 'isced-7', 'isced-8'),
  item('household', 'entry', false, 'alone', 'with-partner', 'with-parents', 'with-own-children', 'with-others', 'institution'),
  item('housing', 'entry', true, 'stable', 'temporary', 'none'),
  // DEGURBA: Eurostat's degree of urbanisation.
  item('area', 'entry', false, 'city', 'town', 'rural'),
  item('nationality', 'entry', true, 'national', 'eu', 'third-country', 'stateless'),
  item('foreign-background', 'entry', true, 'yes', 'no'),
  item('minority', 'entry', true, 'yes', 'no'),
  item('disability', 'disability', true, 'yes', 'no', 'unknown'),
  item('disability-evidence', 'disability', true, 'recognised', 'self-declared', 'eligibility', 'estimate', 'none'),
];

export const ENTRY_KEYS: readonly string[] = ENTRY_ITEMS.map((one) => one.key);

/** The items of a group (`entry`, `disability`), or the one item of that name. */
export function itemsOf(name: string): readonly EntryItem[] {
  const group = ENTRY_ITEMS.filter((one) => one.group === name);
  return group.length ? group : ENTRY_ITEMS.filter((one) => one.key === name);
}
