import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../access/actor';
import { Clock } from '../clock';
import { Database } from '../database/database';
import { conflict, unprocessable } from '../problem';
import { Created, Redirect } from './page';

/** Answers are kept for a day, in milliseconds. */
const KEPT = 86_400_000;

interface Kept {
  request_hash: Buffer;
  status: number | null;
  location: string | null;
  body: unknown;
}

/**
 * A form or a call that arrives twice with the same key does its work once and answers twice the same: a double click makes one thing.
 * The key is written in the very transaction of the effect, so that one never exists without the other.
 */
@Injectable()
export class Repeats {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` unless this key has already been used; then answers what was answered. */
  async once(actor: Actor, request: Request, work: () => Promise<unknown>): Promise<unknown> {
    const key = keyOf(request);
    if (!key || !actor.id) return work();
    const route = `${request.method} ${request.path}`.slice(0, 300);
    await this.database.sql('delete from idempotency_key where actor_id = $1 and created_at < $2', [actor.id, new Date(this.clock.now().getTime() - KEPT)]);
    const hash = createHash('sha256').update(JSON.stringify(withoutToken(request.body))).digest();
    const mine = await this.database.sql(
      'insert into idempotency_key (actor_id, route, key, request_hash, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning key',
      [actor.id, route, key, hash, this.clock.now()],
    );
    if (mine.length === 0) return this.replay(actor.id, route, key, hash);
    const result = await work();
    // A form that answers with a page has only looked for something; what it found is kept nowhere.
    if (!request.is('application/json') && !(result instanceof Redirect)) {
      await this.database.sql('delete from idempotency_key where actor_id = $1 and route = $2 and key = $3', [actor.id, route, key]);
      return result;
    }
    const kept = keep(result);
    await this.database.sql('update idempotency_key set status = $4, location = $5, body = $6 where actor_id = $1 and route = $2 and key = $3',
      [actor.id, route, key, kept.status, kept.location, JSON.stringify(kept.body)]);
    return result;
  }

  private async replay(actorId: string, route: string, key: string, hash: Buffer): Promise<unknown> {
    const [kept] = await this.database.sql<Kept>('select request_hash, status, location, body from idempotency_key where actor_id = $1 and route = $2 and key = $3', [actorId, route, key]);
    if (!kept || kept.status === null) throw conflict('still-running');
    if (!kept.request_hash.equals(hash)) throw unprocessable('key-used-otherwise');
    if (kept.status === 303) return new Redirect(kept.location!);
    return kept.status === 201 ? new Created(kept.location!, kept.body) : kept.body;
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

function keep(result: unknown): { status: number; location: string | null; body: unknown } {
  if (result instanceof Redirect) return { status: 303, location: result.to, body: null };
  if (result instanceof Created) return { status: 201, location: result.location, body: result.body };
  return { status: 200, location: null, body: result ?? null };
}
