import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import { type DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, QueryRunnerAlreadyReleasedError, type QueryRunner, type Repository } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../clock';
import { notFound, rowEdited } from '../problem';
import { currentRequestId } from '../request-id';
import { ContextKey, signContext } from './context';
import { positional } from './named-parameters';

interface Unit {
  manager: EntityManager;
  runner: QueryRunner;
  client: Client;
  actor: Actor;
  /** The answers that nobody waited for: the beginning, every change of context, rows added. */
  frame: Promise<unknown>[];
  readOnly: boolean;
  afterwards: (() => Promise<void>)[];
  held: Set<string>;
  seconds: number;
}

/** Seconds that a request's and a job's signed context live. */
const REQUEST = 120;
const JOB = 3600;
/** Rows of one statement that adds many. */
const ROWS = 500;

/**
 * The only door to PostgreSQL. Every statement runs inside a unit of work: one transaction, one connection, one actor.
 * The transaction is never passed along; it is found.
 */
@Injectable()
export class Database {
  private readonly units = new AsyncLocalStorage<Unit>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly key: ContextKey,
  ) {}

  /** A unit that cannot write: the database itself refuses. */
  read<T>(actor: Actor, work: () => T | Promise<T>): Promise<T> {
    return this.run(actor, true, work);
  }

  /** A unit that commits all or nothing. */
  write<T>(actor: Actor, work: () => T | Promise<T>): Promise<T> {
    return this.run(actor, false, work);
  }

  /** The same transaction under another actor's rights, for the length of `work`. */
  async as<T>(actor: Actor, work: () => T | Promise<T>): Promise<T> {
    const unit = this.current();
    const before = unit.actor;
    this.enter(unit, actor);
    try {
      return await work();
    } finally {
      // Who catches an error must not go on with the other's rights.
      this.enter(unit, before);
    }
  }

  /** Whose unit this is. */
  actor(): Actor {
    return this.current().actor;
  }

  /** The repository of an entity in this unit. `insert()`, `createQueryBuilder()`, `find…By()`; never `save()`. */
  of<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.current().manager.getRepository(entity);
  }

  /** One statement of plain SQL with its parameters: a list for $1, $2 … or a record for :name (as conditions of visibility use them). */
  async sql<R = Record<string, unknown>>(text: string, params: unknown[] | Record<string, unknown> = []): Promise<R[]> {
    const [query, values] = Array.isArray(params) ? [text, params] : positional(text, params);
    const result: unknown = await this.current().runner.query(query, values);
    // TypeORM answers UPDATE and DELETE with [rows, count].
    if (Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number') return result[0] as R[];
    return result as R[];
  }

  /**
   * Rows written without waiting for the answer, which is asked for at the commit: what is refused undoes the unit like any other refusal.
   * What is sent later finds them, since a connection works in order.
   */
  add<E extends ObjectLiteral>(entity: EntityTarget<E>, ...rows: E[]): void {
    // Values that are SQL have no place here: what TypeORM types as deep partials are plain rows.
    const [text, values] = this.of(entity).createQueryBuilder().insert().values(rows).updateEntity(false).getQueryAndParameters();
    this.send(text, values);
  }

  /** Many rows at once, as `add`: one parameter, however many there are, so that neither this process nor the server builds a statement as long as they are. */
  addMany<E extends ObjectLiteral>(entity: EntityTarget<E>, rows: readonly Partial<E>[]): void {
    const { tablePath, columns } = this.of(entity).metadata;
    for (let from = 0; from < rows.length; from += ROWS) {
      const some = rows.slice(from, from + ROWS);
      const written = columns.filter(({ propertyName, isInsert }) => isInsert && propertyName in some[0]!);
      const names = written.map(({ databaseName }) => `"${databaseName}"`).join(', ');
      const values = some.map((row) => Object.fromEntries(written.map(({ databaseName, propertyName }) => [databaseName, row[propertyName] as unknown])));
      this.send(`insert into ${tablePath} (${names}) select ${names} from jsonb_populate_recordset(null::${tablePath}, $1)`, [JSON.stringify(values)]);
    }
  }

  /** One statement of plain SQL, not waited for, as `add`. */
  send(text: string, params: unknown[] | Record<string, unknown>): void {
    const [query, values] = Array.isArray(params) ? [text, params] : positional(text, params);
    const unit = this.current();
    keep(unit, unit.client.query(query, values));
  }

  /**
   * Whatever is written about one of these goes one after the other: a unit that holds it lets the next one go on when it ends, and what is read from here on is as the one before
   * left it. Not waited for; held once, however often it is asked for. All that a unit needs is held at once: one after the other, two units could wait for each other for ever.
   */
  hold(ids: readonly string[]): void {
    const unit = this.current();
    const more = [...new Set(ids)].filter((id) => !unit.held.has(id)).sort();
    if (more.length === 0) return;
    this.send('select pg_advisory_xact_lock(hashtextextended(id::text, 0)) from unnest($1::uuid[]) as it(id)', [more]);
    for (const id of more) unit.held.add(id);
  }

  /** Ids made in this unit: nobody writes about whom nobody knows yet, so nothing is asked for. A lock for each of a register would fill the server's table of them. */
  holdNew(ids: readonly string[]): void {
    const { held } = this.current();
    for (const id of ids) held.add(id);
  }

  /** Where it is written what must not be written beside somebody else: a use case that forgot to hold it is a fault of ours, told at once. */
  mustHold(ids: readonly string[]): void {
    const { held } = this.current();
    if (ids.some((id) => !held.has(id))) throw new Error('something is written about somebody who is not held');
  }

  /** Once the unit has committed and given its connection back. If it fails, so does the answer. */
  afterwards(work: () => Promise<void>): void {
    this.current().afterwards.push(work);
  }

  /**
   * Changes one row as it was when it was read: where id and version. A stale copy is refused with both values.
   * @param names what a command calls a column that has another name here
   * @throws Problem 404 when the row is not there or not seen, 409 `edited-meanwhile` when the version has moved on
   */
  async updateOne<E extends ObjectLiteral & { id: string; version: number }>(
    entity: EntityTarget<E>, at: { id: string; version: number }, patch: Partial<E>, names: Partial<Record<keyof E & string, string>> = {},
  ): Promise<void> {
    const repository = this.of(entity);
    const result = await repository.createQueryBuilder().update()
      .set({ ...patch, version: () => 'version + 1' })
      .where('id = :id and version = :version', { id: at.id, version: at.version }).execute();
    if (result.affected === 1) return;
    const now = await repository.createQueryBuilder('it').where('it.id = :id', { id: at.id }).getOne();
    if (!now) throw notFound();
    const named = (values: Partial<E>): Record<string, unknown> =>
      Object.fromEntries(Object.keys(patch).map((name) => [names[name as keyof E & string] ?? name, values[name as keyof E] as unknown]));
    throw rowEdited(named(now), named(patch), now.version);
  }

  private async run<T>(actor: Actor, readOnly: boolean, work: () => T | Promise<T>): Promise<T> {
    const around = this.units.getStore();
    if (around) {
      if (!around.actor.same(actor)) throw new Error(`a unit of ${around.actor.role} was joined by ${actor.role}`);
      if (around.readOnly && !readOnly) throw new Error('a reading unit cannot write');
      return work();
    }
    const runner = this.dataSource.createQueryRunner();
    let unit: Unit | null = null;
    let result: T;
    try {
      unit = this.begin(runner, (await runner.connect()) as Client, actor, readOnly);
      result = await this.units.run(unit, work);
      await this.commit(unit);
    } catch (error) {
      await unit?.client.query('rollback').catch(() => undefined);
      // TypeORM gives a runner back by itself when its connection breaks; what is asked of it afterwards says no more than that it is gone.
      if (error instanceof QueryRunnerAlreadyReleasedError) throw Object.assign(new Error('the connection broke'), { code: '08006' });
      throw unit ? await causeOf(error, unit.frame) : error;
    } finally {
      await runner.release();
    }
    for (const next of unit.afterwards) await this.units.exit(next);
    return result;
  }

  /**
   * The beginning and the context leave together, and the first statement of the work right behind them: a connection answers in order.
   * The context is a parameter: what a statement says literally, every connection of this role reads in pg_stat_activity.
   * Where the beginning fails nothing behind it succeeds, for want of a transaction that is not aborted or of a context.
   */
  private begin(runner: QueryRunner, client: Client, actor: Actor, readOnly: boolean): Unit {
    // The transaction is this unit's own; TypeORM wants to know of one before it locks a row.
    (runner as { isTransactionActive: boolean }).isTransactionActive = true;
    const unit: Unit = { manager: runner.manager, runner, client, actor, frame: [], readOnly, afterwards: [], held: new Set(), seconds: currentRequestId() === null ? JOB : REQUEST };
    keep(unit, client.query(`start transaction read ${readOnly ? 'only' : 'write'}`));
    this.enter(unit, actor);
    return unit;
  }

  private async commit(unit: Unit): Promise<void> {
    const committed = unit.client.query('commit');
    committed.catch(() => undefined);
    await Promise.all(unit.frame);
    const { command } = await committed;
    // PostgreSQL answers a commit of what it had aborted without an error.
    if (command !== 'COMMIT') throw new Error('the unit was aborted, and somebody went on');
  }

  private enter(unit: Unit, actor: Actor): void {
    keep(unit, unit.client.query("select set_config('app.ctx', $1, true)", [this.sign(unit, actor)]));
    unit.actor = actor;
  }

  private sign(unit: Unit, actor: Actor): string {
    // The day is the product's clock; how long a signature lives is between this process and the server's own clock, which tests do not move.
    const at = Date.now() / 1000;
    return signContext(this.key, actor, this.clock.today(actor.timeZone), { at, until: at + unit.seconds }, pidOf(unit.client));
  }

  private current(): Unit {
    const unit = this.units.getStore();
    if (!unit) throw new Error('the database was used outside a unit of work');
    return unit;
  }
}

/** Its answer is asked for at the end of the unit. */
function keep(unit: Unit, answer: Promise<unknown>): void {
  answer.catch(() => undefined);
  unit.frame.push(answer);
}

/** What made a transaction refuse everything after it, where that is all that an error says. */
async function causeOf(error: unknown, answers: readonly Promise<unknown>[]): Promise<unknown> {
  if ((error as { code?: unknown }).code !== '25P02') return error;
  for (const answer of answers) {
    const fault: unknown = await answer.then(() => null, (reason: unknown) => reason);
    if (fault) return fault;
  }
  return error;
}

/** The backend's pid, which the driver knows and its types do not. */
function pidOf(client: Client): number {
  return (client as unknown as { processID: number }).processID;
}
