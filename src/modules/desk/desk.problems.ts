import { conflict, unprocessable, type Problem } from '../../platform/problem';

/** An export that nobody could read any more: the filter has to say more. */
export const tooManyRows = (most: number): Problem => unprocessable('too-many-rows', { most });
export const tooManyViews = (most: number): Problem => conflict('too-many-views', { most });
