import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../clock';
import { editedMeanwhile, notFound } from '../problem';
import { ContextKey, signContext } from './context';
import { positional } from './named-parameters';

interface Unit {
  manager: EntityManager;
  runner: QueryRunner;
  pid: number;
  actor: Actor;
  readOnly: boolean;
  afterwards: (() => Promise<void>)[];
  seconds: number;
}

/** Seconds that a request's and a job's signed context live. */
const REQUEST = 120;
const JOB = 3600;

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
  read<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.run(actor, true, work);
  }

  /** A unit that commits all or nothing. */
  write<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    return this.run(actor, false, work);
  }

  /** The same transaction under another actor's rights, for the length of `work`. */
  async as<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    const unit = this.current();
    const before = unit.actor;
    await this.enter(unit, actor);
    let result: T;
    try {
      result = await work();
    } catch (error) {
      // Who catches this must not go on with the other's rights. After a fault of the database nothing goes on anyway.
      await this.enter(unit, before).catch(() => { unit.actor = before; });
      throw error;
    }
    await this.enter(unit, before);
    return result;
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

  /** Once the unit has committed and given its connection back. If it fails, so does the answer. */
  afterwards(work: () => Promise<void>): void {
    this.current().afterwards.push(work);
  }

  /**
   * Changes one row as it was when it was read: where id and version. A stale copy is refused with both values.
   * @throws Problem 404 when the row is not there or not seen, 409 `edited-meanwhile` when the version has moved on
   */
  async updateOne<E extends ObjectLiteral & { id: string; version: number }>(
    entity: EntityTarget<E>, at: { id: string; version: number }, patch: Partial<E>,
  ): Promise<void> {
    const repository = this.of(entity);
    const result = await repository.createQueryBuilder().update()
      .set({ ...patch, version: () => 'version + 1' })
      .where('id = :id and version = :version', { id: at.id, version: at.version }).execute();
    if (result.affected === 1) return;
    const now = await repository.createQueryBuilder('it').where('it.id = :id', { id: at.id }).getOne();
    if (!now) throw notFound();
    const shown = Object.fromEntries(Object.keys(patch).map((name) => [name, now[name as keyof E] as unknown]));
    throw editedMeanwhile(shown, { ...patch }, now.version);
  }

  private async run<T>(actor: Actor, readOnly: boolean, work: () => Promise<T>): Promise<T> {
    const around = this.units.getStore();
    if (around) {
      if (!around.actor.same(actor)) throw new Error(`a unit of ${around.actor.role} was joined by ${actor.role}`);
      if (around.readOnly && !readOnly) throw new Error('a reading unit cannot write');
      return work();
    }
    const runner = this.dataSource.createQueryRunner();
    const unit: Unit = { manager: runner.manager, runner, pid: 0, actor, readOnly, afterwards: [], seconds: actor.role === 'system' && !actor.listening ? JOB : REQUEST };
    let result: T;
    try {
      const client = (await runner.connect()) as { processID: number };
      unit.pid = client.processID;
      await runner.startTransaction();
      await runner.query("select set_config('transaction_read_only', $1, true), set_config('app.ctx', $2, true)", [readOnly ? 'on' : 'off', this.sign(unit, actor)]);
      result = await this.units.run(unit, work);
      await runner.commitTransaction();
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
    for (const next of unit.afterwards) await this.units.exit(next);
    return result;
  }

  private async enter(unit: Unit, actor: Actor): Promise<void> {
    await unit.runner.query("select set_config('app.ctx', $1, true)", [this.sign(unit, actor)]);
    unit.actor = actor;
  }

  private sign(unit: Unit, actor: Actor): string {
    // The day is the product's clock; how long a signature lives is between this process and the server's own clock, which tests do not move.
    return signContext(this.key, actor, this.clock.today(actor.timeZone), Date.now() / 1000 + unit.seconds, unit.pid);
  }

  private current(): Unit {
    const unit = this.units.getStore();
    if (!unit) throw new Error('the database was used outside a unit of work');
    return unit;
  }
}
