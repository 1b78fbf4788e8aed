import { PASSWORD } from '../limits';
import { leakedPasswords, LOCAL_WORDS } from './leaked-passwords';

const ROWS = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn'];
const LEET: Record<string, string> = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', '!': 'i', 0: 'o', $: 's', 5: 's', 7: 't' };
/** What a letter that belongs to nothing known is worth, in bits; digits and signs are worth nothing, for people add them at the end. */
const LETTER = 4;
/** Six such letters, or as much in words. */
const ENOUGH = 6 * LETTER;

export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-too-common' | 'password-leaked' | 'password-personal';
type Bits = ReadonlyMap<string, number>;

/** Four or more neighbours of a row of keys, in both directions: worth nothing. */
const RUNS: Bits = new Map(ROWS.flatMap((row) => [row, [...row].reverse().join('')]).flatMap((row) =>
  [...row].flatMap((_, from) => Array.from({ length: Math.max(0, row.length - from - 3) }, (__, more): [string, number] => [row.slice(from, from + 4 + more), 0]))));

/**
 * What is wrong with a new password; null when nothing is. Length counts, composition does not: no rule asks for a digit or a sign.
 * @param own what others know of its owner: name, address, place of work
 */
export function passwordFault(password: string, own: readonly string[]): PasswordFault | null {
  if ([...password].length < PASSWORD.shortest) return 'password-too-short';
  if (password.length > PASSWORD.longest) return 'password-too-long';
  const personal = new Map(own.flatMap(words).map((word) => [word, 0]));
  const isWeak = (...known: Bits[]): boolean => worthOf(password, [RUNS, LOCAL_WORDS, ...known]) < ENOUGH;
  if (isWeak()) return 'password-too-common';
  if (isWeak(personal)) return 'password-personal';
  if (isWeak(leakedPasswords())) return 'password-leaked';
  return isWeak(leakedPasswords(), personal) ? 'password-personal' : null;
}

/** Bits that a guesser needs who knows these words, at the cheapest reading: as it stands, or with signs read as letters. Repeated parts and words count once. */
function worthOf(password: string, known: readonly Bits[]): number {
  const plain = fold(password);
  return Math.min(...[plain, plain.replace(/[@43!10$57]/g, (sign) => LEET[sign]!)].map((text) => cheapest(unrepeated(text.replace(/[^\p{L}\p{N}]+/gu, '')), known)));
}

/** The cheapest way to cut a text into known words and single letters. */
function cheapest(text: string, known: readonly Bits[]): number {
  const best: { bits: number; from: number }[] = [{ bits: 0, from: 0 }];
  for (let at = 1; at <= text.length; at += 1) {
    let here = { bits: best[at - 1]!.bits + lone(text[at - 1]!), from: at - 1 };
    for (let from = 0; from <= at - 3; from += 1) {
      const bits = best[from]!.bits + bitsOf(text.slice(from, at), known);
      if (bits < here.bits) here = { bits, from };
    }
    best.push(here);
  }
  const parts: string[] = [];
  for (let at = text.length; at > 0; at = best[at]!.from) parts.push(text.slice(best[at]!.from, at));
  const said = new Set(parts.filter(({ length }) => length > 1));
  return parts.filter(({ length }) => length === 1).reduce((sum, sign) => sum + lone(sign), 0) + [...said].reduce((sum, word) => sum + bitsOf(word, known), 0);
}

const lone = (sign: string): number => (/\p{N}/u.test(sign) ? 0 : LETTER);
const bitsOf = (word: string, known: readonly Bits[]): number => Math.min(...known.map((words) => words.get(word) ?? Infinity));

/** `abcabcabc` is worth `abc`, `aaaa` is worth `a`. */
function unrepeated(text: string): string {
  const single = text.replace(/(.)\1{2,}/g, '$1');
  return /^(.+?)\1+$/.exec(single)?.[1] ?? single;
}

function words(text: string): string[] {
  const folded = fold(text);
  return [folded.replace(/[^\p{L}\p{N}]/gu, ''), ...folded.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
