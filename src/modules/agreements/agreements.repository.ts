import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { Agreement, AgreementSignature } from './agreement.entities';
import { visibleAgreements } from './agreements.access';

@Injectable()
export class AgreementsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Those that have not ended first, then the latest first. */
  ofParticipant(actor: Actor, participantId: string): Promise<Agreement[]> {
    const { sql, params } = visibleAgreements(this.visibility, actor);
    return this.database.of(Agreement).createQueryBuilder('it').where('it.participantId = :participantId', { participantId }).andWhere(sql, params)
      .orderBy('it.endedOn', 'DESC', 'NULLS FIRST').addOrderBy('it.fromOn', 'DESC').addOrderBy('it.id', 'DESC').getMany();
  }

  ofEnrolment(actor: Actor, enrolmentId: string): Promise<Agreement[]> {
    const { sql, params } = visibleAgreements(this.visibility, actor);
    return this.database.of(Agreement).createQueryBuilder('it').where('it.enrolmentId = :enrolmentId', { enrolmentId }).andWhere(sql, params).orderBy('it.signedOn').addOrderBy('it.id').getMany();
  }

  /** @throws Problem 404 when there is none of this person, or none that this actor may see */
  async get(actor: Actor, participantId: string, id: string): Promise<Agreement> {
    const { sql, params } = visibleAgreements(this.visibility, actor);
    const found = await this.database.of(Agreement).createQueryBuilder('it').where('it.id = :id and it.participantId = :participantId', { id, participantId }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** In the order in which they were given. */
  async signaturesOf(actor: Actor, agreementIds: readonly string[]): Promise<AgreementSignature[]> {
    if (agreementIds.length === 0) return [];
    const { sql, params } = visibleAgreements(this.visibility, actor);
    return this.database.of(AgreementSignature).createQueryBuilder('it').where('it.agreementId = any(:agreementIds)', { agreementIds }).andWhere(sql, params)
      .orderBy('it.signedOn').addOrderBy('it.id').getMany();
  }

  async insert(agreement: Agreement): Promise<void> {
    await this.database.of(Agreement).insert(agreement);
  }

  async insertSignature(signature: AgreementSignature): Promise<void> {
    await this.database.of(AgreementSignature).insert(signature);
  }

  async change(at: { id: string; version: number }, patch: Partial<Agreement>): Promise<void> {
    await this.database.updateOne(Agreement, at, patch, { endedReason: 'reason' });
  }
}
