import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { AgreedStep, type AgreedTo } from './agreed-step.entity';
import { Application } from './application.entity';
import { BenefitsAdvice } from './benefits-advice.entity';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class EmploymentAdviceRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** The latest news first. */
  applicationsOf(actor: Actor, participantId: string): Promise<Application[]> {
    return this.of(actor, Application, participantId).orderBy('r.stateOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  async application(actor: Actor, participantId: string, id: string): Promise<Application> {
    const found = await this.of(actor, Application, participantId).andWhere('r.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  insertApplication(application: Application): void {
    this.database.add(Application, application);
  }

  async changeApplication(at: { id: string; version: number }, patch: Partial<Application>): Promise<void> {
    await this.database.updateOne(Application, at, patch);
  }

  /** Those with an interview that nobody has told the outcome of; of everybody whom the actor may see where no person is named. */
  interviews(actor: Actor, participantId: string | null): Promise<Application[]> {
    return this.of(actor, Application, participantId).andWhere("r.state = 'interview'").orderBy('r.id').getMany();
  }

  /** The latest first. */
  adviceOf(actor: Actor, participantId: string): Promise<BenefitsAdvice[]> {
    return this.of(actor, BenefitsAdvice, participantId).orderBy('r.givenOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  insertAdvice(advice: BenefitsAdvice): void {
    this.database.add(BenefitsAdvice, advice);
  }

  /** The latest first. */
  agreedOf(actor: Actor, participantId: string, enrolmentId: string, to: AgreedTo | null = null): Promise<AgreedStep[]> {
    const query = this.of(actor, AgreedStep, participantId).andWhere('r.enrolmentId = :enrolmentId', { enrolmentId });
    if (to) query.andWhere('r.toWhat = :to', { to });
    return query.orderBy('r.answeredOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  insertAgreed(agreed: AgreedStep): void {
    this.database.add(AgreedStep, agreed);
  }

  private of<E extends OfOnePerson>(actor: Actor, entity: E, participantId: string | null): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = this.visibility.visible(actor, 'r.participant_id');
    const query = this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where(sql, params);
    return participantId === null ? query : query.andWhere('r.participantId = :participantId', { participantId });
  }
}
