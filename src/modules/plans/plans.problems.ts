import { conflict, wrongField, type Problem } from '../../platform/problem';

/** One open plan of a kind on each pathway: the other is closed first. */
export const planAlreadyOpen = (): Problem => conflict('plan-already-open');
export const planClosed = (on: string): Problem => conflict('plan-closed', { on });
/** There is nothing to say yes to yet. */
export const planWithoutGoals = (): Problem => conflict('plan-without-goals');
export const planAgreedAlready = (on: string): Problem => conflict('plan-agreed-already', { on });
/** Nobody validates what the person has not agreed to. */
export const planNotAgreed = (): Problem => conflict('plan-not-agreed');
export const planValidatedAlready = (on: string): Problem => conflict('plan-validated-already', { on });
/** Where money is asked for, nobody approves their own. */
export const planOwnValidation = (): Problem => conflict('plan-own-validation');
/** Somebody is named who helps: that nobody is needed does not stand beside it. */
export const supportsNamedAlready = (): Problem => conflict('supports-named-already');
export const supportThere = (): Problem => conflict('support-already-there');
export const before = (path: string, day: string): Problem => wrongField(path, 'not-before', { day });
export const after = (path: string, day: string): Problem => wrongField(path, 'not-after', { day });
export const ahead = (path: string): Problem => wrongField(path, 'in-the-future');
