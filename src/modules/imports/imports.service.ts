import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Clock } from '../../platform/clock';
import { newId } from '../../platform/id';
import { editedMeanwhile } from '../../platform/problem';
import type { UploadedFile } from '../../platform/web/uploads';
import { AuditService } from '../audit';
import { UsersService } from '../identity';
import type { Counts, Decision, Outcome, Say } from './deciding/decision';
import type { Settled } from './deciding/people';
import { Evaluation, registerOf } from './deciding/evaluation.service';
import { SOMEBODY_NEW, UNDECIDED, type ChooseColumns, type ChooseReading, type RowsFilter, type RowView, type RunView, type RunWhole, type SettleRow } from './imports.dto';
import type { Chosen, ImportRun, Mapping } from './imports.entities';
import { fileMissing, importOver, importRunning, notAmongThose, notPreviewed, rowNotInDoubt, unreadable } from './imports.problems';
import { counted, ImportsRepository, isSettled } from './imports.repository';
import { MappingsService } from './mappings.service';
import type { Encoding } from './reading/encoding';
import { inspect, rowsOf, type Inspection } from './reading/inspection';
import { LIMITS, Unreadable } from './reading/reader';
import type { Separator } from './reading/separator';

const DAY = 86_400_000;
/** A file that nobody took over is no use after this many days; what it holds about people goes. */
const KEPT_DAYS = 30;
const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY);
/** Nobody has taken it over, or is about to. */
const isWaiting = ({ state }: Pick<ImportRun, 'state'>): boolean => state === 'read' || state === 'previewed' || state === 'failed';
const MOST_RUNS = 50;
/** Rows that are written or read at once. */
export const CHUNK = 500;
export const ROWS_PER_PAGE = 50;

/** Files on their way into the service: received, mapped, previewed row by row. Taken over by CommitsService. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly mappings: MappingsService,
    private readonly evaluation: Evaluation,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Reads a file and keeps its rows, closed, until they are taken over. @throws Problem 422 where it is no register, with the line */
  async receive(actor: Actor, file: UploadedFile | null): Promise<string> {
    if (!file) throw fileMissing();
    const seen = await inspected(file.path);
    if (seen.rows === 0) throw unreadable('no-rows', null, SHOWN);
    const { mapping, answers } = await this.mappings.guess(actor, seen.headers, seen.columns);
    const id = newId();
    const serviceId = actor.service!;
    const at = this.clock.now();
    this.imports.removeOld(actor, keptSince(at));
    await this.imports.insert({
      id, serviceId, fileName: file.name, sha256: file.sha256, bytes: file.bytes, encoding: seen.encoding, separator: seen.separator, headerLine: seen.headerLine, headers: seen.headers, mapping, answers,
      state: 'read', failure: null, rows: seen.rows, done: 0, counts: {}, createdAt: at, createdBy: actor.id, committedAt: null, version: 1,
    }, seen.columns);
    let some: { line: number; cells: string[] }[] = [];
    for await (const row of rowsOf(file.path, seen)) {
      some.push(row);
      if (some.length < CHUNK) continue;
      this.imports.addRows({ id, serviceId }, some);
      some = [];
    }
    this.imports.addRows({ id, serviceId }, some);
    // A file's name may hold somebody's: it is not told.
    await this.audit.record(actor, 'import.received', { kind: 'import', id }, { rows: seen.rows });
    return id;
  }

  async chooseColumns(actor: Actor, id: string, given: ChooseColumns): Promise<void> {
    const run = await this.changeable(actor, id, given.version);
    const targets = this.mappings.chosenTargets(run.headers, given.columns);
    await this.imports.change({ id, version: given.version }, { mapping: { ...run.mapping!, targets }, state: 'read', failure: null, counts: {}, done: 0 });
  }

  /** Says how days and words are read, and makes the preview: every row with its outcome. */
  async chooseReading(actor: Actor, id: string, given: ChooseReading): Promise<void> {
    const run = await this.changeable(actor, id, given.version);
    const columns = this.imports.columnsOf(run);
    const targets = this.mappings.chosenTargets(run.headers, run.mapping!.targets.map((target) => ({ target })));
    const { mapping, answers } = await this.mappings.chosen(actor, run, columns, targets, given);
    this.mappings.remember(actor, run.headers, mapping, answers);
    const counts = await this.preview(actor, { ...run, answers }, mapping);
    await this.imports.change({ id, version: given.version }, { mapping, answers, state: 'previewed', failure: null, counts, done: 0 });
    await this.audit.record(actor, 'import.previewed', { kind: 'import', id }, { ...counts });
  }

  /** Decides whom a row means that may mean people who are there. What follows for the rows below is seen at once: the preview is made anew. @returns false where it was decided so already */
  async settle(actor: Actor, id: string, { line, choice, version }: SettleRow): Promise<boolean> {
    const run = await this.changeable(actor, id, version);
    if (run.state === 'read') throw notPreviewed();
    const row = await this.imports.row(actor, id, line);
    const mayBe = mayBeOf(row.says).map((one) => one.id);
    if (mayBe.length === 0 && !isSettled(row)) throw rowNotInDoubt();
    if (choice !== UNDECIDED && choice !== SOMEBODY_NEW && !mayBe.includes(choice)) throw notAmongThose();
    if (choice === SOMEBODY_NEW && mayBe.length === 0) throw rowNotInDoubt();
    const settled: Settled = { sameAs: mayBe.includes(choice) ? choice : null, otherThan: choice === SOMEBODY_NEW ? [...mayBe].sort() : null };
    if (isSame(row, settled)) return false;
    this.imports.settle(actor, id, line, settled);
    const counts = await this.preview(actor, run, run.mapping!);
    await this.imports.change({ id, version }, { state: 'previewed', failure: null, counts, done: 0 });
    await this.audit.record(actor, 'import.settled', { kind: 'import', id }, { line });
    return true;
  }

  /** What becomes of each row of a file, without keeping any of it: for the command line. @param chosen what was chosen for it, over what is guessed */
  async dryRun(actor: Actor, path: string, chosen: Chosen, each: (decision: Decision) => void): Promise<Counts> {
    const seen = await inspected(path);
    const { mapping, answers } = await this.mappings.guess(actor, seen.headers, seen.columns);
    const { answers: said, ...more } = chosen;
    if (more.targets) this.mappings.chosenTargets(seen.headers, more.targets.map((target) => ({ target })));
    const outcomes: Outcome[] = [];
    for await (const decided of this.evaluation.of(actor, { headers: seen.headers, columns: seen.columns, mapping: { ...mapping, ...more }, answers: { ...answers, ...said } }, rowsOf(path, seen))) {
      for (const { decision } of decided) {
        outcomes.push(decision.outcome);
        each(decision);
      }
    }
    return counted(outcomes);
  }

  /** The same for a file that was received: with what is guessed where nothing was chosen. Words without an answer are left out, and told. */
  async previewGuessed(actor: Actor, id: string, chosen: Chosen): Promise<Counts> {
    const run = await this.imports.hold(actor, id);
    const { answers: said, ...more } = chosen;
    const mapping = { ...run.mapping!, ...more };
    const answers = { ...run.answers, ...said };
    const counts = await this.preview(actor, { ...run, answers }, mapping);
    await this.imports.change(run, { mapping, answers, state: 'previewed', failure: null, counts, done: 0 });
    return counts;
  }

  async list(actor: Actor): Promise<RunView[]> {
    const since = keptSince(this.clock.now());
    const found = await this.imports.list(actor, MOST_RUNS);
    const runs = found.filter((run) => run.createdAt >= since || !isWaiting(run));
    // Of those that were taken over, the rows that were refused.
    if (found.some(({ createdAt }) => createdAt < since)) this.imports.removeOldAfterwards(actor, since);
    const names = await this.namesOf(actor, runs);
    const views: RunView[] = [];
    for (const run of runs) views.push(viewOf(await this.asItIs(run), names));
    return views;
  }

  /** What is known of it, with examples of what stands in its columns as long as it is not taken over. Whose these are was shown: that is recorded. */
  async open(actor: Actor, id: string): Promise<RunWhole> {
    const run = await this.run(actor, id);
    if (run.columns.some(({ samples }) => samples.length > 0)) this.audit.opened(actor, 'import.opened', { kind: 'import', id });
    return run;
  }

  /** The same for whoever shows no example. */
  async run(actor: Actor, id: string): Promise<RunWhole> {
    const run = await this.asItIs(await this.imports.get(actor, id));
    const columns = this.imports.columnsOf(run);
    const { mapping, headers, answers } = run;
    return {
      ...viewOf(run, await this.namesOf(actor, [run])),
      columns: headers.map((header, index) => ({ header, target: mapping!.targets[index] ?? 'ignore', filled: columns[index]?.filled ?? 0, samples: columns[index]?.samples ?? [] })),
      reading: await this.mappings.reading(actor, headers, columns, mapping!, answers),
    };
  }

  /** Rows with their outcome, a page at a time. Whose rows these are was shown: that is recorded. */
  async rows(actor: Actor, id: string, { outcome, page = 1 }: RowsFilter): Promise<{ items: RowView[]; total: number; page: number; pages: number }> {
    const run = await this.imports.get(actor, id);
    this.audit.opened(actor, 'import.opened', { kind: 'import', id });
    const total = outcome ? (run.counts[outcome] ?? 0) : run.rows;
    const items = await this.imports.page(actor, id, outcome ?? null, (page - 1) * ROWS_PER_PAGE, ROWS_PER_PAGE);
    return { items: items.map(rowView), total, page, pages: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) };
  }

  /** All of them, as a table: the cells of the file behind what became of the row. */
  async export(actor: Actor, id: string, outcome: Outcome | null): Promise<{ run: RunWhole; rows: RowView[] }> {
    const run = await this.run(actor, id);
    this.audit.opened(actor, 'import.exported', { kind: 'import', id });
    return { run, rows: (await this.imports.page(actor, id, outcome, 0, LIMITS.rows)).map(rowView) };
  }

  /** Nobody wants it any more: its rows go, for good. */
  async discard(actor: Actor, id: string, version: number): Promise<void> {
    const run = await this.imports.hold(actor, id);
    if (run.state === 'committing' && (await this.imports.isWorkedOn(id))) throw importRunning();
    if (run.version !== version) throw editedMeanwhile({ state: run.state }, { state: 'discarded' }, run.version);
    this.imports.removeRows(actor, id);
    await this.imports.change({ id, version }, run.state === 'committed' ? {} : { state: 'discarded', failure: null, columns: '', answers: {} });
    await this.audit.record(actor, 'import.discarded', { kind: 'import', id });
  }

  private async preview(actor: Actor, run: ImportRun, mapping: Mapping): Promise<Counts> {
    const outcomes: Outcome[] = [];
    for await (const decided of this.evaluation.of(actor, registerOf(run, mapping, this.imports.columnsOf(run)), this.stored(actor, run.id))) {
      this.imports.decide(run.id, decided.map(({ decision }) => decision));
      outcomes.push(...decided.map(({ decision }) => decision.outcome));
    }
    if (outcomes.length < run.rows) throw notPreviewed();
    return counted(outcomes);
  }

  private async *stored(actor: Actor, id: string): AsyncGenerator<{ line: number; cells: string[]; settled: Settled | null }> {
    for (let line = 0; ;) {
      const rows = await this.imports.rowsAfter(actor, id, line, CHUNK);
      yield* rows;
      if (rows.length < CHUNK) return;
      line = rows.at(-1)!.line;
    }
  }

  private async changeable(actor: Actor, id: string, version: number): Promise<ImportRun> {
    const run = await this.imports.hold(actor, id);
    if (run.state === 'committing' && (await this.imports.isWorkedOn(id))) throw importRunning();
    if (run.state === 'committed') throw importOver();
    if (run.version !== version) throw editedMeanwhile({ state: run.state }, {}, run.version);
    return run;
  }

  /** A run that nobody works on any more was cut off: nothing of it was written. */
  private async asItIs(run: ImportRun): Promise<ImportRun> {
    if (run.state !== 'committing' || (await this.imports.isWorkedOn(run.id))) return run;
    return { ...run, state: 'failed', failure: 'import-interrupted' };
  }

  private async namesOf(actor: Actor, runs: readonly ImportRun[]): Promise<Map<string, string>> {
    return this.users.names(actor, [...new Set(runs.flatMap(({ createdBy }) => createdBy ?? []))]);
  }
}

/** What a register may measure, as it is told. */
export const SHOWN = { rows: LIMITS.rows, columns: LIMITS.columns, cell: LIMITS.cell, megabytes: LIMITS.bytes / 1_048_576 };

async function inspected(path: string): Promise<Inspection> {
  try {
    return await inspect(path);
  } catch (error) {
    throw error instanceof Unreadable ? unreadable(error.code, error.line, SHOWN) : error;
  }
}

const mayBeOf = (says: readonly Say[]): NonNullable<Say['among']> => says.find(({ among }) => among)?.among ?? [];

const isSame = (one: Settled, other: Settled): boolean => one.sameAs === other.sameAs && String(one.otherThan) === String(other.otherThan);

function rowView({ sameAs, otherThan, ...row }: Omit<RowView, 'mayBe' | 'choice'> & Settled): RowView {
  return { ...row, mayBe: mayBeOf(row.says), choice: otherThan ? SOMEBODY_NEW : sameAs };
}

function viewOf(run: ImportRun, names: ReadonlyMap<string, string>): RunView {
  const { id, fileName, bytes, headerLine, state, failure, rows, done, counts, createdBy, version } = run;
  return {
    id, fileName, bytes, encoding: run.encoding as Encoding, separator: run.separator as Separator, headerLine, state, failure, rows, done, counts: 'new' in counts ? (counts as Counts) : null,
    createdAt: run.createdAt.toISOString(), createdByName: createdBy === null ? null : names.get(createdBy) ?? null, committedAt: run.committedAt?.toISOString() ?? null, version,
  };
}
