import { conflict, wrongField, type Problem } from '../../platform/problem';

export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
export const before = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
export const needed = (path: string): Problem => wrongField(path, 'required');
/** What was typed beside a no is not thrown away without a word. */
export const notWithDeclined = (path: string): Problem => wrongField(path, 'not-with-declined');
/** The support on this pathway has ended: what the person agrees to is asked in a support that runs. */
export const supportEnded = (): Problem => conflict('support-ended');
