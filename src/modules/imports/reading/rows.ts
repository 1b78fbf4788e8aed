import { ageOn, EARLIEST, type Day } from '../../../platform/days';
import { isText } from '../../../platform/web/fields';
import { isPhone } from '../../../platform/web/phone';
import { readChoice, type ListName } from './choices';
import { readDay, type DayRepair, type DayRule, type Precision } from './days';
import { readFullName, readNames, type NameRepair } from './names';
import { bare, type HeaderLanguage, type Target } from './targets';

/** How one file is read: what each column holds, and what was decided for all its rows. */
export interface Reading {
  targets: readonly Target[];
  headers: readonly string[];
  language: HeaderLanguage;
  /** Of births, whose years of two figures lie in the past; and of all other days. */
  births: DayRule;
  days: DayRule;
  /** The bare words of the columns that are lists: one word may settle another. */
  words: ReadonlyMap<Target, ReadonlySet<string>>;
  /** What was answered for words that nobody may guess, by list and word. */
  answers: Readonly<Partial<Record<Target, Readonly<Record<string, string>>>>>;
  today: Day;
}

export type Repair = DayRepair | NameRepair | 'short-row' | 'formula' | 'no-date-written' | 'until-without-grant' | 'word-left-out' | 'to-be-answered' | 'no-pathway' | 'ended' | 'phone-left-out';
export type Refusal =
  | 'empty-row' | 'totals-row' | 'header-again' | 'too-many-cells' | 'name-missing' | 'name-too-long' | 'no-date' | 'no-such-day' | 'in-future' | 'too-old' | 'received-on-missing' | 'born-after-entry'
  | 'too-young' | 'to-be-answered' | 'text-too-long' | 'control-characters';

/** What happened to a cell. `cell` is what the file says, for whoever mends it. */
export interface Note<Code> {
  what: Code;
  target: Target | null;
  cell: string | null;
  /** What it was read as. */
  now?: string;
}

export interface ReadPerson {
  familyNames: string;
  givenNames: string;
  bornOn: Day | null;
  bornPrecision: Precision | 'unknown';
  gender: string | null;
  family: string | null;
  recognition: string | null;
  recognitionUntil: Day | null;
  /** Null where the row names none, or says that the support has ended. */
  pathway: string | null;
  receivedOn: Day | null;
  coach: string | null;
  place: string | null;
  phones: string[];
  workAtEntry: string | null;
}

/** A row that can be taken, with what was mended; or one that cannot, with every reason. */
export type ReadRow = { person: ReadPerson; repairs: Note<Repair>[]; refusals: Note<Refusal>[] } | { person: null; repairs: Note<Repair>[]; refusals: Note<Refusal>[] };

const NAMES: ReadonlySet<Target> = new Set(['full-name', 'family-names', 'given-names']);
const DAYS: ReadonlySet<Target> = new Set(['birth', 'received-on', 'recognition-until']);
const LONGEST: Partial<Record<Target, number>> = { 'family-names': 100, 'given-names': 100, phone: 100 };
const LONG = 200;
const OLDEST = 110;
const YOUNGEST = 12;
/** States of a register that say that nobody accompanies the person any more. */
const ENDED = ['completed', 'left'];
const MOST_PHONES = 5;

/** Reads one row. It never throws, and a row is never lost: what cannot be taken says why. */
export function readRow(cells: readonly string[], reading: Reading): ReadRow {
  const repairs: Note<Repair>[] = [];
  const refusals: Note<Refusal>[] = [];
  const refused = (what: Refusal, target: Target | null = null, cell: string | null = null): number => refusals.push({ what, target, cell });
  const mended = (what: Repair, target: Target | null, cell: string | null): number => repairs.push({ what, target, cell });
  const whole = wholeRow(cells, reading);
  if (whole) return { person: null, repairs, refusals: [{ what: whole, target: null, cell: null }] };
  if (cells.length < reading.headers.length) mended('short-row', null, null);

  const all = new Map<Target, string[]>();
  for (const [index, target] of reading.targets.entries()) {
    if (target === 'ignore') continue;
    const cell = unquoted(cells[index] ?? '');
    if (cell === '') continue;
    if (!isText(cell)) refused('control-characters', target);
    else if (cell.length > (LONGEST[target] ?? LONG)) refused(NAMES.has(target) ? 'name-too-long' : 'text-too-long', target);
    else all.set(target, [...(all.get(target) ?? []), cell]);
    if (/^[=@]/.test(cell) || (/^[+-]/.test(cell) && target !== 'phone' && !DAYS.has(target))) mended('formula', target, cell);
  }
  const one = (target: Target): string | null => all.get(target)?.[0] ?? null;

  const name = nameOf(one, reading);
  if (!name && !refusals.some(({ target }) => target !== null && NAMES.has(target))) refused('name-missing', ...missingName(one, reading));
  for (const what of name?.repairs ?? []) mended(what, reading.targets.includes('full-name') ? 'full-name' : 'family-names', one('full-name') ?? one('family-names'));

  const day = (target: Target, rule: DayRule): { day: Day; precision: Precision } | null => {
    const cell = one(target);
    if (cell === null) return null;
    if (/^[0\s/.-]+$/.test(cell)) {
      mended('no-date-written', target, cell);
      return null;
    }
    const read = readDay(cell, rule);
    if (!read.ok) {
      refused(read.why, target, cell);
      return null;
    }
    for (const what of read.repairs) repairs.push({ what, target, cell, now: read.day.slice(0, read.precision === 'year' ? 4 : read.precision === 'month' ? 7 : 10) });
    return read;
  };
  // A person is not turned away for a word that nobody knows yet; the pathway alone decides what becomes of the row.
  const choice = (target: Target & ListName): string | null => {
    const cell = one(target);
    if (cell === null) return null;
    const read = readChoice(target, cell, reading.language, reading.words.get(target) ?? new Set(), reading.answers[target] ?? {});
    if (read.known && read.value === null) mended('word-left-out', target, cell);
    if (!read.known) void (target === 'pathway' ? refused('to-be-answered', target, cell) : mended('to-be-answered', target, cell));
    return read.known ? read.value : null;
  };

  const born = day('birth', reading.births);
  const received = day('received-on', reading.days);
  const until = day('recognition-until', reading.days);
  const pathway = choice('pathway');
  const ended = ENDED.includes(choice('state') ?? '');
  const recognition = choice('recognition');
  if (received && received.day > reading.today) refused('in-future', 'received-on', one('received-on'));
  else if (received && received.day < EARLIEST) refused('too-old', 'received-on', one('received-on'));
  if (born && born.day > reading.today) refused('in-future', 'birth', one('birth'));
  else if (born && ageOn(born.day, reading.today) > OLDEST) refused('too-old', 'birth', one('birth'));
  else if (born && received && born.day >= received.day) refused('born-after-entry', 'birth', one('birth'));
  else if (born && ageOn(born.day, received?.day ?? reading.today) < YOUNGEST) refused('too-young', 'birth', one('birth'));
  if (ended) mended('ended', 'state', one('state'));
  else if (pathway !== null && !received && !refusals.some(({ target }) => target === 'received-on')) refused('received-on-missing', 'received-on', one('received-on'));
  else if (pathway === null && !refusals.some(({ target }) => target === 'pathway')) mended('no-pathway', 'pathway', one('pathway'));
  if (until && recognition !== 'granted') {
    // How a day was read that is not kept is no news.
    repairs.splice(0, repairs.length, ...repairs.filter(({ target }) => target !== 'recognition-until'));
    mended('until-without-grant', 'recognition-until', one('recognition-until'));
  }
  const phones = (all.get('phone') ?? []).flatMap(phonesIn);
  for (const phone of phones.filter((number) => !isPhone(number))) mended('phone-left-out', 'phone', phone);
  const person = { gender: choice('gender'), family: choice('families'), workAtEntry: choice('work-at-entry') };
  if (refusals.length > 0 || !name) return { person: null, repairs, refusals };
  return {
    person: {
      familyNames: name.familyNames, givenNames: name.givenNames, bornOn: born?.day ?? null, bornPrecision: born?.precision ?? 'unknown', ...person,
      recognition, recognitionUntil: recognition === 'granted' ? until?.day ?? null : null, pathway: ended ? null : pathway, receivedOn: received?.day ?? null, coach: one('coach'), place: flat(one('place')),
      phones: [...new Set(phones.filter(isPhone))].slice(0, MOST_PHONES),
    },
    repairs, refusals: [],
  };
}

function nameOf(one: (target: Target) => string | null, { language }: Reading): ReturnType<typeof readFullName> {
  const [full, family, given] = [one('full-name'), one('family-names'), one('given-names')];
  const name = full !== null ? readFullName(full, language) : family !== null && given !== null ? readNames(family, given) : null;
  const isName = (text: string): boolean => /\p{L}/u.test(text) && text.length <= 100;
  return name && isName(name.familyNames) && isName(name.givenNames) ? name : null;
}

function missingName(one: (target: Target) => string | null, { targets }: Reading): [Target, string | null] {
  if (targets.includes('full-name')) return ['full-name', one('full-name')];
  return one('family-names') === null ? ['family-names', null] : ['given-names', one('given-names')];
}

function wholeRow(cells: readonly string[], { headers }: Reading): Refusal | null {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return 'empty-row';
  if (/^((sous|sub|gran|grand)? ?)total(es)?\b/.test(bare(filled[0]!)) && filled.slice(1).every((cell) => /^[\d\s.,%]+$/.test(cell))) return 'totals-row';
  if (filled.length >= 2 && headers.every((header, index) => bare(cells[index] ?? '') === bare(header))) return 'header-again';
  return cells.slice(headers.length).some((cell) => cell.trim() !== '') ? 'too-many-cells' : null;
}

/** A cell may hold two numbers: `06 12 34 56 78 / 07 12 34 56 78`. */
function phonesIn(cell: string): string[] {
  const number = flat(cell)!;
  return isPhone(number) ? [number] : number.split(/\s*(?:[/;,]|\bou\b|\bo\b|\bor\b|\by\b|\bet\b)\s*/).filter((part) => part !== '');
}

/** A cell of several lines, in one. */
const flat = (cell: string | null): string | null => cell && cell.replace(/\s+/g, ' ');

/** Without the one apostrophe that an export puts before what a spreadsheet would take for a formula. */
const unquoted = (cell: string): string => cell.replace(/^\s*'(?=[=+\-@|%\t\r＝＋－＠])/, '').normalize('NFC').trim();
