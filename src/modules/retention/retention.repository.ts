import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { visibleMilestones } from './retention.access';
import { Milestone, MilestoneAnswer, MilestoneAttempt } from './retention.entities';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class RetentionRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  add(rows: readonly Milestone[]): void {
    this.database.mustHold(rows.map((one) => one.participantId));
    this.database.addMany(Milestone, rows);
  }

  async change({ id, version }: Milestone, patch: Partial<Milestone>): Promise<void> {
    await this.database.updateOne(Milestone, { id, version }, patch);
  }

  async addAnswer(answer: MilestoneAnswer): Promise<void> {
    await this.database.of(MilestoneAnswer).insert(answer);
  }

  async addAttempt(attempt: MilestoneAttempt): Promise<void> {
    await this.database.of(MilestoneAttempt).insert(attempt);
  }

  /** @throws Problem 404 when there is none of this person's, or the actor does not see them */
  async get(actor: Actor, participantId: string, id: string): Promise<Milestone> {
    const found = await this.of(actor, Milestone).andWhere('r.id = :id and r.participantId = :participantId', { id, participantId }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** Of one person, or of everybody whom the actor may see, in the order of their days. */
  milestones(actor: Actor, participantId: string | null): Promise<Milestone[]> {
    return this.all(actor, Milestone, participantId).orderBy('r.dueOn').addOrderBy('r.id').getMany();
  }

  /** The latest written first. */
  answers(actor: Actor, participantId: string | null): Promise<MilestoneAnswer[]> {
    return this.all(actor, MilestoneAnswer, participantId).orderBy('r.recordedAt', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  attempts(actor: Actor, participantId: string | null): Promise<MilestoneAttempt[]> {
    return this.all(actor, MilestoneAttempt, participantId).orderBy('r.triedOn', 'DESC').addOrderBy('r.id', 'DESC').getMany();
  }

  /** Those of these ids that the actor may see. */
  async byIds(actor: Actor, ids: readonly string[]): Promise<Map<string, Milestone>> {
    if (ids.length === 0) return new Map();
    return new Map((await this.of(actor, Milestone).andWhere('r.id = any(:ids)', { ids }).getMany()).map((one) => [one.id, one]));
  }

  private all<E extends OfOnePerson>(actor: Actor, entity: E, participantId: string | null): SelectQueryBuilder<InstanceType<E>> {
    return this.of(actor, entity).andWhere('(cast(:participantId as uuid) is null or r.participantId = :participantId)', { participantId });
  }

  private of<E extends OfOnePerson>(actor: Actor, entity: E): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = visibleMilestones(this.visibility, actor, 'r');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where(sql, params);
  }
}
