import { Flag, Id, Many, NestedMany, OneOf, PhoneNumber, Rule, Text, Whole } from '../../../platform/web/fields';
import { coachNeeded } from '../participants.problems';
import { BIRTH_PRECISIONS, birthFault, partsLookedFor, type BirthPrecision } from './birth';
import { CHANNELS, DOCUMENT_KINDS, FORMATS, GENDERS, PHONE_OWNERS, SPOKEN, type DocumentKind } from './participant.choices';

const VERSION = { min: 1, max: 1_000_000_000 };

/** Who somebody may be, before anything is written: looked for in the whole service. */
@Rule<LookFor>(['bornYear', 'bornMonth', 'bornDay'], (given, { today }) => { const parts = partsLookedFor(given); return parts && birthFault(parts, today); })
export class LookFor {
  @Text({ max: 100, optional: true }) givenNames?: string;
  @Text({ max: 100 }) familyNames!: string;
  @Whole({ min: 1, max: 31, optional: true }) bornDay?: number;
  @Whole({ min: 1, max: 12, optional: true }) bornMonth?: number;
  @Whole({ min: 1900, max: 2199, optional: true }) bornYear?: number;
  @PhoneNumber({ optional: true }) phone?: string;
}

/** Older lines of a log: before the last one shown. */
export class OlderThan {
  @Id({ optional: true }) before?: string;
}

/** Words to find people whom one may see: names in any order, with or without accents, or a phone number. */
export class FindPeople {
  @Text({ max: 100 }) q!: string;
}

@Rule<Identity>(['bornPrecision', 'bornYear', 'bornMonth', 'bornDay'], (given, { today }) => birthFault(given, today))
export class Identity {
  @Text({ max: 100 }) givenNames!: string;
  @Text({ max: 100 }) familyNames!: string;
  @Text({ max: 100, optional: true }) knownAs?: string;
  @OneOf(BIRTH_PRECISIONS, { description: 'How sure the birth date is' }) bornPrecision!: BirthPrecision;
  @Whole({ min: 1, max: 31, optional: true }) bornDay?: number;
  @Whole({ min: 1, max: 12, optional: true }) bornMonth?: number;
  @Whole({ min: 1900, max: 2199, optional: true }) bornYear?: number;
  @OneOf(GENDERS) gender!: (typeof GENDERS)[number];
  @OneOf(DOCUMENT_KINDS, { description: 'The kind of paper that proves it, never its number' }) documentKind!: DocumentKind;
}

export class Phone {
  @PhoneNumber() number!: string;
  @OneOf(PHONE_OWNERS) owner!: (typeof PHONE_OWNERS)[number];
  @Text({ max: 200, optional: true, description: 'When it may ring' }) safeHours?: string;
}

/** The fields of contact, beside those of another command. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- TypeScript asks this very shape of a mixin (TS2545)
function withContact<Base extends new (...args: any[]) => object>(base: Base) {
  class WithContact extends base {
    @Text({ max: 200, optional: true }) place?: string;
    @NestedMany(() => Phone, { max: 5, optional: true }) phones?: Phone[];
    @Many(SPOKEN, { max: 14, optional: true }) languages?: string[];
    @OneOf(CHANNELS, { optional: true }) channel?: (typeof CHANNELS)[number];
    @Many(FORMATS, { max: 8, optional: true }) formats?: string[];
    @Text({ max: 200, optional: true }) emergencyName?: string;
    @PhoneNumber({ optional: true }) emergencyPhone?: string;
    @Text({ max: 100, optional: true }) emergencyRelation?: string;
  }
  return WithContact;
}

export class Contact extends withContact(class {}) {}

/** A new person. `confirmedNew` says that the likely duplicates were looked at and are others. */
@Rule<RegisterParticipant>(['coachId'], ({ coachId }, { role }) => (role === 'manager' && !coachId ? coachNeeded().fields : null))
export class RegisterParticipant extends withContact(Identity) {
  @Id({ optional: true, description: 'Who will accompany the person; a coach registers for herself' }) coachId?: string;
  @Flag({ optional: true }) confirmedNew?: boolean;
}

export class EditIdentity extends Identity {
  @Whole(VERSION) version!: number;
}

export class EditContact extends Contact {
  @Whole(VERSION) version!: number;
}

/** Somebody in the service who may be the same person. `id` only where the actor may open the record. */
export interface LikelyDuplicate {
  id: string | null;
  name: string;
  bornYear: number | null;
  coachName: string | null;
  because: ('name' | 'birth' | 'phone')[];
}

/** Somebody found among those whom the actor may see. */
export interface FoundPerson {
  id: string;
  name: string;
  knownAs: string | null;
  bornOn: string | null;
  bornPrecision: BirthPrecision;
  place: string | null;
}

export interface PhoneView {
  number: string;
  owner: (typeof PHONE_OWNERS)[number];
  safeHours: string | null;
}

export interface ParticipantView {
  id: string;
  name: string;
  givenNames: string;
  familyNames: string;
  knownAs: string | null;
  bornOn: string | null;
  bornPrecision: BirthPrecision;
  bornDay: number | null;
  bornMonth: number | null;
  bornYear: number | null;
  age: number | null;
  gender: (typeof GENDERS)[number];
  documentKind: DocumentKind;
  place: string | null;
  phones: PhoneView[];
  languages: string[];
  channel: (typeof CHANNELS)[number] | null;
  formats: string[];
  emergencyName: string | null;
  emergencyPhone: string | null;
  emergencyRelation: string | null;
  createdAt: string;
  version: number;
}
