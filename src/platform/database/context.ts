import { createHmac } from 'node:crypto';
import type { Actor } from '../access/actor';
import type { Day } from '../days';

/** The key behind everything else that is signed or hashed: form tokens, session ids, tokens of the API. */
export class AppKey {
  constructor(readonly bytes: Buffer) {
    if (bytes.length !== 32) throw new Error('the application key has 32 bytes');
  }
}

/** The key that signs contexts: 32 bytes, known to this process and, padded, to the database's owner. */
export class ContextKey {
  constructor(readonly bytes: Buffer) {
    if (bytes.length !== 32) throw new Error('the context key has 32 bytes');
  }
}

/**
 * The signed words that row-level security reads: actor | role | scope | service | day | signed at | until | backend pid | signature.
 * The backend's pid is inside the signature, so that a context read elsewhere is worth nothing on another connection; and the instant, so
 * that it is worth nothing in a transaction that begins later.
 * @param time epoch seconds: of the signature, and after which the database refuses it
 */
export function signContext(key: ContextKey, actor: Actor, day: Day, time: { at: number; until: number }, pid: number): string {
  const parts = [actor.id ?? '', actor.role, actor.scope ?? '', actor.service ?? '', day, time.at.toFixed(3), String(Math.floor(time.until)), String(pid)];
  const words = parts.join('|');
  if (parts.some((part) => part.includes('|'))) throw new Error('a context part holds the separator');
  return `${words}|${createHmac('sha256', key.bytes).update(words, 'utf8').digest('hex')}`;
}
