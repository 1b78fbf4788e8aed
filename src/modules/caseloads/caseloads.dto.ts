import { Day, Flag, Id, NestedMany, Text, Whole } from '../../platform/web/fields';
import type { AssignmentKind } from './assignment.entity';

/** The person gets another lead from a day on. `version` is that of the present lead's assignment. */
export class HandOver {
  @Id() toCoachId!: string;
  @Day({ description: 'First day with the new coach' }) on!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
}

/** What is planned gets another coach, day or reason. `assignmentId` is what the reader saw planned: each plan has an id of its own. */
export class ChangeHandOver {
  @Id({ description: 'The planned assignment' }) assignmentId!: string;
  @Id() toCoachId!: string;
  @Day({ description: 'First day with the new coach' }) on!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
}

/** What is planned does not take place: the present coach goes on. */
export class CancelHandOver {
  @Id({ description: 'The planned assignment' }) assignmentId!: string;
}

/** How many people get another lead in one act. */
export const AT_ONCE = 100;

export class HandedPerson {
  @Id() participantId!: string;
  /** Of the present lead's assignment. */
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
  @Flag({ optional: true, description: 'Stays with the present coach after all' }) stays?: boolean;
}

/** Several people get the same lead on the same day, or none does. Who has that lead already is left as they are. */
export class HandOverMany {
  @NestedMany(() => HandedPerson, { max: AT_ONCE }) people!: HandedPerson[];
  @Id() toCoachId!: string;
  @Day({ description: 'First day with the new coach' }) on!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
}

export interface Assign {
  participantId: string;
  coachId: string;
  kind: AssignmentKind;
  fromOn: string;
}

export interface Lead {
  coachId: string;
  fromOn: string;
}

/** Who leads today, and who will once a planned hand-over begins. */
export interface Leads {
  now: Lead | null;
  next: Lead | null;
}

/** The last lead written down for a person: of today, or of a hand-over that is still to come. */
export interface LastLead extends Lead {
  version: number;
  /** True when it has not begun yet. */
  planned: boolean;
}

/** One line of who has accompanied a person. */
export interface AssignmentView {
  id: string;
  coachId: string;
  coachName: string;
  kind: AssignmentKind;
  fromOn: string;
  untilOn: string | null;
  /** When it was taken back, before it had begun. */
  withdrawnOn: string | null;
  /** True when it is still to begin. */
  planned: boolean;
  reason: string | null;
  version: number;
}
