import { createHmac, randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Statements that one connection keeps prepared. Beyond it they are sent as before: a connection's memory has a bound. */
const KEPT = 300;
/** Nobody plants a statement under a name that nobody can guess. */
const SECRET = randomBytes(32);
const names = new Map<string, string>();

/**
 * A connection that prepares what it is asked twice. The policies of row-level security make each statement several times its own length,
 * and to parse and rewrite it anew costs as much as to run it. A plan knows no context: the policies ask for it when it runs.
 *
 * Nothing goes by the simple protocol, in which one text may hold several statements: whatever slipped into a text could otherwise leave
 * something behind in the session (a prepared statement, a setting) for the next one who works on it.
 */
export class PreparedClient extends Client {
  private readonly seen = new Set<string>();

  // The driver's own signatures are eleven; all that passes here is a text with a list of values, or without.
  override query(config: unknown, values?: unknown, callback?: unknown): never {
    if (typeof config !== 'string') return super.query(config as never, values as never, callback as never) as never;
    const given = Array.isArray(values) ? (values as unknown[]) : [];
    const then = typeof values === 'function' ? values : callback;
    const name = this.nameOf(config);
    return super.query({ text: config, values: given, queryMode: 'extended', ...(name ? { name } : {}) } as never, then as never) as never;
  }

  private nameOf(text: string): string | null {
    if (this.seen.has(text)) return named(text);
    if (this.seen.size < KEPT) this.seen.add(text);
    return null;
  }
}

function named(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHmac('sha256', SECRET).update(text).digest('base64url').slice(0, 32);
  if (names.size < 10 * KEPT) names.set(text, name);
  return name;
}
