import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { NaturalSupport, Plan, PlanAction, PlanAgreement, PlanGoal, type WholePlan } from './plan.entities';
import { visiblePlans } from './plans.access';

type Owned = ObjectLiteral & { id: string; participantId: string; version: number };
type OfPlan = Owned & { planId: string };

@Injectable()
export class PlansRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** A person's plans, the open ones first, with all that hangs on them. */
  async ofParticipant(actor: Actor, participantId: string): Promise<WholePlan[]> {
    return this.whole(actor, await this.from(actor, Plan).andWhere('it.participantId = :participantId', { participantId })
      .orderBy('it.closedOn', 'DESC', 'NULLS FIRST').addOrderBy('it.openedOn', 'DESC').addOrderBy('it.id', 'DESC').getMany());
  }

  async ofEnrolment(actor: Actor, enrolmentId: string): Promise<WholePlan[]> {
    return this.whole(actor, await this.from(actor, Plan).andWhere('it.enrolmentId = :enrolmentId', { enrolmentId }).orderBy('it.openedOn', 'DESC').addOrderBy('it.id', 'DESC').getMany());
  }

  /** The open plans of everybody whom the actor may see, or of one person. */
  async open(actor: Actor, participantId: string | null): Promise<WholePlan[]> {
    return this.whole(actor, await this.from(actor, Plan).andWhere('it.closedOn is null')
      .andWhere('(cast(:participantId as uuid) is null or it.participantId = :participantId)', { participantId }).orderBy('it.id').getMany());
  }

  /** @throws Problem 404 when there is none of this person, or none that this actor may see */
  async get(actor: Actor, participantId: string, id: string): Promise<WholePlan> {
    const plan = await this.from(actor, Plan).andWhere('it.id = :id and it.participantId = :participantId', { id, participantId }).getOne();
    if (!plan) throw notFound();
    return (await this.whole(actor, [plan]))[0]!;
  }

  supportsOf(actor: Actor, participantId: string): Promise<NaturalSupport[]> {
    return this.from(actor, NaturalSupport).andWhere('it.participantId = :participantId', { participantId })
      .orderBy('it.endedOn', 'DESC', 'NULLS FIRST').addOrderBy('it.fromOn', 'DESC').addOrderBy('it.id', 'DESC').getMany();
  }

  /** @throws Problem 404 likewise */
  async support(actor: Actor, participantId: string, id: string): Promise<NaturalSupport> {
    const found = await this.from(actor, NaturalSupport).andWhere('it.id = :id and it.participantId = :participantId', { id, participantId }).getOne();
    if (!found) throw notFound();
    return found;
  }

  async insert<E extends ObjectLiteral>(entity: new () => E, row: E): Promise<void> {
    await this.database.of(entity).insert(row);
  }

  async change<E extends ObjectLiteral & { id: string; version: number }>(entity: new () => E, at: { id: string; version: number }, patch: Partial<E>, names: Partial<Record<keyof E & string, string>> = {}): Promise<void> {
    await this.database.updateOne(entity, at, patch, names);
  }

  private async whole(actor: Actor, plans: Plan[]): Promise<WholePlan[]> {
    if (plans.length === 0) return [];
    const ids = plans.map(({ id }) => id);
    const goals = await this.parts(actor, PlanGoal, ids).orderBy('it.position').addOrderBy('it.id').getMany();
    const actions = await this.parts(actor, PlanAction, ids).orderBy('it.dueOn').addOrderBy('it.position').addOrderBy('it.id').getMany();
    const agreements = await this.parts(actor, PlanAgreement, ids).orderBy('it.agreedOn', 'DESC').addOrderBy('it.id', 'DESC').getMany();
    const of = <P extends { planId: string }>(list: P[], plan: Plan): P[] => list.filter((one) => one.planId === plan.id);
    return plans.map((plan) => ({ plan, goals: of(goals, plan), actions: of(actions, plan), agreements: of(agreements, plan) }));
  }

  private parts<E extends OfPlan>(actor: Actor, entity: new () => E, planIds: readonly string[]): SelectQueryBuilder<E> {
    return this.from(actor, entity).andWhere('it.planId = any(:planIds)', { planIds });
  }

  private from<E extends Owned>(actor: Actor, entity: new () => E): SelectQueryBuilder<E> {
    const { sql, params } = visiblePlans(this.visibility, actor);
    return this.database.of<E>(entity).createQueryBuilder('it').where(sql, params);
  }
}
