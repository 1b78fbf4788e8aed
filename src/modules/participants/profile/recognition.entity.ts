import { Column, Entity, PrimaryColumn } from 'typeorm';
import { addMonths, type Day } from '../../../platform/days';
import { newId } from '../../../platform/id';
import { refuseTogether, wrongField } from '../../../platform/problem';
import { before } from '../participants.problems';
import type { Birth } from '../register/birth';
import { EARLIEST_RIGHT, notTooEarly } from '../register/past-days';
import type { RecognitionGiven } from './profile.dto';
import { ALERTS, schemesOf, type RecognitionState } from './recognition-schemes';

/** An administrative recognition of disability: a scheme, what was answered, and until when it holds. */
@Entity('recognition')
export class Recognition {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') scheme!: string;
  @Column('text', { nullable: true }) reference!: string | null;
  @Column('text') state!: RecognitionState;
  @Column('date', { name: 'valid_from', nullable: true }) validFrom!: Day | null;
  @Column('date', { name: 'valid_until', nullable: true }) validUntil!: Day | null;
  @Column('int') version!: number;

  static of(participant: Birth & { id: string; serviceId: string }, given: RecognitionGiven, country: string): Recognition {
    return Object.assign(new Recognition(), { ...recognitionOf(given, country, participant), id: newId(), serviceId: participant.serviceId, participantId: participant.id, version: 1 });
  }

  holdsOn(day: Day): boolean {
    return this.state === 'granted' && (this.validFrom === null || this.validFrom <= day) && (this.validUntil === null || this.validUntil >= day);
  }
}

/** The columns that a form fills; `none` is a scheme and a state at once. */
export function recognitionOf(given: RecognitionGiven, country: string, person: Birth): Pick<Recognition, 'scheme' | 'reference' | 'state' | 'validFrom' | 'validUntil'> {
  const granted = given.state === 'granted';
  refuseTogether(
    () => { if (!schemesOf(country).includes(given.scheme)) throw wrongField('scheme', 'not-in-list'); },
    () => { if ((given.scheme === 'none') !== (given.state === 'none')) throw wrongField('state', 'does-not-fit'); },
    // What is not granted holds on no day: what was typed is not thrown away without a word.
    () => { if (!granted && given.validFrom) throw wrongField('validFrom', 'not-granted'); },
    () => { if (!granted && given.validUntil) throw wrongField('validUntil', 'not-granted'); },
    () => notTooEarly('validFrom', given.validFrom, person, EARLIEST_RIGHT),
    () => notTooEarly('validUntil', given.validUntil, person, EARLIEST_RIGHT),
    () => { if (given.validFrom && given.validUntil && given.validUntil < given.validFrom) throw before('validUntil', given.validFrom); },
  );
  return {
    scheme: given.scheme, reference: given.reference ?? null, state: given.state,
    validFrom: given.validFrom ?? null, validUntil: given.validUntil ?? null,
  };
}

/** When to tell the coach that it ends: three times, each due by the next. */
export function alertsOf(recognition: Pick<Recognition, 'id' | 'state' | 'validUntil'>): { key: string; months: number; fromOn: Day; dueOn: Day }[] {
  const { validUntil } = recognition;
  if (recognition.state !== 'granted' || !validUntil) return [];
  return ALERTS.map((months, index) => ({
    key: `recognition-${recognition.id}-${months}`, months, fromOn: addMonths(validUntil, -months), dueOn: ALERTS[index + 1] ? addMonths(validUntil, -ALERTS[index + 1]!) : validUntil,
  }));
}
