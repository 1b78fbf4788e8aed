import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import type { Day } from '../../../platform/days';
import { notFound } from '../../../platform/problem';
import { Visibility } from '../../caseloads';
import type { Birth, BirthPrecision } from './birth';
import { Participant, ParticipantPhone } from './participant.entity';
import type { Phone } from './register.dto';

interface FoundRow {
  id: string;
  given_names: string;
  family_names: string;
  known_as: string | null;
  born_on: string | null;
  born_precision: BirthPrecision;
  place: string | null;
}
interface NameRow {
  id: string;
  given_names: string;
  family_names: string;
}
interface DuplicateRow {
  id: string | null;
  name: string;
  born_year: number | null;
  coach: string | null;
  same_name: boolean;
  same_birth: boolean;
  same_phone: boolean;
}

@Injectable()
export class ParticipantsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** @throws Problem 404 when there is nobody, or nobody whom this actor may see */
  async get(actor: Actor, id: string): Promise<Participant> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const found = await this.database.of(Participant).createQueryBuilder('p').where('p.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The same, held until the unit ends: whoever looks what is there before adding to it waits for the other. */
  async hold(actor: Actor, id: string): Promise<Participant> {
    this.database.hold([id]);
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const found = await this.database.of(Participant).createQueryBuilder('p').setLock('for_no_key_update').where('p.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The first day on which anything is dated that hangs on the person; none where nothing is. */
  async firstDay(actor: Actor, id: string): Promise<Day[]> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    const rows = await this.database.sql<{ day: Day | null }>(
      `select min(d.day) as day from participant p join (
         select participant_id, given_on as day from information_given union all select participant_id, given_on from consent
         union all select participant_id, asked_on from washington_group union all select participant_id, answered_on from entry_answer
         union all select participant_id, least(valid_from, valid_until) from recognition union all select participant_id, least(from_on, until_on) from protection_measure where withdrawn_at is null
       ) d on d.participant_id = p.id where p.id = :id and ${sql}`, { ...params, id },
    );
    return rows.flatMap(({ day }) => day ?? []);
  }

  async names(actor: Actor, ids: readonly string[]): Promise<NameRow[]> {
    if (ids.length === 0) return [];
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    return this.database.sql<NameRow>(`select p.id, p.given_names, p.family_names from participant p where p.id = any (:ids) and ${sql}`, { ...params, ids });
  }

  async births(actor: Actor, ids: readonly string[]): Promise<Birth[]> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    return this.database.sql<Birth>(`select p.born_on as "bornOn", p.born_precision as "bornPrecision" from participant p where p.id = any (:ids) and ${sql}`, { ...params, ids });
  }

  async byName(actor: Actor, most: number, ids: readonly string[] | null): Promise<NameRow[]> {
    const { sql, params } = this.visibility.visible(actor, 'p.id');
    return this.database.sql<NameRow>(
      `select p.id, p.given_names, p.family_names from participant p where ${ids ? 'p.id = any (:ids) and ' : ''}${sql} order by p.family_names collate "und-x-icu", p.given_names collate "und-x-icu", p.id limit :most`, { ...params, most, ...(ids ? { ids } : {}) },
    );
  }

  async phonesOf(actor: Actor, participantId: string): Promise<ParticipantPhone[]> {
    const { sql, params } = this.visibility.visible(actor, 't.participant_id');
    return this.database.of(ParticipantPhone).createQueryBuilder('t')
      .where('t.participantId = :participantId', { participantId }).andWhere(sql, params).orderBy('t.position').addOrderBy('t.id').getMany();
  }

  async insert(participant: Participant): Promise<void> {
    const { ...row } = participant;
    await this.database.of(Participant).insert(row);
  }

  async change(at: { id: string; version: number }, patch: Partial<Participant>): Promise<void> {
    await this.database.updateOne(Participant, at, patch);
  }

  /** Phones have no history of their own: the list is what was last told. */
  async replacePhones(actor: Actor, participant: Participant, phones: readonly Phone[]): Promise<void> {
    const { sql, params } = this.visibility.visible(actor, 'participant_id');
    await this.database.of(ParticipantPhone).createQueryBuilder().delete()
      .where('participant_id = :participantId', { participantId: participant.id }).andWhere(sql, params).execute();
    if (phones.length) await this.database.of(ParticipantPhone).insert(phones.map((phone, index) => ParticipantPhone.of(participant, phone, index)));
  }

  /** Among those whom the actor may see; the function of the owner holds the wall. */
  async find(words: string, tail: string, n: number): Promise<FoundRow[]> {
    return this.database.sql<FoundRow>('select * from app.find_people($1, $2, $3)', [words, tail, n]);
  }

  /** In the whole service, few columns; the function of the owner holds the wall. */
  async duplicates(name: string, bornOn: string | null, tail: string): Promise<DuplicateRow[]> {
    return this.database.sql<DuplicateRow>('select * from app.find_duplicates($1, $2, $3)', [name, bornOn, tail]);
  }
}
