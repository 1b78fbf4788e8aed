import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { AppKey } from '../../platform/database/context';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Seal } from '../../platform/seal';
import { Visibility } from '../caseloads';
import type { Counts, Decision, Outcome, Say } from './deciding/decision';
import type { Settled } from './deciding/people';
import { ImportMapping, ImportRow, ImportRun, type Answers, type Mapping } from './imports.entities';
import { visible } from './imports.access';
import type { ColumnSeen } from './reading/inspection';

/** A row as it is stored, opened. */
export interface StoredRow {
  line: number;
  cells: string[];
  outcome: Outcome | null;
  participantId: string | null;
  settled: Settled | null;
}

/** A row as it is shown. */
interface ShownRow extends Settled {
  line: number;
  outcome: Outcome | null;
  says: Say[];
  participantId: string | null;
}

@Injectable()
export class ImportsRepository {
  private readonly seal: Seal;

  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
    key: AppKey,
  ) {
    this.seal = new Seal(key.bytes, 'import');
  }

  async insert(run: Omit<ImportRun, 'columns'>, columns: readonly ColumnSeen[]): Promise<void> {
    await this.database.of(ImportRun).insert({ ...run, columns: this.seal.close(JSON.stringify(columns), run.id) });
  }

  addRows(run: Pick<ImportRun, 'id' | 'serviceId'>, rows: readonly { line: number; cells: readonly string[] }[]): void {
    this.database.addMany(ImportRow, rows.map(({ line, cells }) => ({ runId: run.id, serviceId: run.serviceId, line, cells: this.seal.close(JSON.stringify(cells), run.id), outcome: null, says: '', participantId: null, sameAs: null, otherThan: null })));
  }

  async get(actor: Actor, id: string): Promise<ImportRun> {
    return this.one(actor, id, false);
  }

  /** The same, held: nobody else begins or changes it meanwhile. */
  hold(actor: Actor, id: string): Promise<ImportRun> {
    return this.one(actor, id, true);
  }

  list(actor: Actor, most: number): Promise<ImportRun[]> {
    const { sql, params } = visible(this.visibility, actor, 'r');
    return this.database.of(ImportRun).createQueryBuilder('r').where(sql, params).andWhere("r.state <> 'discarded'").orderBy('r.createdAt', 'DESC').addOrderBy('r.id', 'DESC').limit(most).getMany();
  }

  committing(actor: Actor): Promise<ImportRun[]> {
    const { sql, params } = visible(this.visibility, actor, 'r');
    return this.database.of(ImportRun).createQueryBuilder('r').where(sql, params).andWhere("r.state = 'committing'").getMany();
  }

  /** None of a file that was given up, or that nobody took over in time. */
  columnsOf(run: ImportRun): ColumnSeen[] {
    return run.columns === '' ? [] : JSON.parse(this.seal.open(run.columns, run.id) ?? '[]') as ColumnSeen[];
  }

  /** How full its columns were, and nothing of what stood in them: what is kept of a file that was taken over. */
  bareColumns(run: ImportRun): string {
    return this.seal.close(JSON.stringify(this.columnsOf(run).map(({ filled }): ColumnSeen => ({ filled, samples: [], words: null, dayFirst: 0, monthFirst: 0 }))), run.id);
  }

  async change(at: { id: string; version: number }, patch: Partial<ImportRun>): Promise<void> {
    await this.database.updateOne(ImportRun, at, patch);
  }

  /** How far it has come: no version, since nobody edits meanwhile. */
  async tell(actor: Actor, id: string, patch: Pick<ImportRun, 'done'> | Pick<ImportRun, 'state' | 'failure' | 'done'>): Promise<void> {
    const { sql, params } = visible(this.visibility, actor, 'import_run');
    await this.database.of(ImportRun).createQueryBuilder().update().set(patch).where("id = :id and state = 'committing'", { id }).andWhere(sql, params).execute();
  }

  /** Held by whoever commits it, until that ends, however it ends. */
  work(id: string): void {
    this.database.hold([id]);
  }

  /** True while somebody works on it. */
  async isWorkedOn(id: string): Promise<boolean> {
    const [row] = await this.database.sql<{ free: boolean }>('select pg_try_advisory_xact_lock_shared(hashtextextended($1::uuid::text, 0)) as free', [id]);
    return !row!.free;
  }

  /** After the first of many rows: the server has planned for tables that were as good as empty. */
  learnSizes(): void {
    this.database.send('select app.learn_sizes()', []);
  }

  holdPeople(ids: readonly string[]): void {
    this.database.hold(ids);
  }

  /** The rows after a line, opened, those that still hold their cells. */
  async rowsAfter(actor: Actor, id: string, line: number, n: number): Promise<StoredRow[]> {
    const { sql, params } = visible(this.visibility, actor, 'w');
    const rows = await this.database.sql<Settled & { line: number; cells: string | null; outcome: Outcome | null; participantId: string | null }>(
      `select w.line, w.cells, w.outcome, w.participant_id as "participantId", w.same_as as "sameAs", w.other_than as "otherThan" from import_row w where w.run_id = :id and w.line > :line and ${sql} order by w.line limit :n`, { ...params, id, line, n });
    return rows.map(({ line: at, outcome, cells, participantId, ...settled }) => ({ line: at, outcome, cells: this.opened(cells, id) ?? [], participantId, settled: isSettled(settled) ? settled : null }));
  }

  /** @param from rows that come before */
  async page(actor: Actor, id: string, outcome: Outcome | null, from: number, n: number): Promise<(ShownRow & { cells: string[] | null })[]> {
    const { sql, params } = visible(this.visibility, actor, 'w');
    const rows = await this.database.sql<Omit<ShownRow, 'says'> & { cells: string | null; says: string }>(
      `select w.line, w.cells, w.outcome, w.says, w.participant_id as "participantId", w.same_as as "sameAs", w.other_than as "otherThan" from import_row w where w.run_id = :id and (cast(:outcome as text) is null or w.outcome = :outcome) and ${sql}
       order by w.line offset :from limit :n`, { ...params, id, outcome, from, n });
    return rows.map((row) => ({ ...row, says: this.said(row.says, id), cells: this.opened(row.cells, id) }));
  }

  async row(actor: Actor, id: string, line: number): Promise<ShownRow> {
    const { sql, params } = visible(this.visibility, actor, 'w');
    const [row] = await this.database.sql<Omit<ShownRow, 'says'> & { says: string }>(
      `select w.line, w.outcome, w.says, w.participant_id as "participantId", w.same_as as "sameAs", w.other_than as "otherThan" from import_row w where w.run_id = :id and w.line = :line and ${sql}`, { ...params, id, line });
    if (!row) throw notFound();
    return { ...row, says: this.said(row.says, id) };
  }

  /** What somebody decided of a row. */
  settle(actor: Actor, id: string, line: number, { sameAs, otherThan }: Settled): void {
    const { sql, params } = visible(this.visibility, actor, 'w');
    this.database.send(`update import_row w set same_as = :sameAs, other_than = :otherThan where w.run_id = :id and w.line = :line and ${sql}`, { ...params, id, line, sameAs, otherThan });
  }

  /** What was decided on these rows. @param taken they have been taken over: of those that were, the file's own words go */
  decide(runId: string, decisions: readonly Pick<Decision, 'line' | 'outcome' | 'says' | 'participantId'>[], taken = false): void {
    const rows = decisions.map(({ line, outcome, says, participantId }) => ({ line, outcome, says: says.length ? this.seal.close(JSON.stringify(says), runId) : '', participant_id: participantId }));
    this.database.send(
      `update import_row w set outcome = x.outcome, says = x.says, participant_id = x.participant_id, cells = case when :taken and x.outcome <> 'refused' then null else w.cells end
       from jsonb_to_recordset(cast(:rows as jsonb)) as x(line int, outcome text, says text, participant_id uuid) where w.run_id = :id and w.line = x.line`, { id: runId, rows: JSON.stringify(rows), taken });
  }

  async changedPeople(actor: Actor, id: string): Promise<string[]> {
    const { sql, params } = visible(this.visibility, actor, 'w');
    const rows = await this.database.sql<{ id: string }>(`select distinct w.participant_id as id from import_row w where w.run_id = :id and w.outcome = 'changes' and ${sql}`, { ...params, id });
    return rows.map((row) => row.id);
  }

  /** The rows of a run, for good. */
  removeRows(actor: Actor, runId: string): void {
    const { sql, params } = visible(this.visibility, actor, 'w');
    this.database.send(`delete from import_row w where w.run_id = :runId and ${sql}`, { ...params, runId });
  }

  /** All that the runs of before then hold about people, for good; one that nobody took over is given up by that. */
  removeOld(actor: Actor, before: Date): void {
    const [row, run] = [visible(this.visibility, actor, 'w'), visible(this.visibility, actor, 'r')];
    this.database.send(`delete from import_row w using import_run r where r.id = w.run_id and r.created_at < :before and r.state <> 'committing' and ${row.sql}`, { ...row.params, before });
    this.database.send(`update import_run r set state = 'discarded', failure = null, columns = '', answers = '{}', version = r.version + 1 where r.created_at < :before and r.state in ('read', 'previewed', 'failed') and ${run.sql}`, { ...run.params, before });
  }

  /** The same behind a reading unit, which writes nothing. */
  removeOldAfterwards(actor: Actor, before: Date): void {
    this.database.afterwards(() => this.database.write(actor, () => this.removeOld(actor, before)));
  }

  async remembered(actor: Actor, headersHash: string): Promise<{ mapping: Mapping; answers: Answers } | null> {
    const { sql, params } = visible(this.visibility, actor, 'm');
    return this.database.of(ImportMapping).createQueryBuilder('m').where('m.headersHash = :headersHash', { headersHash }).andWhere(sql, params).getOne();
  }

  remember(service: string, headersHash: string, mapping: Mapping, answers: Answers, at: Date): void {
    this.database.send(
      `insert into import_mapping (service_id, headers_hash, mapping, answers, used_at) values (:service, :hash, :mapping, :answers, :at)
       on conflict (service_id, headers_hash) do update set mapping = excluded.mapping, answers = excluded.answers, used_at = excluded.used_at`,
      { service, hash: headersHash, mapping: JSON.stringify(mapping), answers: JSON.stringify(answers), at });
  }

  private async one(actor: Actor, id: string, held: boolean): Promise<ImportRun> {
    const { sql, params } = visible(this.visibility, actor, 'r');
    const query = this.database.of(ImportRun).createQueryBuilder('r').where('r.id = :id', { id }).andWhere(sql, params).andWhere("r.state <> 'discarded'");
    const found = await (held ? query.setLock('pessimistic_write') : query).getOne();
    if (!found) throw notFound();
    return found;
  }

  private said(says: string, id: string): Say[] {
    return says === '' ? [] : (JSON.parse(this.seal.open(says, id) ?? '[]') as Say[]);
  }

  private opened(cells: string | null, id: string): string[] | null {
    return cells === null ? null : (JSON.parse(this.seal.open(cells, id) ?? '[]') as string[]);
  }
}

/** Whether somebody has decided. */
export const isSettled = ({ sameAs, otherThan }: Settled): boolean => sameAs !== null || otherThan !== null;

/** How many rows have each outcome. */
export function counted(outcomes: Iterable<Outcome>): Counts {
  const counts: Counts = { new: 0, same: 0, changes: 0, repaired: 0, refused: 0 };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}
