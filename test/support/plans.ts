import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { connected, RUNTIME } from '../../src/platform/database/roles';
import type { TestApp } from './app';
import { testServer } from './postgres';

/** A node of a plan that throws away what it has read. */
export interface Waste {
  during: string;
  node: string;
  by: string;
  removed: number;
  returned: number;
  statement: string;
}
interface Node {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: Node[];
  [more: string]: unknown;
}

/** Rows thrown away by a node: what it returns times this is allowed. */
const TIMES = 10;
/** Conditions that throw away, and how much of it is too little to count: a table that is small, and pairs of two lists that were read whole. */
const FLOORS = { 'Filter': 100, 'Index Recheck': 100, 'Join Filter': 5_000 };
const SETTINGS = {
  'session_preload_libraries': 'auto_explain', 'auto_explain.log_min_duration': '0', 'auto_explain.log_analyze': 'on', 'auto_explain.log_timing': 'off', 'auto_explain.log_format': 'json',
  'auto_explain.log_nested_statements': 'on', 'auto_explain.log_level': 'notice', 'auto_explain.log_parameter_max_length': '0',
};

/**
 * How PostgreSQL ran every statement of the application: as the run-time role, with the signed context and the values of the request itself. The same
 * as EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) of each, and of those inside functions, which that does not show.
 */
export class Plans {
  private readonly wastes: Waste[] = [];
  statements = 0;
  private during = '';

  private constructor(private readonly database: string) {}

  static async of(app: TestApp): Promise<Plans> {
    const plans = new Plans(new URL(app.postgres.appUrl).pathname.slice(1));
    const pool = (app.nest.get(DataSource).driver as unknown as { master: Pool }).master;
    pool.on('connect', (client) => void client.on('notice', ({ message }) => plans.read(message ?? '')));
    await plans.configure(SETTINGS);
    return plans;
  }

  /** Settings of the run-time role from now on: connections that were there before know nothing of them, and end. */
  async configure(settings: Record<string, string>): Promise<void> {
    await connected(testServer().superuser, async (superuser) => {
      for (const [name, value] of Object.entries(settings)) await superuser.query(`alter role ${RUNTIME} in database ${this.database} set ${name} = '${value}'`);
      await superuser.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and usename = $2', [this.database, RUNTIME]);
    });
  }

  /** What runs from now on belongs to this. */
  about(during: string): void {
    this.during = during;
  }

  /** What was found since the last call; the same condition of the same node once. */
  take(): Waste[] {
    const key = ({ node, by }: Waste): string => `${node} ${by}`.replace(/'[^']*'|InitPlan \d+/g, '');
    return [...new Map(this.wastes.splice(0).reverse().map((one) => [key(one), one])).values()];
  }

  private read(message: string): void {
    const at = message.indexOf('{');
    if (!message.startsWith('duration:') || at < 0) return;
    const { 'Query Text': text, Plan } = JSON.parse(message.slice(at)) as { 'Query Text': string; Plan: Node };
    this.statements += 1;
    this.judge(Plan, text.replace(/\s+/g, ' ').trim());
  }

  private judge(node: Node, statement: string): void {
    const loops = node['Actual Loops'];
    const returned = Math.round(node['Actual Rows'] * loops);
    // What a function makes of a parameter is no row of a table.
    for (const [condition, floor] of node['Node Type'] === 'Function Scan' ? [] : Object.entries(FLOORS)) {
      const removed = Math.round(Number(node[`Rows Removed by ${condition}`] ?? 0) * loops);
      if (removed <= floor || removed <= TIMES * returned) continue;
      const where = [node['Node Type'], node['Index Name'] && `by ${node['Index Name']}`, node['Relation Name'] && `of ${node['Relation Name']}`].filter(Boolean).join(' ');
      this.wastes.push({ during: this.during, node: where, by: `${condition}: ${(node[condition] ?? node['Recheck Cond'] ?? '') as string}`, removed, returned, statement });
    }
    for (const part of node.Plans ?? []) this.judge(part, statement);
  }
}

/** A finding in words: statement, node, numbers. */
export const inWords = ({ during, node, by, removed, returned, statement }: Waste): string => `${during}: ${node} returns ${returned} rows and throws away ${removed} (${by}) in: ${statement}`;
