import { conflict, wrongField, type Problem } from '../../platform/problem';

export const inTheFuture = (today: string): Problem => wrongField('happenedOn', 'not-after', { day: today });
/** Somebody whom the actor does not see, or who is not there. */
export const unknownPerson = (): Problem => wrongField('participantIds', 'not-in-list');
export const writtenBySomebodyElse = (): Problem => conflict('activity-of-somebody-else');
export const correctionTooLate = (days: number): Problem => conflict('activity-correction-too-late', { days });
export const activityWithdrawn = (): Problem => conflict('activity-withdrawn');
