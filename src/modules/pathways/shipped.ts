import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Protocol } from './protocol';

/** The protocols that come with the product, in the order of their numbers. */
export function shippedProtocols(): Protocol[] {
  const folder = join(__dirname, 'protocols');
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Protocol)
    .sort((a, b) => a.version - b.version);
}
