import { newId } from '../../platform/id';

let last = 0;
let count = 0;

/** A UUIDv7 of this instant in which lines of one millisecond keep their order: what is random elsewhere begins with a count. */
export function eventId(at: Date): string {
  const now = at.getTime();
  count = now === last ? (count + 1) % 0x1000000 : 0;
  last = now;
  const id = newId(now);
  const digits = count.toString(16).padStart(6, '0');
  return `${id.slice(0, 15)}${digits.slice(0, 3)}-8${digits.slice(3)}${id.slice(23)}`;
}

/** The smallest id that a line of this instant may have: days are ranges of ids. */
export function firstId(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
