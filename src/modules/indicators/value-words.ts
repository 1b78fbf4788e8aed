import type { Dimension } from './figures';

const OWN = new Set(['unknown', 'refused', 'several', 'none']);
const PREFIX: Record<Exclude<Dimension, 'service'>, string> = { pathway: 'pathways.pathway.', gender: 'participants.gender.', age: 'indicators.age.', disability: 'participants.family.' };

/** The key of the words for a value of a dimension; a service has its own name. */
export function labelOf(dimension: Exclude<Dimension, 'service'>, value: string): string {
  return OWN.has(value) ? `indicators.value.${value}` : `${PREFIX[dimension]}${value}`;
}
