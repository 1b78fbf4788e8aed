import { conflict, wrongField, type Problem } from '../../platform/problem';

export const alreadyDone = (): Problem => conflict('agenda-already-done');
export const dueInThePast = (): Problem => wrongField('dueOn', 'day-in-past');
