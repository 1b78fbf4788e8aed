import type { Dimension } from './figures';

const OWN = new Set(['unknown', 'refused', 'several', 'none']);
const PREFIX: Record<Dimension, string> = { pathway: 'pathways.pathway.', gender: 'participants.gender.', age: 'indicators.age.', disability: 'participants.family.' };

/** The key of the words for a value of a dimension. */
export function labelOf(dimension: Dimension, value: string): string {
  return OWN.has(value) ? `indicators.value.${value}` : `${PREFIX[dimension]}${value}`;
}
