import { conflict, wrongField, type Problem } from '../../platform/problem';

/** "These may know" without anything ticked, or "nothing" beside something ticked: which of the two is the person's to say. */
export const nothingTicked = (): Problem => wrongField('answer', 'disclosure-nothing-ticked');
export const tickedBesideNothing = (): Problem => wrongField('answer', 'disclosure-ticked');
export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
export const before = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
export const sheetEnded = (): Problem => conflict('disclosure-ended');
export const alreadyRevoked = (): Problem => conflict('disclosure-revoked');
