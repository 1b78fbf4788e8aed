import type { Day as CalendarDay } from '../../platform/days';
import { Back } from '../../platform/web/back';
import { Day, Id, OneOf, Rule, Text, Whole } from '../../platform/web/fields';
import type { DocumentView } from '../documents';
import { METHODS, SPOKEN } from '../participants';
import { ahead } from './agreements.problems';
import { AGREEMENT_KINDS, PARTIES, SIGNERS, type AgreementKind, type Party, type Signer } from './parties';

const VERSION = { min: 1, max: 1_000_000 };

/** A day that has come, told with whatever else is wrong in the form. */
const HasCome = <T extends object>(...names: (keyof T & string)[]) => (type: new () => T): void => {
  for (const name of names) {
    Rule<T>([name], (given, { today }) => {
      const day = given[name];
      return today && typeof day === 'string' && day > today ? ahead(name).fields : null;
    })(type);
  }
};

/** What is about to be agreed, for which pathway, with which employer. */
export class NewAgreementFilter extends Back {
  @OneOf(AGREEMENT_KINDS, { optional: true }) kind?: AgreementKind;
  @Id({ optional: true }) enrolment?: string;
  @Id({ optional: true }) employer?: string;
}

export class OpenAgreement {
  @Id({ description: 'The open pathway that it belongs to' }) enrolmentId!: string;
  @OneOf(AGREEMENT_KINDS) kind!: AgreementKind;
  @Id({ optional: true, description: 'Of a three-party agreement: an employer whom the person lets know of the support' }) employerId?: string;
  @Text({ max: 8000, optional: true, multiline: true, description: 'What is agreed beside the wording' }) terms?: string;
  @Day() fromOn!: string;
  @Day({ optional: true, description: 'The last day on which it holds' }) untilOn?: string;
}

export class EditAgreement {
  @Text({ max: 8000, optional: true, multiline: true, description: 'What is agreed beside the wording' }) terms?: string;
  @Day() fromOn!: string;
  @Day({ optional: true, description: 'The last day on which it holds' }) untilOn?: string;
  @Whole(VERSION) version!: number;
}

/** Which party is about to sign. */
export class SignAs extends Back {
  @OneOf(PARTIES) party!: Party;
}

@HasCome<Sign>('signedOn')
export class Sign {
  @OneOf(PARTIES) party!: Party;
  @OneOf(SIGNERS, { optional: true, description: 'Of the person: alone, or with support. Nobody signs in their place: `legal` is refused here, and stands beside as a party of its own' }) giver?: Signer;
  @Text({ max: 200, optional: true, description: 'Who signs; the person and whoever records it by their own names when absent' }) name?: string;
  @Text({ max: 100, optional: true, description: 'As what: director, guardian' }) capacity?: string;
  @OneOf(METHODS, { description: 'All are equal' }) method!: (typeof METHODS)[number];
  @Text({ max: 200, optional: true, description: 'For a mark or fingerprint: chosen by the person, outside the service' }) witness?: string;
  @OneOf(SPOKEN, { optional: true, description: 'Language in which it was read aloud' }) readAloudIn?: string;
  @Text({ max: 200, optional: true, description: 'Who read it aloud' }) readAloudBy?: string;
  @Day() signedOn!: string;
  @Whole(VERSION) version!: number;
}

@HasCome<EndAgreement>('endedOn')
export class EndAgreement {
  @Day({ description: 'The first day on which it no longer holds' }) endedOn!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole(VERSION) version!: number;
}

/** A paper of an agreement: the signed copy, the recorded voice. */
@HasCome<AttachPaper>('datedOn')
export class AttachPaper {
  @Day({ optional: true, description: 'The day that stands on it' }) datedOn?: string;
}

export class RemovePaper {
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole(VERSION) version!: number;
}

export interface SignatureView {
  party: Party;
  giver: Signer | null;
  name: string;
  capacity: string | null;
  method: string;
  witness: string | null;
  readAloudIn: string | null;
  readAloudBy: string | null;
  signedOn: CalendarDay;
}

/** What an agreement is today: it waits for signatures, holds, its days are over, or it was ended. */
export type AgreementState = 'waiting' | 'signed' | 'over' | 'ended';

export interface AgreementView {
  id: string;
  participantId: string;
  enrolmentId: string;
  kind: AgreementKind;
  employerId: string | null;
  employerName: string | null;
  wordingVersion: string;
  terms: string | null;
  fromOn: CalendarDay;
  untilOn: CalendarDay | null;
  state: AgreementState;
  /** The day of the last signature that it needed. */
  signedOn: CalendarDay | null;
  ended: { on: CalendarDay; reason: string } | null;
  /** Every party that it needs, in the order in which they are asked; null where a signature is missing. */
  parties: { party: Party; signature: SignatureView | null }[];
  missing: Party[];
  /** Set where the measure of protection that covers signing has ended: until something follows it, the agreement waits. */
  waitsSince: CalendarDay | null;
  documents: DocumentView[];
  version: number;
}
