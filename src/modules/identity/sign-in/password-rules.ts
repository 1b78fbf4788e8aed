import { PASSWORD } from '../limits';
import { COMMON } from './common-passwords';

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'];
const LEET: Record<string, string> = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', '!': 'i', 0: 'o', $: 's', 5: 's', 7: 't' };
/** What must be left once everything that is easily guessed is taken out. */
const LEFT = 6;

export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-too-common' | 'password-personal';

/**
 * What is wrong with a new password; null when nothing is. Length counts, composition does not: no rule asks for a digit or a sign.
 * @param own what others know of its owner: name, address, place of work
 */
export function passwordFault(password: string, own: readonly string[]): PasswordFault | null {
  if ([...password].length < PASSWORD.shortest) return 'password-too-short';
  if (password.length > PASSWORD.longest) return 'password-too-long';
  const personal = own.flatMap(words);
  if (leftOf(password, COMMON) < LEFT) return 'password-too-common';
  return leftOf(password, [...COMMON, ...personal]) < LEFT ? 'password-personal' : null;
}

/** How many letters and signs are neither of the known words, nor a row of keys, a run of one sign, a number. Repeated parts count once. */
function leftOf(password: string, known: readonly string[]): number {
  const plain = fold(password);
  const readings = [plain, plain.replace(/[@43!10$57]/g, (sign) => LEET[sign]!)];
  return Math.min(...readings.map((text) => unrepeated(without(text, known)).length));
}

function without(text: string, known: readonly string[]): string {
  let left = text;
  for (const word of [...known].sort((a, b) => b.length - a.length)) if (word.length >= 3) left = left.replaceAll(word, ' ');
  for (const row of ROWS) for (const line of [row, [...row].reverse().join('')]) left = withoutRuns(left, line);
  return left.replace(/(.)\1{2,}/g, ' ').replace(/\d+/g, ' ').replace(/[^\p{L}]+/gu, '');
}

/** Takes out four or more neighbours of a row of keys. */
function withoutRuns(text: string, row: string): string {
  let left = text;
  for (let size = row.length; size >= 4; size -= 1) for (let at = 0; at + size <= row.length; at += 1) left = left.replaceAll(row.slice(at, at + size), ' ');
  return left;
}

/** `abcabcabc` is worth `abc`. */
function unrepeated(text: string): string {
  return /^(.+?)\1+$/.exec(text)?.[1] ?? text;
}

function words(text: string): string[] {
  const folded = fold(text);
  return [folded.replace(/\s/g, ''), ...folded.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
