import { conflict, unprocessable, wrongField, type Problem } from '../../platform/problem';

/** An employer of the service looks like this one: look first, then say that it is another. */
export const likelyEmployers = (count: number): Problem => wrongField('confirmedNew', 'likely-employers', { count });
export const registrationTaken = (): Problem => wrongField('registration', 'registration-taken');
/** Nothing is added to a double: the employer that stays is the one to write on. */
export const employerMerged = (): Problem => conflict('employer-merged');
export const intoItself = (): Problem => wrongField('into', 'employer-into-itself');
export const unknownEmployer = (path: string): Problem => wrongField(path, 'not-in-list');
export const nextTogether = (path: 'nextOn' | 'nextWhat'): Problem => wrongField(path, 'required');
export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
/** What one person has at both would stand twice at one: it is put right on the person first. */
export const mergeRefused = (code: 'employer-merge-jobs' | 'employer-merge-sheets', count: number): Problem => conflict(code, { count });
export const dealingOfSomebodyElse = (): Problem => conflict('dealing-of-somebody-else');
export const dealingTooLate = (days: number): Problem => conflict('dealing-too-late', { days });
export const dealingWithdrawn = (): Problem => conflict('dealing-withdrawn');
export const tookNoTime = (): Problem => wrongField('minutes', 'took-no-time');
export const tooManyEmployers = (most: number): Problem => unprocessable('too-many-employers', { most });
