import { wrongField, type Problem } from '../../platform/problem';

export const unknownJob = (): Problem => wrongField('placementId', 'not-in-list');
/** A need that is known cannot stand beside the answer that none is. */
export const needKnown = (count: number): Problem => wrongField('answeredOn', 'need-known', { count });
