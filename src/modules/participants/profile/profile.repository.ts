import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import { editedMeanwhile, notFound } from '../../../platform/problem';
import { Visibility } from '../../caseloads';
import { FamilyMember } from './family-member.entity';
import { FunctionalProfile } from './functional-profile.entity';
import { Recognition } from './recognition.entity';
import { WashingtonGroup } from './washington-group.entity';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class ProfileRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  recognitionsOf(actor: Actor, participantId: string): Promise<Recognition[]> {
    return this.ofPerson(actor, Recognition, participantId).orderBy('r.validUntil', 'DESC', 'NULLS FIRST').addOrderBy('r.id', 'DESC').getMany();
  }

  async recognition(actor: Actor, participantId: string, id: string): Promise<Recognition> {
    const found = await this.ofPerson(actor, Recognition, participantId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** Every recognition that ends, for the check of the agenda. */
  ending(actor: Actor, participantId: string | null): Promise<Recognition[]> {
    const { sql, params } = this.visibility.visible(actor, 'r.participant_id');
    return this.database.of(Recognition).createQueryBuilder('r').where(sql, params).andWhere("r.state = 'granted' and r.validUntil is not null")
      .andWhere('(cast(:participantId as uuid) is null or r.participantId = :participantId)', { participantId }).getMany();
  }

  async insertRecognition(recognition: Recognition): Promise<void> {
    await this.database.of(Recognition).insert(recognition);
  }

  async changeRecognition(at: { id: string; version: number }, patch: Partial<Recognition>): Promise<void> {
    await this.database.updateOne(Recognition, at, patch);
  }

  async profileOf(actor: Actor, participantId: string): Promise<FunctionalProfile | null> {
    return this.ofPerson(actor, FunctionalProfile, participantId).getOne();
  }

  /** Writes the one row of a person, as it was when it was read (version 0: not yet there). */
  async putProfile(profile: FunctionalProfile, version: number): Promise<void> {
    const { participantId, families, mainFamily, familiesRefused, supportNeeds } = profile;
    const written = version === 0
      ? await this.database.sql(
        `insert into functional_profile (participant_id, service_id, families, main_family, families_refused, support_needs, version) values ($1, $2, $3, $4, $5, $6, 1)
         on conflict do nothing returning version`, [participantId, profile.serviceId, families, mainFamily, familiesRefused, supportNeeds])
      : await this.database.sql(
        `update functional_profile set families = $3, main_family = $4, families_refused = $5, support_needs = $6, version = version + 1
         where participant_id = $1 and version = $2 returning version`, [participantId, version, families, mainFamily, familiesRefused, supportNeeds]);
    if (written.length) return;
    const now = await this.database.of(FunctionalProfile).createQueryBuilder('r').where('r.participantId = :participantId', { participantId }).getOne();
    if (!now) throw notFound();
    const sent = { families, mainFamily, familiesRefused, supportNeeds };
    throw editedMeanwhile({ families: now.families, mainFamily: now.mainFamily, familiesRefused: now.familiesRefused, supportNeeds: now.supportNeeds }, sent, now.version);
  }

  askingsOf(actor: Actor, participantId: string): Promise<WashingtonGroup[]> {
    return this.ofPerson(actor, WashingtonGroup, participantId).orderBy('r.askedOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  async insertAsking(asking: WashingtonGroup): Promise<void> {
    await this.database.of(WashingtonGroup).insert(asking);
  }

  familyOf(actor: Actor, participantId: string): Promise<FamilyMember[]> {
    return this.ofPerson(actor, FamilyMember, participantId).orderBy('r.name').addOrderBy('r.id').getMany();
  }

  async member(actor: Actor, participantId: string, id: string): Promise<FamilyMember> {
    const found = await this.ofPerson(actor, FamilyMember, participantId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  async changeMember(at: { id: string; version: number }, patch: Partial<FamilyMember>): Promise<void> {
    await this.database.updateOne(FamilyMember, at, patch);
  }

  async insertMember(member: FamilyMember): Promise<void> {
    await this.database.of(FamilyMember).insert(member);
  }

  async removeMember(actor: Actor, participantId: string, id: string): Promise<void> {
    const { sql, params } = this.visibility.visible(actor, 'participant_id');
    const removed = await this.database.of(FamilyMember).createQueryBuilder().delete()
      .where('id = :id and participant_id = :participantId', { id, participantId }).andWhere(sql, params).execute();
    if (removed.affected !== 1) throw notFound();
  }

  private ofPerson<E extends OfOnePerson>(actor: Actor, entity: E, participantId: string): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = this.visibility.visible(actor, 'r.participant_id');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where('r.participantId = :participantId', { participantId }).andWhere(sql, params);
  }
}
