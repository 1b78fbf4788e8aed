import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Day } from '../../../platform/days';
import { newId } from '../../../platform/id';
import { phoneTail, plain } from '../spelling';
import { birthOf, type BirthPrecision } from './birth';
import type { CHANNELS, DocumentKind, GENDERS, PHONE_OWNERS } from './participant.choices';
import type { Contact, Identity, Phone } from './register.dto';

/** A person accompanied: who they are and how to reach them. */
@Entity('participant')
export class Participant {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('text', { name: 'given_names' }) givenNames!: string;
  @Column('text', { name: 'family_names' }) familyNames!: string;
  @Column('text', { name: 'known_as', nullable: true }) knownAs!: string | null;
  /** All names as they are looked for. */
  @Column('text') search!: string;
  @Column('date', { name: 'born_on', nullable: true }) bornOn!: Day | null;
  @Column('text', { name: 'born_precision' }) bornPrecision!: BirthPrecision;
  @Column('text') gender!: (typeof GENDERS)[number];
  @Column('text', { name: 'document_kind' }) documentKind!: DocumentKind;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { array: true }) languages!: string[];
  @Column('text', { nullable: true }) channel!: (typeof CHANNELS)[number] | null;
  @Column('text', { array: true }) formats!: string[];
  @Column('text', { name: 'emergency_name', nullable: true }) emergencyName!: string | null;
  @Column('text', { name: 'emergency_phone', nullable: true }) emergencyPhone!: string | null;
  @Column('text', { name: 'emergency_relation', nullable: true }) emergencyRelation!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('int') version!: number;

  static register(given: Identity & Contact, made: { service: string; by: string | null; at: Date; today: Day }): Participant {
    return Object.assign(new Participant(), {
      ...identityOf(given, made.today), ...contactOf(given), id: newId(), serviceId: made.service, createdAt: made.at, createdBy: made.by, version: 1,
    });
  }

  get name(): string {
    return fullName(this.givenNames, this.familyNames);
  }
}

/** A number at which the person may be reached, whose it is, and when it may ring. */
@Entity('participant_phone')
export class ParticipantPhone {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'service_id' }) serviceId!: string;
  @Column('uuid', { name: 'participant_id' }) participantId!: string;
  @Column('text') number!: string;
  /** The number's tail, for looking up. */
  @Column('text') digits!: string;
  @Column('text') owner!: (typeof PHONE_OWNERS)[number];
  @Column('text', { name: 'safe_hours', nullable: true }) safeHours!: string | null;
  @Column('int') position!: number;

  static of(participant: Pick<Participant, 'id' | 'serviceId'>, phone: Phone, position: number): ParticipantPhone {
    return Object.assign(new ParticipantPhone(), {
      id: newId(), serviceId: participant.serviceId, participantId: participant.id, number: phone.number, digits: phoneTail(phone.number),
      owner: phone.owner, safeHours: phone.safeHours ?? null, position,
    });
  }
}

export const fullName = (given: string, family: string): string => `${given} ${family}`;
/** As a list in order of names is read: what it is ordered by comes first. */
export const listedName = (given: string, family: string): string => `${family}, ${given}`;

/** The columns that identity fills, the looked-for spelling included. */
export function identityOf(given: Identity, today: Day): Pick<Participant, 'givenNames' | 'familyNames' | 'knownAs' | 'search' | 'bornOn' | 'bornPrecision' | 'gender' | 'documentKind'> {
  const { givenNames, familyNames, gender, documentKind } = given;
  const knownAs = given.knownAs ?? null;
  return { givenNames, familyNames, knownAs, search: plain([givenNames, familyNames, knownAs ?? ''].join(' ')), ...birthOf(given, today), gender, documentKind };
}

/** The columns that contact fills; phones have rows of their own. */
export function contactOf(given: Contact): Pick<Participant, 'place' | 'languages' | 'channel' | 'formats' | 'emergencyName' | 'emergencyPhone' | 'emergencyRelation'> {
  return {
    place: given.place ?? null, languages: given.languages ?? [], channel: given.channel ?? null, formats: given.formats ?? [],
    emergencyName: given.emergencyName ?? null, emergencyPhone: given.emergencyPhone ?? null, emergencyRelation: given.emergencyRelation ?? null,
  };
}
