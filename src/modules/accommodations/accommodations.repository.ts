import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { Accommodation, NoNeedKnown } from './accommodation.entity';
import { visibleNeeds } from './accommodations.access';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class AccommodationsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  async insert(one: Accommodation): Promise<void> {
    await this.database.of(Accommodation).insert(one);
  }

  async change(at: { id: string; version: number }, patch: Partial<Accommodation>): Promise<void> {
    await this.database.updateOne(Accommodation, at, patch);
  }

  keepAnswer(answer: NoNeedKnown): void {
    this.database.add(NoNeedKnown, answer);
  }

  async get(actor: Actor, participantId: string, id: string): Promise<Accommodation> {
    const found = await this.of(actor, Accommodation).andWhere('r.id = :id and r.participantId = :participantId', { id, participantId }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** Of one person, those that are open first, then the latest; of everybody whom the actor may see where nobody is named. */
  all(actor: Actor, participantId: string | null): Promise<Accommodation[]> {
    return this.of(actor, Accommodation).andWhere('(cast(:participantId as uuid) is null or r.participantId = :participantId)', { participantId })
      .orderBy("(r.state = 'open')", 'DESC').addOrderBy('r.raisedOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  /** The last day on which no need was known. */
  async noneKnownOn(actor: Actor, participantId: string): Promise<Day | null> {
    const found = await this.of(actor, NoNeedKnown).andWhere('r.participantId = :participantId', { participantId }).orderBy('r.answeredOn', 'DESC').addOrderBy('r.id', 'DESC').limit(1).getOne();
    return found?.answeredOn ?? null;
  }

  private of<E extends OfOnePerson>(actor: Actor, entity: E): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = visibleNeeds(this.visibility, actor, 'r');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where(sql, params);
  }
}
