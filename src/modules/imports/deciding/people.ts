import type { Day } from '../../../platform/days';
import { plain } from '../../../platform/spelling';

/** What tells one person from another. */
export interface Told {
  givenNames: string;
  familyNames: string;
  bornOn: Day | null;
  bornPrecision: string;
  /** Ends of phone numbers. */
  phones: readonly string[];
}

/** One who is meant; nobody; or some who may be meant, and nothing says so. */
export type Found<T> = { who: 'one'; person: T } | { who: 'nobody' } | { who: 'maybe'; people: T[] };

/** What somebody decided where it could not be told who is meant: one of them, or none of these. */
export interface Settled {
  sameAs: string | null;
  otherThan: readonly string[] | null;
}

/** Whom a row means, as somebody decided: it holds for those who were looked at, and for nobody who came since. */
export function settle<T extends { id: string }>(found: Found<T>, settled: Settled | null): Found<T> {
  if (found.who !== 'maybe' || !settled) return found;
  const person = found.people.find(({ id }) => id === settled.sameAs);
  if (person) return { who: 'one', person };
  return settled.otherThan && found.people.every(({ id }) => settled.otherThan!.includes(id)) ? { who: 'nobody' } : found;
}

/** Slips of the hand by which two spellings of a name may differ. */
const SLIPS = 2;
const LONG_NAME = 8;

/** People looked up by name, birth date and phone: accents, capitals and the order of names make no difference. */
export class People<T extends Told> {
  private readonly byName = new Map<string, T[]>();
  private readonly byBirth = new Map<Day, T[]>();

  add(person: T): void {
    put(this.byName, keyOf(person), person);
    if (person.bornOn && person.bornPrecision === 'day') put(this.byBirth, person.bornOn, person);
  }

  find(person: Told): Found<T> {
    const key = keyOf(person);
    const named = this.byName.get(key) ?? [];
    const same = named.filter((one) => sameBirth(one, person));
    if (same.length > 0) return one(same);
    // A birth date that one of them lacks tells nothing: a phone number does, and where neither has one, the name is all there is.
    const open = named.filter((other) => !other.bornOn || !person.bornOn);
    const called = open.filter((other) => sharesPhone(other, person));
    if (called.length > 0) return one(called);
    if (open.length > 0) return open.length === 1 && !open[0]!.bornOn && !person.bornOn ? one(open) : { who: 'maybe', people: open };
    const alike = [
      ...named.filter((other) => sharesPhone(other, person)),
      ...(person.bornOn && person.bornPrecision === 'day' ? this.byBirth.get(person.bornOn) ?? [] : []).filter((other) => sharesPhone(other, person) || likeName(keyOf(other), key)),
    ];
    return alike.length > 0 ? { who: 'maybe', people: [...new Set(alike)] } : { who: 'nobody' };
  }
}

const one = <T>(people: T[]): Found<T> => (people.length === 1 ? { who: 'one', person: people[0]! } : { who: 'maybe', people });

/** All words of a name, in an order of their own. */
const keyOf = ({ givenNames, familyNames }: Told): string => plain(`${givenNames} ${familyNames}`).split(' ').sort().join(' ');

const sharesPhone = (a: Told, b: Told): boolean => a.phones.some((phone) => b.phones.includes(phone));

/** Both known, and the same as far as the less precise one goes. */
function sameBirth(a: Told, b: Told): boolean {
  if (!a.bornOn || !b.bornOn) return false;
  const precisions = [a.bornPrecision, b.bornPrecision];
  const length = precisions.some((one) => one === 'year' || one === 'estimated') ? 4 : precisions.includes('month') ? 7 : 10;
  return a.bornOn.slice(0, length) === b.bornOn.slice(0, length);
}

/** A name with a word more, or with a slip or two. */
function likeName(a: string, b: string): boolean {
  const [few, many] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length) as [string[], string[]];
  if (few.length > 1 && few.every((word) => many.includes(word))) return true;
  return Math.min(a.length, b.length) >= LONG_NAME && Math.abs(a.length - b.length) <= SLIPS && distance(a, b) <= SLIPS;
}

/** Letters to be put in, left out or changed to make one text of the other. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const here = [row + 1];
    for (const [column, other] of [...b].entries()) here.push(Math.min(above[column + 1]! + 1, here[column]! + 1, above[column]! + Number(letter !== other)));
    above = here;
  }
  return above[b.length] ?? a.length;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}
