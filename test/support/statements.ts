import { Client } from 'pg';

type Query = (this: Client, config: unknown, ...rest: unknown[]) => unknown;
const listeners = new Set<(text: string) => void>();
let original: Query | null = null;

/** Every statement that this process sends to PostgreSQL while `work` runs, without the frame of transactions and the changes of context inside them. */
export async function statementsOf<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const listen = (text: string): void => {
    if (!/^(start transaction|begin|commit|rollback)\b/i.test(text) && !text.startsWith("select set_config('app.ctx'")) statements.push(text);
  };
  hook();
  listeners.add(listen);
  try {
    return { result: await work(), statements };
  } finally {
    listeners.delete(listen);
  }
}

/** Fails unless `work` sends exactly n statements. A list page sends as many for one row as for a hundred. */
export async function expectQueries<T>(n: number, work: () => Promise<T>): Promise<T> {
  const { result, statements } = await statementsOf(work);
  if (statements.length !== n) throw new Error(`${statements.length} statements instead of ${n}:\n${statements.map((text, index) => `${index + 1}. ${text}`).join('\n')}`);
  return result;
}

function hook(): void {
  if (original) return;
  original = Client.prototype.query;
  const passOn = original;
  const hooked: Query = function query(this: Client, config, ...rest) {
    const text = typeof config === 'string' ? config : (config as { text?: string } | null)?.text;
    if (text) for (const listen of listeners) listen(text);
    return passOn.call(this, config, ...rest);
  };
  Client.prototype.query = hooked as unknown as Client['query'];
}
