import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../../platform/access/actor';
import { Database } from '../../../platform/database/database';
import { notFound } from '../../../platform/problem';
import { Visibility } from '../../caseloads';
import { Consent } from './consent.entity';
import { InformationGiven } from './information-given.entity';
import { ProtectionMeasure } from './protection-measure.entity';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class InformationRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Latest first. */
  informedOf(actor: Actor, participantId: string): Promise<InformationGiven[]> {
    return this.ofPerson(actor, InformationGiven, participantId).orderBy('r.givenOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  async insertInformed(given: InformationGiven): Promise<void> {
    await this.database.of(InformationGiven).insert(given);
  }

  /** Latest first. */
  consentsOf(actor: Actor, participantId: string): Promise<Consent[]> {
    return this.ofPerson(actor, Consent, participantId).orderBy('r.givenOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  async consent(actor: Actor, participantId: string, id: string): Promise<Consent> {
    const found = await this.ofPerson(actor, Consent, participantId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  async insertConsent(consent: Consent): Promise<void> {
    await this.database.of(Consent).insert(consent);
  }

  async changeConsent(at: { id: string; version: number }, patch: Partial<Consent>): Promise<void> {
    await this.database.updateOne(Consent, at, patch);
  }

  /** Those noted in error too. */
  measuresOf(actor: Actor, participantId: string): Promise<ProtectionMeasure[]> {
    return this.ofPerson(actor, ProtectionMeasure, participantId).orderBy('r.fromOn', 'DESC', 'NULLS LAST').addOrderBy('r.id', 'DESC').getMany();
  }

  async measure(actor: Actor, participantId: string, id: string): Promise<ProtectionMeasure> {
    const found = await this.ofPerson(actor, ProtectionMeasure, participantId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  async insertMeasure(measure: ProtectionMeasure): Promise<void> {
    await this.database.of(ProtectionMeasure).insert(measure);
  }

  async changeMeasure(at: { id: string; version: number }, patch: Partial<ProtectionMeasure>): Promise<void> {
    await this.database.updateOne(ProtectionMeasure, at, patch);
  }

  private ofPerson<E extends OfOnePerson>(actor: Actor, entity: E, participantId: string): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = this.visibility.visible(actor, 'r.participant_id');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where('r.participantId = :participantId', { participantId }).andWhere(sql, params);
  }
}
