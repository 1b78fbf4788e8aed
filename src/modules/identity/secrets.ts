import { createHash, randomBytes } from 'node:crypto';

const SHAPE = /^[\w-]{43}$/;

/** 256 random bits for an address or a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret that has 256 bits: nothing to guess, so no slow hash is needed. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** True for what `newSecret` makes; anything else is not worth a question to the database. */
export function isSecret(value: unknown): value is string {
  return typeof value === 'string' && SHAPE.test(value);
}
