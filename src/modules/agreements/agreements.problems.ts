import { conflict, wrongField, type Problem } from '../../platform/problem';
import type { Party } from './parties';

/** The person has not let this employer know of the support: the sheet says who may know what. */
export const threePartyNotPermitted = (): Problem => conflict('three-party-not-permitted');
export const agreementThere = (): Problem => conflict('agreement-already-there');
export const agreementEnded = (on: string): Problem => conflict('agreement-ended', { on });
/** What somebody has signed is not rewritten. */
export const agreementFixed = (): Problem => conflict('agreement-fixed');
export const signedAlready = (party: Party): Problem => conflict('signed-already', { party });
/** A second signature stands beside the person's own, and comes after it. */
export const personSignsFirst = (): Problem => conflict('person-signs-first');
/** Law asks nobody to sign beside this person. */
export const nobodySignsBeside = (): Problem => conflict('nobody-signs-beside');
/** The measure that covers signing has ended: the agreement waits, the accompaniment goes on. */
export const measureExpired = (on: string): Problem => conflict('measure-expired', { on });
/** Nobody signs in place of the person. */
export const inPlaceOfThePerson = (path: string): Problem => wrongField(path, 'in-place-of-the-person');
export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
export const before = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
