import { Day, Flag, Many, OneOf, PhoneNumber, Text, Whole } from '../../../platform/web/fields';
import { HasBeen } from '../register/past-days';
import { ALL_SCHEMES, RECOGNITION_STATES, type RecognitionState } from './recognition-schemes';
import { WG_ANSWERED_BY, WG_ANSWERS, type WgQuestion } from './washington-group.entity';

const VERSION = { min: 0, max: 1_000_000_000 };

/** "Intellectual" and "psychosocial", never "mental": the word means one in France and the other in Peru. */
export const FAMILIES = [
  'intellectual', 'psychosocial', 'autism', 'cognitive', 'motor', 'visual', 'hearing', 'speech', 'chronic-illness', 'multiple', 'brain-injury', 'other',
] as const;

export class RecognitionGiven {
  @OneOf(ALL_SCHEMES) scheme!: string;
  @OneOf(RECOGNITION_STATES) state!: RecognitionState;
  @Text({ max: 100, optional: true }) reference?: string;
  @Day({ optional: true }) validFrom?: string;
  @Day({ optional: true }) validUntil?: string;
}

export class EditRecognition extends RecognitionGiven {
  @Whole({ ...VERSION, min: 1 }) version!: number;
}

/** Families told, one of them the main one, or refused; needs in plain words. Version 0 while nothing is written. */
export class EditProfile {
  @Many(FAMILIES, { max: 12, optional: true }) families?: string[];
  @OneOf(FAMILIES, { optional: true }) mainFamily?: string;
  @Flag({ optional: true }) familiesRefused?: boolean;
  @Text({ max: 4000, multiline: true, optional: true, description: 'What support is needed, functional: never a diagnosis' }) supportNeeds?: string;
  @Whole(VERSION) version!: number;
}

const CODES = WG_ANSWERS.map(String);

/** Six raw answers as they were given: 1 to 4, 7 refused, 9 does not know. */
@HasBeen<AskWashingtonGroup>('askedOn')
export class AskWashingtonGroup {
  @Day() askedOn!: string;
  @OneOf(WG_ANSWERED_BY) answeredBy!: (typeof WG_ANSWERED_BY)[number];
  @OneOf(CODES) seeing!: string;
  @OneOf(CODES) hearing!: string;
  @OneOf(CODES) walking!: string;
  @OneOf(CODES) remembering!: string;
  @OneOf(CODES) selfCare!: string;
  @OneOf(CODES) communicating!: string;
}

export class AddFamilyMember {
  @Text({ max: 200 }) name!: string;
  @Text({ max: 100 }) relation!: string;
  @Flag({ optional: true }) takesPart?: boolean;
  @PhoneNumber({ optional: true }) phone?: string;
}

export class EditFamilyMember extends AddFamilyMember {
  @Whole({ ...VERSION, min: 1 }) version!: number;
}

export interface RecognitionView {
  id: string;
  scheme: string;
  state: RecognitionState;
  reference: string | null;
  validFrom: string | null;
  validUntil: string | null;
  /** Holds today. */
  holds: boolean;
  version: number;
}

export interface WashingtonGroupView {
  id: string;
  askedOn: string;
  answeredBy: string;
  answers: { question: WgQuestion; answer: number }[];
  aboveCutOff: boolean | null;
}

export interface FamilyMemberView {
  id: string;
  name: string;
  relation: string;
  takesPart: boolean;
  phone: string | null;
  version: number;
}

export interface ProfileView {
  recognitions: RecognitionView[];
  families: string[];
  mainFamily: string | null;
  familiesRefused: boolean;
  supportNeeds: string | null;
  /** Version of families and needs; 0 while nothing is written. */
  version: number;
  washingtonGroup: WashingtonGroupView[];
  family: FamilyMemberView[];
}
