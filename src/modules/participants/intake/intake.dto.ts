import type { Day } from '../../../platform/days';
import type { OpenEnrolment } from '../../pathways';
import type { BirthPrecision } from '../register/birth';
import type { RecognitionGiven } from '../profile/profile.dto';
import type { RegisterParticipant } from '../register/register.dto';

/** A person as a register tells of them: what their forms would ask one after the other. Who takes them in has looked whether they are there already. */
export interface Intake {
  person: RegisterParticipant;
  coachId: string;
  families: string[];
  recognition: RecognitionGiven | null;
  /** Items of the situation at entry, with what was answered, on the day on which the person came. */
  entry: { item: string; value: string }[];
  enteredOn: Day | null;
  enrolment: OpenEnrolment | null;
}

/** Somebody of the service, with what tells them from others. */
export interface KnownPerson {
  id: string;
  givenNames: string;
  familyNames: string;
  bornOn: Day | null;
  bornPrecision: BirthPrecision;
  /** Ends of their phone numbers. */
  phones: string[];
}

/** What is written of somebody, as far as a register may tell of it. */
export interface KnownFacts {
  id: string;
  version: number;
  gender: string;
  place: string | null;
  families: string[];
  familiesRefused: boolean;
  profileVersion: number;
  recognitions: { scheme: string; state: string; validUntil: Day | null }[];
  entry: Record<string, string | null>;
  enrolments: { pathway: string; receivedOn: Day }[];
}
