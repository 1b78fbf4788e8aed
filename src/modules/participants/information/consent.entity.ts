import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';
import type { GIVERS, METHODS, Purpose } from './wordings';

/** A yes or a no to one purpose, and how it was given. A new answer is a new row; a withdrawal is dated. */
@Entity('consent')
export class Consent {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') purpose!: Purpose;
  @Column('text') answer!: 'yes' | 'no';
  @Column('text', { name: 'wording_version' }) wordingVersion!: string;
  @Column('text') format!: string;
  @Column('text') giver!: (typeof GIVERS)[number];
  @Column('text') method!: (typeof METHODS)[number];
  /** Chosen by the person, outside the service; for a mark or fingerprint. */
  @Column('text', { nullable: true }) witness!: string | null;
  /** Who signed beside the person, where law asks for it. */
  @Column('text', { name: 'co_signer', nullable: true }) coSigner!: string | null;
  /** In which language it was read aloud, and by whom. */
  @Column('text', { name: 'read_in', nullable: true }) readIn!: string | null;
  @Column('text', { name: 'read_by', nullable: true }) readBy!: string | null;
  /** Where the proof is kept. */
  @Column('text', { nullable: true }) evidence!: string | null;
  @Column('date', { name: 'given_on' }) givenOn!: Day;
  @Column('date', { name: 'withdrawn_on', nullable: true }) withdrawnOn!: Day | null;
  @Column('int') version!: number;

  standsOn(day: Day): boolean {
    return this.answer === 'yes' && this.givenOn <= day && (this.withdrawnOn === null || this.withdrawnOn > day);
  }
}
