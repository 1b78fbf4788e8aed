import type { Language } from '../../platform/access/actor';
import { isDay } from '../../platform/days';
import { dayInWords } from '../../platform/views/locales';
import type { Words } from '../../platform/views/words';
import { csv } from '../../platform/web/csv';
import type { Say } from './deciding/decision';
import type { RowView, RunWhole } from './imports.dto';
import { LEAVE_OUT } from './mappings.service';
import type { Target } from './reading/targets';

/** Where the words stand for the values of a column. */
const VALUES: Partial<Record<Target, string>> = {
  gender: 'participants.gender.', families: 'participants.family.', recognition: 'participants.recognitionState.', pathway: 'participants.pathwayName.', 'work-at-entry': 'imports.work.', state: 'imports.state.',
};
/** Of these, what a cell says has been read: it is a value, and not the file's own word. */
const READ = new Set(['adds', 'contradicts', 'pathway-not-open']);

/** What a value of a column is called. */
export function valueWords(words: Words, language: Language, target: Target, value: string): string {
  const key = value === LEAVE_OUT ? 'imports.leaveOut' : `${VALUES[target] ?? ''}${value}`;
  return (value === LEAVE_OUT || VALUES[target]) && words.has(key) ? words.say(language, key, {}) : value;
}

/** What is said of a row, in a sentence. */
export function sayWords(words: Words, language: Language, { what, target, cell, now, line }: Say): string {
  const read = (value: string): string => value.split(' ').map((one) => (isDay(one) ? dayInWords(language, one) : target ? valueWords(words, language, target, one) : one)).join(' ');
  return words.say(language, `imports.say.${what}`, {
    column: target ? words.say(language, `imports.target.${target}`, {}) : '', cell: cell !== null && READ.has(what) ? read(cell) : cell ?? '', now: now === undefined ? '' : read(now), line: line ?? 0,
  });
}

/** The rows of a run as a table to be mended and sent again: the file's own columns behind what became of each. */
export function rowsAsCsv(words: Words, language: Language, run: Pick<RunWhole, 'columns' | 'separator'>, rows: readonly RowView[]): string {
  const say = (key: string): string => words.say(language, key, {});
  const headers = run.columns.map(({ header }) => header);
  return csv([say('imports.rows.line'), say('imports.rows.outcome'), say('imports.rows.says'), ...headers], rows.map(({ line, outcome, says, cells }) => [
    line, outcome ? say(`imports.outcome.${outcome}`) : '', says.map((one) => sayWords(words, language, one)).join(' · '), ...headers.map((_, index) => cells?.[index] ?? ''),
  ]), run.separator === '\t' || run.separator === '|' ? ';' : run.separator);
}
