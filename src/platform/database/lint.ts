import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connected, RUNTIME } from './roles';

export interface Finding {
  rule: string;
  object: string;
}

/** What the catalogue holds that a wall must not have; empty when all is well. */
export async function lintCatalogue(ownerUrl: string, roles: readonly string[] = [RUNTIME]): Promise<Finding[]> {
  const lint = readFileSync(join(__dirname, 'lint.sql'), 'utf8').replace(/;\s*$/, '');
  return connected(ownerUrl, async (client) => (await client.query<Finding>(`select lint as rule, obj as object from (${lint}) found`, [roles])).rows);
}
