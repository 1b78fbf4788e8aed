import { Day, Id, Text, Whole } from '../../platform/web/fields';
import type { AssignmentKind } from './assignment.entity';

/** The person gets another lead from a day on. `version` is that of the present lead's assignment. */
export class HandOver {
  @Id() toCoachId!: string;
  @Day({ description: 'First day with the new coach' }) on!: string;
  @Text({ max: 500, multiline: true }) reason!: string;
  @Whole({ min: 1, max: 1_000_000 }) version!: number;
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

/** One line of who has accompanied a person. */
export interface AssignmentView {
  id: string;
  coachId: string;
  coachName: string;
  kind: AssignmentKind;
  fromOn: string;
  untilOn: string | null;
  reason: string | null;
  version: number;
}
