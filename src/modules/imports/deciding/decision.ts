import { fromJson } from '../../../platform/web/fields';
import type { FieldFault } from '../../../platform/problem';
import { plain } from '../../../platform/spelling';
import { phoneTail, RecognitionGiven, RegisterParticipant, schemesOf, type Intake, type KnownFacts, type KnownPerson } from '../../participants';
import { OpenEnrolment, type Pathway } from '../../pathways';
import type { Note, ReadPerson, ReadRow } from '../reading/rows';
import { bare, type Target } from '../reading/targets';
import { People, type Found } from './people';

export const OUTCOMES = ['new', 'same', 'changes', 'repaired', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Counts = Record<Outcome, number>;

/** What is said of a row: why it is refused, what was mended, what it changes, what else is worth knowing. */
export interface Say extends Note<string> {
  as: 'refusal' | 'repair' | 'change' | 'note';
  /** What the cell was read as; what is written already where the row says otherwise; who may be meant. */
  now?: string;
  line?: number;
  /** Who may be meant: one of them is, or nobody. */
  among?: Meant[];
}

export interface Meant {
  id: string;
  name: string;
}

/** What a row adds to somebody who is there. */
export interface Change {
  bornOn?: { bornOn: string; bornPrecision: string };
  gender?: string;
  place?: string;
  phones?: string[];
  families?: string[];
  recognition?: RecognitionGiven;
  entry?: { item: string; value: string }[];
  enrolment?: OpenEnrolment;
}

export interface Decision {
  line: number;
  outcome: Outcome;
  says: Say[];
  /** Who is there already. */
  participantId: string | null;
  intake: Intake | null;
  change: Change | null;
}

/** What was chosen for the whole file, and what the service is like. */
export interface Ground {
  coachId: string;
  coaches: readonly { id: string; name: string }[];
  /** Answers for the names of coaches in the file, by the bare word. */
  coachAnswers: Readonly<Record<string, string>>;
  operationId: string | null;
  pathway: Pathway | null;
  /** What may be opened on the operation today. */
  open: ReadonlySet<string>;
  source: string;
  country: string;
  faultsOf: (intake: Intake) => FieldFault[];
}

interface Line {
  line: number;
  person: ReadPerson;
  givenNames: string;
  familyNames: string;
  bornOn: string | null;
  bornPrecision: string;
  phones: string[];
}

/** What a row says of the person that two lines, or a line and the record, may say differently. */
const COMPARED = ['gender', 'family', 'recognition', 'recognitionUntil', 'pathway', 'receivedOn', 'place', 'workAtEntry'] as const;
const TARGET_OF: Record<(typeof COMPARED)[number], Target> = {
  gender: 'gender', family: 'families', recognition: 'recognition', recognitionUntil: 'recognition-until', pathway: 'pathway', receivedOn: 'received-on', place: 'place', workAtEntry: 'work-at-entry',
};
const MOST_PHONES = 5;

/** Decides on the rows of one file, in their order: who is there, who came in an earlier line, who is new. */
export class Decisions {
  private readonly lines = new People<Line>();
  /** The lines that mean somebody who is there, whatever they call them. */
  private readonly known = new Map<string, Line>();

  constructor(private readonly ground: Ground) {}

  /** @param found whom of the service the row means @param facts what is written of them @param among who it could be, where somebody has decided */
  decide(line: number, row: ReadRow, found: Found<KnownPerson> | null, facts: KnownFacts | null, among: readonly KnownPerson[] = []): Decision {
    const says: Say[] = row.repairs.map((one) => ({ ...one, as: 'repair' }));
    const refused = (...why: Say[]): Decision => ({ line, outcome: 'refused', says: [...why, ...says], participantId: null, intake: null, change: null });
    if (!row.person) return refused(...row.refusals.map((one) => ({ ...one, as: 'refusal' as const })));
    const person = this.withPathway(row.person);
    if (person.pathway && !this.ground.open.has(person.pathway)) return refused(refusal('pathway-not-open', 'pathway', person.pathway));
    const told: Line = { ...person, line, person, phones: person.phones.map(phoneTail) };
    const settled = settledNote(found, among);
    const earlier = this.earlier(told, found);
    if (earlier.who === 'one') {
      const differing = secondLine(earlier.person.person, person);
      if (differing.length > 0) return refused(...differing.map((target) => ({ ...refusal('second-line', target, null), line: earlier.person.line })), ...settled);
      return { line, outcome: 'same', says: [{ as: 'note', what: 'same-line', target: null, cell: null, line: earlier.person.line }, ...settled, ...says], participantId: null, intake: null, change: null };
    }
    if (found?.who === 'maybe') return refused({ ...refusal('maybe-same', null, null), now: found.people.slice(0, 3).map(named).join(', '), among: found.people.map(meant) });
    if (earlier.who === 'maybe') return refused({ ...refusal('maybe-same-line', null, null), line: earlier.people[0]!.line }, ...settled);
    if (found?.who === 'one' && facts) {
      const { change, adds, against } = this.beside(person, found.person, facts);
      if (against.length > 0) return refused(...against, ...settled);
      this.lines.add(told);
      this.known.set(facts.id, told);
      return { line, outcome: adds.length > 0 ? 'changes' : 'same', says: [...adds, ...settled, ...says], participantId: facts.id, intake: null, change: adds.length > 0 ? change : null };
    }
    const intake = this.intakeOf(person);
    const faults = this.ground.faultsOf(intake);
    if (faults.length > 0) return refused(...faults.map((fault) => refusal('not-accepted', TARGETS[fault.path.split('.')[0]!] ?? null, null)), ...settled);
    this.lines.add(told);
    return { line, outcome: says.length > 0 ? 'repaired' : 'new', says: [...settled, ...says], participantId: null, intake, change: null };
  }

  /** The line before this one that is about the same person: by what both say, or because both mean somebody who is there. */
  private earlier(told: Line, found: Found<KnownPerson> | null): Found<Line> {
    const line = found?.who === 'one' ? this.known.get(found.person.id) : undefined;
    return line ? { who: 'one', person: line } : this.lines.find(told);
  }

  /** The pathway of the file, for rows that say when the person came and on what pathway not. */
  private withPathway(person: ReadPerson): ReadPerson {
    return person.pathway || !this.ground.pathway || !person.receivedOn ? person : { ...person, pathway: this.ground.pathway };
  }

  private coachOf(person: ReadPerson): string {
    const word = bare(person.coach ?? '');
    if (word === '') return this.ground.coachId;
    const answered = Object.hasOwn(this.ground.coachAnswers, word) ? this.ground.coachAnswers[word] : this.ground.coaches.find(({ name }) => plain(name) === word)?.id;
    return this.ground.coaches.some(({ id }) => id === answered) ? answered! : this.ground.coachId;
  }

  private enrolmentOf({ pathway, receivedOn }: ReadPerson): OpenEnrolment | null {
    if (!pathway || !receivedOn || !this.ground.operationId) return null;
    return fromJson(OpenEnrolment, { pathway, operationId: this.ground.operationId, receivedOn, source: this.ground.source });
  }

  private recognitionOf({ recognition, recognitionUntil }: ReadPerson): RecognitionGiven | null {
    if (recognition === null) return null;
    return fromJson(RecognitionGiven, { scheme: recognition === 'none' ? 'none' : schemesOf(this.ground.country)[0]!, state: recognition, ...(recognitionUntil ? { validUntil: recognitionUntil } : {}) });
  }

  private intakeOf(person: ReadPerson): Intake {
    return {
      person: fromJson(RegisterParticipant, {
        givenNames: person.givenNames, familyNames: person.familyNames, ...birthParts(person), gender: person.gender ?? 'undisclosed', documentKind: 'not-asked', place: person.place,
        phones: person.phones.map((number) => ({ number, owner: 'self' })), coachId: this.coachOf(person), confirmedNew: true,
      }),
      coachId: this.coachOf(person), families: person.family ? [person.family] : [], recognition: this.recognitionOf(person), entry: entryOf(person), enteredOn: person.receivedOn, enrolment: this.enrolmentOf(person),
    };
  }

  /** What the row says, beside what is written: what it adds, and what it contradicts. */
  private beside(person: ReadPerson, known: KnownPerson, facts: KnownFacts): { change: Change; adds: Say[]; against: Say[] } {
    const change: Change = {};
    const adds: Say[] = [];
    const against: Say[] = [];
    const add = (target: Target, cell: string): void => void adds.push({ as: 'change', what: 'adds', target, cell });
    const clash = (target: Target, cell: string, now: string): void => void against.push({ ...refusal('contradicts', target, cell), now });
    if (person.bornOn && sureness(person.bornPrecision) > sureness(known.bornPrecision)) {
      change.bornOn = { bornOn: person.bornOn, bornPrecision: person.bornPrecision };
      add('birth', person.bornOn);
    }
    if (person.gender && person.gender !== facts.gender) {
      if (facts.gender !== 'undisclosed') clash('gender', person.gender, facts.gender);
      else add('gender', change.gender = person.gender);
    }
    if (person.place && plain(person.place) !== plain(facts.place ?? '')) {
      if (facts.place) clash('place', person.place, facts.place);
      else add('place', change.place = person.place);
    }
    const more = person.phones.filter((phone) => !known.phones.includes(phoneTail(phone))).slice(0, Math.max(0, MOST_PHONES - known.phones.length));
    if (more.length > 0) add('phone', (change.phones = more).join(', '));
    if (person.family && !facts.families.includes(person.family)) {
      if (facts.families.length > 0 || facts.familiesRefused) clash('families', person.family, facts.familiesRefused ? 'refused' : facts.families.join(', '));
      else add('families', (change.families = [person.family])[0]!);
    }
    const recognition = this.recognitionOf(person);
    if (recognition && !facts.recognitions.some((one) => one.scheme === recognition.scheme && one.state === recognition.state && (!recognition.validUntil || one.validUntil === recognition.validUntil))) {
      const there = facts.recognitions.find((one) => one.scheme === recognition.scheme || one.scheme === 'none' || recognition.scheme === 'none');
      if (there) clash('recognition', [recognition.state, recognition.validUntil].filter(Boolean).join(' '), [there.state, there.validUntil].filter(Boolean).join(' '));
      else add('recognition', (change.recognition = recognition).state);
    }
    for (const { item, value } of entryOf(person)) {
      const said = facts.entry[item] ?? null;
      if (said === value) continue;
      if (said !== null) clash('work-at-entry', value, said);
      else {
        change.entry = [...(change.entry ?? []), { item, value }];
        add('work-at-entry', value);
      }
    }
    const enrolment = this.enrolmentOf(person);
    const there = enrolment && facts.enrolments.filter((one) => one.pathway === enrolment.pathway);
    if (enrolment && there!.length > 0 && !there!.some((one) => one.receivedOn === enrolment.receivedOn)) clash('received-on', enrolment.receivedOn, there!.map((one) => one.receivedOn).join(', '));
    else if (enrolment && there!.length === 0) add('pathway', (change.enrolment = enrolment).pathway);
    return { change, adds, against };
  }
}

/** Where a fault of a form stands in a row. */
const TARGETS: Readonly<Record<string, Target>> = {
  givenNames: 'given-names', familyNames: 'family-names', bornYear: 'birth', bornMonth: 'birth', bornDay: 'birth', bornPrecision: 'birth', gender: 'gender', place: 'place', phones: 'phone', coachId: 'coach',
  state: 'recognition', scheme: 'recognition', validUntil: 'recognition-until', receivedOn: 'received-on', pathway: 'pathway',
};

const refusal = (what: string, target: Target | null, cell: string | null): Say => ({ as: 'refusal', what, target, cell });
const sureness = (precision: string): number => ['unknown', 'estimated', 'year', 'month', 'day'].indexOf(precision);
const named = ({ givenNames, familyNames, bornOn }: KnownPerson): string => `${givenNames} ${familyNames}${bornOn ? ` (${bornOn.slice(0, 4)})` : ''}`;

const meant = (person: KnownPerson): Meant => ({ id: person.id, name: named(person) });

/** What somebody decided of a row that could mean these. */
function settledNote(found: Found<KnownPerson> | null, among: readonly KnownPerson[]): Say[] {
  if (!found || found.who === 'maybe' || among.length === 0) return [];
  const whom = found.who === 'one' ? [found.person] : among.slice(0, 3);
  return [{ as: 'note', what: found.who === 'one' ? 'settled-same' : 'settled-new', target: null, cell: null, now: whom.map(named).join(', '), among: among.map(meant) }];
}

function birthParts({ bornOn, bornPrecision }: ReadPerson): Record<string, unknown> {
  const [year, month, day] = (bornOn ?? '').split('-').map(Number);
  return { bornPrecision, ...(bornOn ? { bornYear: year } : {}), ...(bornPrecision === 'day' || bornPrecision === 'month' ? { bornMonth: month } : {}), ...(bornPrecision === 'day' ? { bornDay: day } : {}) };
}

function entryOf({ workAtEntry }: ReadPerson): { item: string; value: string }[] {
  if (workAtEntry === null) return [];
  return workAtEntry === 'in-education' ? [{ item: 'in-education', value: 'yes' }] : [{ item: 'work-status', value: workAtEntry }];
}

/** What a second line about the same person says that the first does not; nothing where it repeats it, in whole or in part. */
function secondLine(first: ReadPerson, second: ReadPerson): Target[] {
  const targets = COMPARED.filter((name) => second[name] !== null && plain(second[name]) !== plain(first[name] ?? '')).map((name) => TARGET_OF[name]);
  const tails = first.phones.map(phoneTail);
  if (second.phones.some((phone) => !tails.includes(phoneTail(phone)))) targets.push('phone');
  if (sureness(second.bornPrecision) > sureness(first.bornPrecision)) targets.push('birth');
  return targets;
}
