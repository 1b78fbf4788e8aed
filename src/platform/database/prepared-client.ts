import { createHash } from 'node:crypto';
import { Client } from 'pg';

/** Statements that one connection keeps prepared. Beyond it they are sent as before: a connection's memory has a bound. */
const KEPT = 300;
const names = new Map<string, string>();

/**
 * A connection that prepares what it is asked twice. The policies of row-level security make each statement several times its own length,
 * and to parse and rewrite it anew costs as much as to run it. A plan knows no context: the policies ask for it when it runs.
 */
export class PreparedClient extends Client {
  private readonly seen = new Map<string, number>();

  // The driver's own signatures are eleven; all that passes here is a text with a list of values, or without.
  override query(config: unknown, values?: unknown, callback?: unknown): never {
    const name = typeof config === 'string' && Array.isArray(values) && values.length > 0 ? this.nameOf(config) : null;
    return (name === null ? super.query(config as never, values as never, callback as never) : super.query({ name, text: config, values } as never, callback as never)) as never;
  }

  private nameOf(text: string): string | null {
    const times = this.seen.get(text) ?? 0;
    if (times === 0 && this.seen.size >= KEPT) return null;
    this.seen.set(text, times + 1);
    return times === 0 ? null : named(text);
  }
}

function named(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 40);
  if (names.size < 10 * KEPT) names.set(text, name);
  return name;
}
