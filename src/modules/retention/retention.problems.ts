import { conflict, unprocessable, wrongField, type Problem } from '../../platform/problem';

/** The situation on M cannot be known before M. */
export const beforeMilestone = (day: string): Problem => wrongField('answeredOn', 'before-milestone', { day });
export const triedBefore = (day: string): Problem => wrongField('triedOn', 'tried-before-milestone', { day });
/** "Document seen" rests on a document that is kept. */
export const documentForLevel = (): Problem => wrongField('file', 'document-for-level');
export const fewAttempts = (have: number, need: number): Problem => wrongField('status', 'few-attempts', { have, need });
/** The person has not said that this employer may know of the support. */
export const employerNotPermitted = (): Problem => conflict('employer-not-permitted');
export const milestoneCancelled = (): Problem => conflict('milestone-cancelled');
/** An export that nobody could read any more: the filter has to say more. */
export const tooManyMilestones = (most: number): Problem => unprocessable('too-many-rows', { most });
/** What is better at work is asked six months after the exit, of who was in work at the entry and is in work on the day. */
export const changeNotAsked = (): Problem => wrongField('changed', 'change-not-asked');
