import { Back } from '../../../platform/web/back';
import { Day, Flag, Many, OneOf, PhoneNumber, Text, Whole } from '../../../platform/web/fields';
import { FORMATS, SPOKEN } from '../register/participant.choices';
import { HasBeen } from '../register/past-days';
import { ACTS, GIVERS, MEASURE_KINDS, METHODS, PURPOSES, WILLING, type MeasureKind, type Purpose } from './wordings';

const VERSION = { min: 1, max: 1_000_000_000 };

/** The person was told; what they want. The wording is the one in force. */
@HasBeen<Inform>('givenOn')
export class Inform {
  @Day() givenOn!: string;
  @OneOf(FORMATS, { description: 'How it was told' }) format!: string;
  @OneOf(WILLING, { description: 'Whether the person wants the support' }) willing!: (typeof WILLING)[number];
}

/** Which consent is about to be asked. */
export class ConsentFor extends Back {
  @OneOf(PURPOSES) purpose!: Purpose;
}

@HasBeen<AnswerConsent>('givenOn')
export class AnswerConsent {
  @OneOf(PURPOSES) purpose!: Purpose;
  @OneOf(['yes', 'no']) answer!: 'yes' | 'no';
  @Day() givenOn!: string;
  @OneOf(FORMATS) format!: string;
  @OneOf(GIVERS) giver!: (typeof GIVERS)[number];
  @OneOf(METHODS) method!: (typeof METHODS)[number];
  @Text({ max: 200, optional: true, description: 'For a mark or fingerprint: chosen by the person, outside the service' }) witness?: string;
  @Text({ max: 200, optional: true, description: 'Who signed beside the person, where law asks for it; the holder of the measure when absent' }) coSigner?: string;
  @OneOf(SPOKEN, { optional: true, description: 'Language in which it was read aloud' }) readIn?: string;
  @Text({ max: 200, optional: true, description: 'Who read it aloud' }) readBy?: string;
  @Text({ max: 500, optional: true, description: 'Where the proof is kept' }) evidence?: string;
}

@HasBeen<WithdrawConsent>('withdrawnOn')
export class WithdrawConsent {
  @Day() withdrawnOn!: string;
  @Whole(VERSION) version!: number;
}

export class MeasureGiven {
  @OneOf(MEASURE_KINDS) kind!: MeasureKind;
  @Text({ max: 200, optional: true }) holder?: string;
  @PhoneNumber({ optional: true }) holderPhone?: string;
  @Many(ACTS, { max: 5, optional: true, description: 'Acts for which law asks for a second signature' }) acts?: string[];
  @Flag({ optional: true, description: 'The service itself holds it: an adult outside the service signs' }) byService?: boolean;
  @Text({ max: 200, optional: true, description: 'What orders it, and where that is kept' }) document?: string;
  @Day({ optional: true }) fromOn?: string;
  @Day({ optional: true, description: 'Last day on which it holds' }) untilOn?: string;
}

export class EditMeasure extends MeasureGiven {
  @Whole(VERSION) version!: number;
}

export class WithdrawMeasure {
  @Text({ max: 500, multiline: true, description: 'Why it was noted in error' }) reason!: string;
  @Whole(VERSION) version!: number;
}

export interface InformationView {
  id: string;
  givenOn: string;
  wordingVersion: string;
  format: string;
  willing: string;
  givenBy: string | null;
}

export interface ConsentView {
  id: string;
  purpose: Purpose;
  answer: 'yes' | 'no';
  wordingVersion: string;
  format: string;
  giver: string;
  method: string;
  witness: string | null;
  coSigner: string | null;
  readIn: string | null;
  readBy: string | null;
  evidence: string | null;
  givenOn: string;
  withdrawnOn: string | null;
  /** A yes that stands today. */
  stands: boolean;
  version: number;
}

/** One purpose: the answer that counts today, and those before it. */
export interface PurposeView {
  purpose: Purpose;
  latest: ConsentView | null;
  earlier: ConsentView[];
}

export interface MeasureView {
  id: string;
  kind: MeasureKind;
  holder: string | null;
  holderPhone: string | null;
  acts: string[];
  byService: boolean;
  document: string | null;
  fromOn: string | null;
  untilOn: string | null;
  holds: boolean;
  /** Noted in error: it counts nowhere. */
  withdrawn: { at: string; reason: string } | null;
  version: number;
}

export interface InformationPageView {
  informed: InformationView[];
  purposes: PurposeView[];
  measures: MeasureView[];
  /** Noted in error, with the reason. */
  withdrawnMeasures: MeasureView[];
  /** Under 18 today: an adult signs beside the person. `adultNoted` once somebody wrote down who. */
  minor: boolean;
  adultNoted: boolean;
}
