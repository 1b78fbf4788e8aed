import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { refuseTogether } from '../../platform/problem';
import { plain } from '../../platform/spelling';
import { UsersService } from '../identity';
import { ProtocolsService } from '../pathways';
import { MOST_WORDS, type ChooseReading, type ColumnGiven, type MappingGiven, type QuestionView, type ReadingView, type WordGiven } from './imports.dto';
import type { Answers, Chosen, ImportRun, Mapping } from './imports.entities';
import { answerMissing, coachNeeded, columnsMissing, columnTwice, nameColumnMissing, notACoachHere, notAnAnswer, operationNeeded, operationNotOpen } from './imports.problems';
import { ImportsRepository } from './imports.repository';
import { readChoice, valuesOf, type ListName } from './reading/choices';
import { evidenceOf, readDay } from './reading/days';
import { orderShown, type ColumnSeen } from './reading/inspection';
import { bare, CHOSEN, languageOf, targetsOf, type Target } from './reading/targets';

/** Years ahead that a day of two figures may lie: a recognition is granted for so long. */
const AHEAD = 20;
/** Columns that an export of rows puts before the file's own: line, outcome, why. */
const ADDED = 3;
/** How a word is answered that says nothing. */
export const LEAVE_OUT = 'leave-out';
const DAYS: readonly Target[] = ['birth', 'received-on', 'recognition-until'];

/** What a file's columns and words mean: guessed from headers, answered by whoever imports, remembered for the next file with the same headers. */
@Injectable()
export class MappingsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly users: UsersService,
    private readonly protocols: ProtocolsService,
    private readonly clock: Clock,
  ) {}

  /** As the service read such a file last, else as its headers say. */
  async guess(actor: Actor, headers: readonly string[], columns: readonly ColumnSeen[]): Promise<{ mapping: Mapping; answers: Answers }> {
    const known = await this.remembered(actor, headers);
    const year = Number(this.clock.today(actor.timeZone).slice(0, 4));
    const coaches = await this.users.coachesOf(actor);
    const operations = [...new Set((await this.protocols.choices(actor)).map(({ operationId }) => operationId))];
    const targets = known?.mapping.targets ?? targetsOf(headers);
    const coachId = coaches.some(({ id }) => id === known?.mapping.coachId) ? known!.mapping.coachId : coaches.length === 1 ? coaches[0]!.id : '';
    const operationId = operations.find((id) => id === known?.mapping.operationId) ?? (operations.length === 1 ? operations[0]! : null);
    const { order } = orderShown(daysAmong(columns, targets));
    return {
      mapping: { targets, order, lastBirthYear: year, lastYear: year + AHEAD, coachId, operationId, pathway: known?.mapping.pathway ?? null, source: known?.mapping.source ?? 'other' },
      answers: known ? withoutAsked(known.answers) : {},
    };
  }

  /** Of these headers; or of those behind the columns that an export of rows puts before them, to be mended and sent again. */
  private async remembered(actor: Actor, headers: readonly string[]): Promise<{ mapping: Mapping; answers: Answers } | null> {
    const known = await this.imports.remembered(actor, hashOf(headers));
    if (known || headers.length <= ADDED) return known;
    const before = await this.imports.remembered(actor, hashOf(headers.slice(ADDED)));
    return before && { ...before, mapping: { ...before.mapping, targets: [...new Array<Target>(ADDED).fill('ignore'), ...before.mapping.targets] } };
  }

  /** @throws Problem 422 on a column that is missing, said twice, or where nothing names the people */
  chosenTargets(headers: readonly string[], given: readonly ColumnGiven[]): Target[] {
    if (given.length !== headers.length) throw columnsMissing(headers.length);
    const targets = given.map(({ target }) => target);
    for (const [index, target] of targets.entries()) if (target !== 'ignore' && target !== 'phone' && targets.indexOf(target) < index) throw columnTwice(index);
    if (!targets.includes('full-name') && !(targets.includes('family-names') && targets.includes('given-names'))) throw nameColumnMissing();
    return targets;
  }

  /** The whole mapping as it was chosen. @throws Problem 422 on a word that waits for its answer, a coach or an operation that is not here */
  async chosen(actor: Actor, run: ImportRun, columns: readonly ColumnSeen[], targets: Target[], given: ChooseReading): Promise<{ mapping: Mapping; answers: Answers }> {
    const coaches = await this.users.coachesOf(actor);
    const choices = await this.protocols.choices(actor);
    const valuesFor = (list: WordGiven['list']): readonly string[] => (list === 'coach' ? coaches.map(({ id }) => id) : valuesOf(list));
    const isAnswer = ({ list, value }: WordGiven): boolean => value === undefined || value === LEAVE_OUT || valuesFor(list).includes(value);
    const mapping: Mapping = {
      targets, order: given.order, lastBirthYear: given.lastBirthYear, lastYear: given.lastYear, coachId: given.coachId ?? '', operationId: given.operationId ?? null, pathway: given.pathway ?? null, source: given.source,
    };
    const words = given.words ?? [];
    // What was answered for a file with these headers stays answered where nothing else is said.
    const answers = answersOf(words, run.answers);
    const open = (await this.questions(actor, run.headers, columns, mapping, answers)).filter(({ list, value }) => list !== 'coach' && value === null);
    refuseTogether(
      () => { if (!given.coachId) throw coachNeeded(); if (!coaches.some(({ id }) => id === given.coachId)) throw notACoachHere(); },
      () => { if (given.operationId && !choices.some(({ operationId }) => operationId === given.operationId)) throw operationNotOpen(); },
      () => { if (!given.operationId && (targets.includes('pathway') || given.pathway)) throw operationNeeded(); },
      ...words.map((one, index) => () => { if (!isAnswer(one)) throw notAnAnswer(index); }),
      ...open.map(({ list, word, cell }) => () => { throw answerMissing(Math.max(0, words.findIndex((one) => one.list === list && bare(one.word) === word)), cell); }),
    );
    return { mapping, answers };
  }

  remember(actor: Actor, headers: readonly string[], mapping: Mapping, answers: Answers): void {
    // A word about a disability that has no family here may be a diagnosis: it is asked again, and kept nowhere.
    const families = Object.fromEntries(Object.entries(answers.families ?? {}).filter(([, value]) => value !== ''));
    this.imports.remember(actor.service!, hashOf(headers), mapping, { ...answers, families }, this.clock.now());
  }

  async reading(actor: Actor, headers: readonly string[], columns: readonly ColumnSeen[], mapping: Mapping, answers: Answers): Promise<ReadingView> {
    const { dayFirst, monthFirst } = orderShown(daysAmong(columns, mapping.targets));
    const { order, lastBirthYear, lastYear, coachId, operationId, pathway, source } = mapping;
    return {
      order, dayFirst, monthFirst, example: exampleOf(columns, mapping), lastBirthYear, lastYear, coachId: coachId || null, operationId, pathway, source,
      questions: await this.questions(actor, headers, columns, mapping, answers),
    };
  }

  /** The words of the columns that are lists, with what each is taken for. What says nothing is not asked. */
  private async questions(actor: Actor, headers: readonly string[], columns: readonly ColumnSeen[], mapping: Mapping, answers: Answers): Promise<QuestionView[]> {
    const coaches = await this.users.coachesOf(actor);
    const language = languageOf(headers);
    const all = CHOSEN.flatMap((list) => columns.flatMap(({ words }, index) => (mapping.targets[index] === list ? (words ?? []).map((one) => ({ list, ...one })) : [])));
    const inColumn = new Map(CHOSEN.map((list) => [list, new Set(all.filter((one) => one.list === list).map(({ word }) => word))]));
    return all.slice(0, MOST_WORDS).flatMap(({ list, word, cell, rows }): QuestionView[] => {
      const said = answers[list];
      const answered = said && Object.hasOwn(said, word) ? said[word] || LEAVE_OUT : null;
      if (list === 'coach') {
        const guessed = coaches.find(({ name }) => plain(name) === word)?.id ?? null;
        return [{ list, word, cell, rows, value: answered ?? guessed, choices: coaches.map(({ id }) => id), asked: false }];
      }
      const read = readChoice(list, cell, language, inColumn.get(list)!, {});
      if (read.known && read.value === null) return [];
      return [{ list, word, cell, rows, value: answered ?? (read.known ? read.value : null), choices: read.known ? valuesOf(list) : read.choices, asked: !read.known && read.asked }];
    });
  }
}

function answersOf(words: readonly WordGiven[] = [], known: Answers = {}): Answers {
  const answers: Answers = { ...known };
  for (const { list, word, value } of words) if (value !== undefined) answers[list] = { ...answers[list], [bare(word)]: value === LEAVE_OUT ? '' : value };
  return answers;
}

/** A mapping as it is given on the command line. */
export function chosenOf({ columns, words, ...more }: MappingGiven): Chosen {
  const said = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) as Chosen;
  return { ...said, ...(columns ? { targets: columns.map(({ target }) => target) } : {}), answers: answersOf(words) };
}

/** The same headers in the same order are the same register, whatever their capitals. */
const hashOf = (headers: readonly string[]): string => createHash('sha256').update(JSON.stringify(headers.map(bare))).digest('hex');

const daysAmong = (columns: readonly ColumnSeen[], targets: readonly Target[]): ColumnSeen[] => columns.filter((_, index) => DAYS.includes(targets[index]!));

/** Words that mean different things are asked in each file. */
function withoutAsked(answers: Answers): Answers {
  const known = (list: Target, word: string): boolean => {
    const read = list === 'coach' ? null : readChoice(list as ListName, word, 'fr', new Set(), {});
    return read === null || read.known || !read.asked;
  };
  return Object.fromEntries(Object.entries(answers).map(([list, words]) => [list, Object.fromEntries(Object.entries(words).filter(([word]) => known(list as Target, word)))]));
}

/** A day that could be read in two ways, and how it is. */
function exampleOf(columns: readonly ColumnSeen[], { targets, order, lastBirthYear, lastYear }: Mapping): ReadingView['example'] {
  for (const [index, { samples }] of columns.entries()) {
    if (!DAYS.includes(targets[index]!)) continue;
    for (const cell of samples) {
      const { dayFirst, monthFirst } = evidenceOf(cell);
      const [here, there] = (['day-first', 'month-first'] as const).map((one) => readDay(cell, { order: one, lastYear: targets[index] === 'birth' ? lastBirthYear : lastYear }));
      if (dayFirst || monthFirst || !here!.ok || !there!.ok || here!.day === there!.day) continue;
      return { cell, day: order === 'day-first' ? here!.day : there!.day };
    }
  }
  return null;
}
