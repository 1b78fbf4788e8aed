import { Problem } from '../problem';

const DEEP = 12;
const MANY = 5_000;
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Looks at every value of a body or a query before anything else does: depth, number of values, NUL, halves of surrogate pairs,
 * names that reach an object's prototype. PostgreSQL and TypeORM answer 500 to these, and a recursive reader runs out of stack.
 * @throws Problem 422 `bad-input`
 */
export function walk(input: unknown): void {
  const stack: [unknown, number][] = [[input, 0]];
  let seen = 0;
  while (stack.length) {
    const [value, depth] = stack.pop()!;
    if (depth > DEEP || ++seen > MANY) throw new Problem(422, 'bad-input');
    if (typeof value === 'string') sound(value);
    else if (Array.isArray(value)) for (const one of value as unknown[]) stack.push([one, depth + 1]);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        if (POISON.has(name)) throw new Problem(422, 'bad-input');
        sound(name);
        stack.push([one, depth + 1]);
      }
    } else if (typeof value === 'number' && !Number.isFinite(value)) throw new Problem(422, 'bad-input');
  }
}

function sound(text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) throw new Problem(422, 'bad-input');
}
