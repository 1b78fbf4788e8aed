import { conflict, wrongField, type Problem } from '../../platform/problem';

/** The person already has a lead on that day. */
export const alreadyAssigned = (): Problem => conflict('already-assigned');
/** A hand-over that has not begun yet is waiting. */
export const handOverPlanned = (on: string): Problem => conflict('hand-over-planned', { on });
/** Nothing of the kind is planned any more: it was changed or cancelled, or has begun. */
export const handOverNotPlanned = (): Problem => conflict('hand-over-not-planned');
/** Somebody else has given one of these people another coach meanwhile. */
export const leadsChanged = (): Problem => conflict('leads-changed');
export const nobodyChosen = (): Problem => wrongField('people', 'nobody-to-hand-over');
export const notACoachHere = (): Problem => wrongField('toCoachId', 'not-a-coach-here');
export const sameCoach = (): Problem => wrongField('toCoachId', 'same-coach');
export const beforeTheLead = (from: string): Problem => wrongField('on', 'before-the-lead', { day: from });
export const tooFarAhead = (until: string): Problem => wrongField('on', 'not-after', { day: until });
