import { conflict, notChosen, Problem, wrongField } from '../../platform/problem';
import type { TooMuch } from './reading/reader';

const UNREADABLE: Readonly<Record<TooMuch | 'no-rows', string>> = {
  'file-too-large': 'register-too-large', 'too-many-rows': 'register-too-many-rows', 'too-many-columns': 'register-too-many-columns', 'cell-too-long': 'register-cell-too-long',
  'quote-not-closed': 'register-quote-not-closed', 'not-text': 'register-not-text', 'no-rows': 'register-without-rows',
};

export const fileMissing = (): Problem => notChosen('file');
/** @param line where it was seen, counted from the first of the file; null where it is about the whole */
export const unreadable = (code: TooMuch | 'no-rows', line: number | null, limits: { rows: number; columns: number; cell: number; megabytes: number }): Problem => wrongField('file', UNREADABLE[code], { line: line ?? 0, ...limits });
/** As many columns as the file has, in its order. */
export const columnsMissing = (count: number): Problem => wrongField('columns', 'as-many-as-columns', { count });
/** Two columns hold the same. */
export const columnTwice = (index: number): Problem => wrongField(`columns.${index}.target`, 'column-twice');
export const nameColumnMissing = (): Problem => wrongField('columns', 'name-column-missing');
/** A word of the file that is in none of the lists, or means different things, waits for its answer. */
export const answerMissing = (index: number, word: string): Problem => wrongField(`words.${index}.value`, 'word-to-be-answered', { word });
export const notAnAnswer = (index: number): Problem => wrongField(`words.${index}.value`, 'not-in-list');
export const coachNeeded = (): Problem => notChosen('coachId');
export const notACoachHere = (): Problem => wrongField('coachId', 'not-a-coach-here');
export const operationNotOpen = (): Problem => wrongField('operationId', 'not-in-list');
export const operationNeeded = (): Problem => notChosen('operationId');
/** A row is one of those whom it may mean, somebody new, or undecided. */
export const notAmongThose = (): Problem => wrongField('choice', 'not-in-list');
/** Nobody has to decide whom it means. */
export const rowNotInDoubt = (): Problem => conflict('import-row-not-in-doubt');
export const importRunning = (): Problem => conflict('import-running');
export const importOver = (): Problem => conflict('import-over');
export const notPreviewed = (): Problem => conflict('import-not-previewed');
export const nothingToImport = (): Problem => conflict('import-nothing');
export const tooManyChanges = (most: number): Problem => conflict('import-too-many-changes', { most });
/** What the service holds is not what the preview was made of. */
export const importOutdated = (): Problem => conflict('import-outdated');
export const importInterrupted = (): Problem => conflict('import-interrupted');
