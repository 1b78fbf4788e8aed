import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../access/actor';
import { Clock } from '../clock';
import { AppKey } from '../database/context';
import { Database } from '../database/database';
import { isId } from '../id';
import { conflict, unprocessable } from '../problem';
import { Created, Redirect } from './page';

/** Answers are kept for a day, in milliseconds. */
const KEPT = 86_400_000;

interface Kept {
  request_hash: Buffer;
  status: number | null;
  location: string | null;
  made_id: string | null;
}

/**
 * A form or a call that arrives twice with the same key does its work once: a double click makes one thing. The repeat gets the same status and
 * Location, and of the answer the id alone: more would be a second copy of what people are told, beside every wall.
 * The key is written in the very transaction of the effect, so that one never exists without the other.
 */
@Injectable()
export class Repeats {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly key: AppKey,
  ) {}

  /** Runs `work` unless this key has already been used; then answers what was answered. */
  async once(actor: Actor, request: Request, work: () => Promise<unknown>): Promise<unknown> {
    const key = keyOf(request);
    if (!key || !actor.id) return work();
    const { route, hash, isFirst } = await this.take(actor.id, request, key);
    if (!isFirst) return this.replay(actor.id, route, key, hash);
    const result = await work();
    const kept = keep(result, request);
    if (kept) {
      await this.database.sql('update idempotency_key set status = $4, location = $5, made_id = $6 where actor_id = $1 and route = $2 and key = $3',
        [actor.id, route, key, kept.status, kept.location, kept.made_id]);
    } else {
      await this.database.sql('delete from idempotency_key where actor_id = $1 and route = $2 and key = $3', [actor.id, route, key]);
    }
    return result;
  }

  /** The same where the answer holds a secret: that is kept nowhere, so that a repeat cannot be answered, and is refused. @throws Problem 409 `shown-once` */
  async onceOnly<T>(actor: Actor, request: Request, work: () => Promise<T>): Promise<T> {
    const key = keyOf(request);
    if (key && actor.id && !(await this.take(actor.id, request, key)).isFirst) throw conflict('shown-once');
    return work();
  }

  /** Writes the key down, unless it is there. */
  private async take(actorId: string, request: Request, key: string): Promise<{ route: string; hash: Buffer; isFirst: boolean }> {
    const route = `${request.method} ${request.path}`.slice(0, 300);
    await this.database.sql('delete from idempotency_key where actor_id = $1 and created_at < $2', [actorId, new Date(this.clock.now().getTime() - KEPT)]);
    // With the file: another one behind the same fields is another thing. Keyed: what was sent is often short enough to be guessed from a bare hash.
    const hash = createHmac('sha256', this.key.bytes).update(`repeat|${JSON.stringify(withoutToken(request.body))}|${request.upload?.file?.sha256 ?? ''}`).digest();
    const mine = await this.database.sql(
      'insert into idempotency_key (actor_id, route, key, request_hash, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning key',
      [actorId, route, key, hash, this.clock.now()],
    );
    return { route, hash, isFirst: mine.length > 0 };
  }

  /** Forgets what is older than a day, at most `most` keys; answers how many. Runs as the purge. */
  async forget(most: number): Promise<number> {
    const gone = await this.database.sql(
      'delete from idempotency_key where (actor_id, route, key) in (select actor_id, route, key from idempotency_key where created_at < $1 order by created_at limit $2) returning key',
      [new Date(this.clock.now().getTime() - KEPT), most]);
    return gone.length;
  }

  private async replay(actorId: string, route: string, key: string, hash: Buffer): Promise<unknown> {
    const [kept] = await this.database.sql<Kept>('select request_hash, status, location, made_id from idempotency_key where actor_id = $1 and route = $2 and key = $3', [actorId, route, key]);
    if (!kept || kept.status === null) throw conflict('still-running');
    if (!kept.request_hash.equals(hash)) throw unprocessable('key-used-otherwise');
    if (kept.status === 303) return new Redirect(kept.location!);
    const body = kept.made_id === null ? {} : { id: kept.made_id };
    return kept.status === 201 ? new Created(kept.location!, body) : body;
  }
}

function keyOf(request: Request): string | null {
  if (request.method !== 'POST') return null;
  const key: unknown = request.get('idempotency-key') ?? (request.body as Record<string, unknown> | undefined)?._key;
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key)) throw unprocessable('bad-key');
  return key;
}

function withoutToken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body ?? null;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== '_token'));
}

/** What a repeat needs; null for what may be done again: a form that answers with a page, or a call that answers without an id, has looked for something or is guarded by its version. */
function keep(result: unknown, request: Request): Omit<Kept, 'request_hash'> | null {
  if (result instanceof Redirect) return { status: 303, location: result.to, made_id: null };
  if (result instanceof Created) return { status: 201, location: result.location, made_id: idOf(result.body) };
  const id = request.is('application/json') ? idOf(result) : null;
  return id ? { status: 200, location: null, made_id: id } : null;
}

function idOf(body: unknown): string | null {
  const id: unknown = typeof body === 'object' && body !== null ? (body as { id?: unknown }).id : null;
  return isId(id) ? id : null;
}
