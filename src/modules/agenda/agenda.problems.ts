import { conflict, wrongField, type Problem } from '../../platform/problem';

/** Somebody else has done it, or its fact has gone. */
export const alreadyClosed = (): Problem => conflict('agenda-closed');
/** It closes by itself once its fact is recorded. */
export const notByHand = (): Problem => conflict('agenda-not-by-hand');
/** Who ticked it off may take that back, on the same day. */
export const notReopened = (): Problem => conflict('agenda-not-reopened');
/** What wanted it has gone since: a step was taken back, the support has ended. */
export const notWantedAnyMore = (): Problem => conflict('agenda-not-wanted');
export const postponedIntoThePast = (first: string): Problem => wrongField('dueOn', 'not-before', { day: first });
export const postponedTooFar = (last: string): Problem => wrongField('dueOn', 'not-after', { day: last });
