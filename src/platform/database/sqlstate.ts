import { Problem } from '../problem';

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', '53300', '57P01', '57P02', '57P03']);
const AGAIN = new Set(['40001', '40P01', '55P03', '57014']);

/** A refusal of PostgreSQL, said in the product's words; null when it is not the database's. */
export function problemOfDatabase(error: unknown): Problem | null {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof message === 'string' && /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(message)) return new Problem(503, 'unavailable');
  if (typeof code !== 'string') return null;
  if (UNREACHABLE.has(code) || code.startsWith('08') || code.startsWith('53')) return new Problem(503, 'unavailable');
  if (AGAIN.has(code)) return new Problem(503, 'busy');
  // A rule that an owner's function keeps, told by the name of its problem: `raise exception 'employer-merged' using errcode = 'JA409'`.
  if (code === 'JA409' && typeof message === 'string' && /^[a-z]+(-[a-z]+)*$/.test(message)) return new Problem(409, message);
  if (code === '23505' || code === '23P01') return new Problem(409, 'already-there');
  if (code === '23503') return new Problem(409, 'still-used');
  if (code.startsWith('22') || code.startsWith('23')) return new Problem(422, 'bad-input');
  return /^[0-9A-Z]{5}$/.test(code) ? new Problem(500, 'internal') : null;
}
