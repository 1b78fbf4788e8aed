import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../platform/days';
import { newId } from '../../platform/id';

/** Lead: answers for the person. Team: works with the lead. Cover: stands in for a time. */
export const ASSIGNMENT_KINDS = ['lead', 'team', 'cover'] as const;
export type AssignmentKind = (typeof ASSIGNMENT_KINDS)[number];

/** Who accompanies whom, from a day on, until the day on which it no longer holds. */
@Entity('assignment')
export class Assignment {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('uuid', { name: 'coach_id' }) coachId!: string;
  @Column('text') kind!: AssignmentKind;
  @Column('date', { name: 'from_on' }) fromOn!: Day;
  /** The first day on which it no longer holds. */
  @Column('date', { name: 'until_on', nullable: true }) untilOn!: Day | null;
  /** When it was taken back, before it had begun. */
  @Column('date', { name: 'withdrawn_on', nullable: true }) withdrawnOn!: Day | null;
  /** Why it began, where it took over from another. */
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('int') version!: number;

  static begin(service: string, given: { participantId: string; coachId: string; kind: AssignmentKind; fromOn: Day; reason?: string | null }): Assignment {
    return Object.assign(new Assignment(), { ...given, id: newId(), serviceId: service, untilOn: null, withdrawnOn: null, reason: given.reason ?? null, version: 1 });
  }

  holdsOn(day: Day): boolean {
    return this.fromOn <= day && (this.untilOn === null || this.untilOn > day);
  }
}
