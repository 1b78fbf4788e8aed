import { wrongField } from '../../platform/problem';
import type { Beside } from '../participants';
import type { AgreementSignature } from './agreement.entities';
import type { Sign } from './agreements.dto';
import { inPlaceOfThePerson, measureExpired, nobodySignsBeside, personSignsFirst } from './agreements.problems';
import type { AgreementKind } from './parties';

/** What a signature is judged by. */
export interface Around {
  kind: AgreementKind;
  /** The person's name, and that of whoever records the signature. */
  person: string;
  recorder: string | null;
  /** Names of who works in the service: none of them is a witness. */
  staff: readonly string[];
  /** What law asks for on the day of the signature. */
  beside: Beside;
  personSigned: boolean;
}
export type Told = Pick<AgreementSignature, 'giver' | 'name' | 'capacity' | 'witness' | 'readAloudIn' | 'readAloudBy'>;

/**
 * Whose signature it is, by name. The person's own is theirs alone; a second one that law asks for is told by its name, and is not the service's where the service
 * holds the measure; the employer's says who signs, and as what.
 * @throws Problem where it is somebody's in place of the person, where the act waits for a measure, or where something of it is missing
 */
export function signatureOf(given: Sign, around: Around): Told {
  const { party } = given;
  if (party !== 'participant' && given.giver) throw wrongField('giver', 'person-only');
  const told = { capacity: given.capacity ?? null, ...howRead(given, around) };
  if (party === 'participant') return { ...told, ...ownHand(given, around) };
  if (party === 'legal') return { ...told, giver: null, name: besideName(given, around) };
  if (party === 'service') return { ...told, giver: null, name: named(given.name ?? around.recorder) };
  if (around.kind !== 'three-party') throw wrongField('party', 'two-parties-only');
  if (!given.capacity) throw wrongField('capacity', 'required');
  return { ...told, giver: null, name: named(given.name ?? null) };
}

function ownHand(given: Sign, { person, beside }: Around): Pick<Told, 'giver' | 'name'> {
  if (given.giver === 'legal') throw inPlaceOfThePerson('giver');
  if (given.name && !isSame(given.name, person)) throw inPlaceOfThePerson('name');
  if (beside.needs === 'expired') throw measureExpired(beside.on);
  return { giver: given.giver ?? 'self', name: person };
}

function besideName(given: Sign, { beside, personSigned, person }: Around): string {
  if (beside.needs === 'expired') throw measureExpired(beside.on);
  if (beside.needs === 'nothing') throw nobodySignsBeside();
  if (!personSigned) throw personSignsFirst();
  const name = named(given.name ?? (beside.byService ? null : beside.holder));
  if (beside.byService && beside.holder && isSame(name, beside.holder)) throw wrongField('name', 'outside-the-service');
  if (isSame(name, person)) throw wrongField('name', 'somebody-else');
  return name;
}

function howRead({ method, witness, readAloudIn, readAloudBy }: Sign, { staff }: Around): Pick<Told, 'witness' | 'readAloudIn' | 'readAloudBy'> {
  if (method === 'mark' && !witness) throw wrongField('witness', 'required');
  if (witness && staff.some((one) => isSame(one, witness))) throw wrongField('witness', 'not-of-the-service');
  if (readAloudIn && !readAloudBy) throw wrongField('readAloudBy', 'required');
  if (readAloudBy && !readAloudIn) throw wrongField('readAloudIn', 'required', { choose: true });
  return { witness: witness ?? null, readAloudIn: readAloudIn ?? null, readAloudBy: readAloudBy ?? null };
}

function named(name: string | null): string {
  if (!name) throw wrongField('name', 'required');
  return name;
}

/** The same name, whatever its case, its accents and the order of its parts. */
function isSame(one: string, other: string): boolean {
  const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[\s,-]+/).filter(Boolean).sort().join(' ');
  return plain(one) === plain(other);
}
