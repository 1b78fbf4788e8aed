import { Client } from 'pg';

export interface Statement {
  text: string;
  values: unknown[];
}
type Query = (this: Client, config: unknown, values?: unknown, ...rest: unknown[]) => unknown;

/** What `work` sends to PostgreSQL, with its values, without the frame of its transactions. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const passOn = Client.prototype.query as unknown as Query;
  Client.prototype.query = function query(this: Client, config: unknown, values?: unknown, ...rest: unknown[]) {
    const given = config as { text?: string; values?: unknown[] } | string;
    const text = typeof given === 'string' ? given : given.text ?? '';
    if (!/^(start transaction|begin|commit|rollback)\b/i.test(text) && !text.includes('set_config')) {
      sent.push({ text, values: typeof given === 'string' ? (Array.isArray(values) ? values as unknown[] : []) : given.values ?? (Array.isArray(values) ? values as unknown[] : []) });
    }
    return passOn.call(this, config, values, ...rest);
  } as unknown as Client['query'];
  try {
    await work();
    return sent;
  } finally {
    Client.prototype.query = passOn as unknown as Client['query'];
  }
}

/** The median of `rounds` runs after some that are not counted, in milliseconds. */
export async function median(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = -Math.ceil(rounds / 4); round < rounds; round += 1) {
    const began = process.hrtime.bigint();
    await work();
    if (round >= 0) times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
