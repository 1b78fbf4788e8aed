import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';

export const WG_QUESTIONS = ['seeing', 'hearing', 'walking', 'remembering', 'selfCare', 'communicating'] as const;
export type WgQuestion = (typeof WG_QUESTIONS)[number];
/** 1 no difficulty, 2 some, 3 a lot, 4 cannot do at all, 7 refused, 9 does not know: the codes of the Washington Group. */
export const WG_ANSWERS = [1, 2, 3, 4, 7, 9] as const;
export const WG_ANSWERED_BY = ['self', 'self-with-help', 'proxy'] as const;

/** One asking of the Washington Group short set: six raw answers. Each asking stays; none is rewritten. */
@Entity('washington_group')
export class WashingtonGroup {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('date', { name: 'asked_on' }) askedOn!: Day;
  @Column('text', { name: 'answered_by' }) answeredBy!: (typeof WG_ANSWERED_BY)[number];
  @Column('int') seeing!: number;
  @Column('int') hearing!: number;
  @Column('int') walking!: number;
  @Column('int') remembering!: number;
  @Column('int', { name: 'self_care' }) selfCare!: number;
  @Column('int') communicating!: number;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
}

/**
 * Disabled by the international cut-off: at least one domain answered 3 or 4. Null when none is and an answer is missing.
 * Source: Washington Group, cut-off recommended for international comparison; the missing rule is the stricter one.
 */
export function aboveCutOff(answers: Record<WgQuestion, number>): boolean | null {
  const given = WG_QUESTIONS.map((question) => answers[question]);
  if (given.some((one) => one === 3 || one === 4)) return true;
  return given.some((one) => one === 7 || one === 9) ? null : false;
}
