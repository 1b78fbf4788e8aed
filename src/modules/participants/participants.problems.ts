import { conflict, notChosen, wrongField, type Problem } from '../../platform/problem';
import type { LikelyDuplicate } from './register/register.dto';

/** Somebody in the service looks like this person: look first, then say that it is another. */
export const likelyDuplicates = (people: LikelyDuplicate[]): Problem => conflict('likely-duplicates', { count: people.length }, { people });
export const coachNeeded = (): Problem => notChosen('coachId');
export const notACoachHere = (): Problem => wrongField('coachId', 'not-a-coach-here');
export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
export const before = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
/** @param day the first day of the person's life, as far as it is known */
export const beforeBirth = (path: string, day: string): Problem => wrongField(path, 'not-before-birth', { day });
/** @param day on which something is written down about the person */
export const bornAfter = (day: string): Problem => wrongField('bornYear', 'born-after', { day });
/** Law asks for another signature beside the person's own. */
export const legalSignatureNeeded = (): Problem => conflict('legal-signature-needed');
/** The measure that covers this act has ended: the act waits, the accompaniment goes on. */
export const measureExpired = (on: string): Problem => conflict('measure-expired', { on });
/** The same kind of measure, of the same holder, from the same day: written down twice. */
export const measureThere = (): Problem => conflict('measure-already-there');
/** Noted in error, and taken back: it stays as it is. */
export const measureWithdrawn = (): Problem => conflict('measure-withdrawn');
export const recognitionThere = (): Problem => conflict('recognition-already-there');
/** A no is nothing that could be taken back: a yes, later, is an answer of its own. */
export const nothingToWithdraw = (): Problem => conflict('nothing-to-withdraw');
export const alreadyWithdrawn = (on: string): Problem => conflict('already-withdrawn', { on });
