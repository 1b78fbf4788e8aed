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

/**
 * The median of each work over `rounds` rounds, in milliseconds, after some that are not counted. The works take turns: what else the machine
 * does meanwhile slows all of them alike, and their ratio keeps.
 */
export async function medians<const W extends readonly (() => Promise<unknown>)[]>(rounds: number, works: W): Promise<{ [K in keyof W]: number }> {
  const times = works.map((): number[] => []);
  for (let round = -Math.ceil(rounds / 4); round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const began = process.hrtime.bigint();
      await work();
      if (round >= 0) times[index]!.push(Number(process.hrtime.bigint() - began) / 1e6);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]!) as { [K in keyof W]: number };
}
