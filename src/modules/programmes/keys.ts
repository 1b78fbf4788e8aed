import { plain } from '../../platform/spelling';

const LONGEST = 60;
const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function isKey(text: string): boolean {
  return text.length <= LONGEST && KEY.test(text);
}

/** What a name gives: `Œuvre d'été, Bamako` → `oeuvre-d-ete-bamako`; a name without Latin letters gives `x`. */
export function keyOf(name: string): string {
  const made = plain(name).replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST - 5).replace(/^-+|-+$/g, '');
  return made || 'x';
}

/** The key itself, else with the first number behind it that nobody has. */
export function firstFree(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
