import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { Visibility } from '../caseloads';
import { visiblePlacements } from './placements.access';
import { Placement, PlacementChange, PlacementEvidence } from './placements.entities';

type OfOnePerson = new () => ObjectLiteral & { participantId: string };

@Injectable()
export class PlacementsRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  /** Whoever writes about a person's jobs holds the person first. */
  hold(participantId: string): void {
    this.database.hold([participantId]);
  }

  async insert(placement: Placement): Promise<void> {
    await this.database.of(Placement).insert(placement);
  }

  async change(at: { id: string; version: number }, patch: Partial<Placement>): Promise<void> {
    await this.database.updateOne(Placement, at, patch);
  }

  /** By when the person is spoken with: follows from other facts, so it is no edit of the placement. */
  contactDue(actor: Actor, id: string, on: Day | null): void {
    const { sql, params } = visiblePlacements(this.visibility, actor, 'placement');
    this.database.send(`update placement set contact_due_on = :on where id = :id and ${sql}`, { ...params, id, on });
  }

  keep(change: PlacementChange): void {
    this.database.add(PlacementChange, change);
  }

  keepEvidence(evidence: PlacementEvidence): void {
    this.database.add(PlacementEvidence, evidence);
  }

  /** It shows nothing any more. */
  withdrawEvidence(actor: Actor, id: string, at: Date): void {
    const { sql, params } = visiblePlacements(this.visibility, actor, 'placement_evidence');
    this.database.send(`update placement_evidence set withdrawn_at = :at where id = :id and ${sql}`, { ...params, id, at });
  }

  /** @throws Problem 404 when there is none of this person, or the actor does not see it */
  async get(actor: Actor, participantId: string, id: string): Promise<Placement> {
    const found = await this.of(actor, Placement).andWhere('r.id = :id and r.participantId = :participantId', { id, participantId }).getOne();
    if (!found) throw notFound();
    return found;
  }

  /** The jobs of these people, the latest first day first; those that have not begun before all. */
  ofPeople(actor: Actor, participantIds: readonly string[]): Promise<Placement[]> {
    return this.of(actor, Placement).andWhere('r.participantId = any(:participantIds)', { participantIds })
      .orderBy('r.firstDayOn', 'DESC', 'NULLS FIRST').addOrderBy('r.id', 'DESC').getMany();
  }

  /** What these jobs are called: those alone whose person the actor may see. */
  async titles(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
    return new Map((await this.of(actor, Placement).select(['r.id', 'r.title']).andWhere('r.id = any(:ids)', { ids }).getMany()).map(({ id, title }) => [id, title]));
  }

  /** Of one person, or of everybody whom the actor may see, in the order of ids: those that may want something. */
  standing(actor: Actor, participantId: string | null): Promise<Placement[]> {
    return this.of(actor, Placement).andWhere('r.annulledAt is null and r.neverStartedOn is null').andWhere('(cast(:participantId as uuid) is null or r.participantId = :participantId)', { participantId })
      .orderBy('r.id').getMany();
  }

  /** All that was done with this person's jobs, in the order in which it was written. */
  changesOfPerson(actor: Actor, participantId: string): Promise<PlacementChange[]> {
    return this.of(actor, PlacementChange).andWhere('r.participantId = :participantId', { participantId }).orderBy('r.recordedAt').addOrderBy('r.id').getMany();
  }

  changesOf(actor: Actor, { id, participantId }: Pick<Placement, 'id' | 'participantId'>): Promise<PlacementChange[]> {
    return this.of(actor, PlacementChange).andWhere('r.participantId = :participantId and r.placementId = :id', { id, participantId }).orderBy('r.recordedAt').addOrderBy('r.id').getMany();
  }

  /** Evidence about the jobs of these people that stands, in the order in which it came. */
  evidenceOf(actor: Actor, participantIds: readonly string[]): Promise<PlacementEvidence[]> {
    return this.of(actor, PlacementEvidence).andWhere('r.participantId = any(:participantIds) and r.withdrawnAt is null', { participantIds }).orderBy('r.onDay').addOrderBy('r.id').getMany();
  }

  private of<E extends OfOnePerson>(actor: Actor, entity: E): SelectQueryBuilder<InstanceType<E>> {
    const { sql, params } = visiblePlacements(this.visibility, actor, 'r');
    return this.database.of<InstanceType<E>>(entity).createQueryBuilder('r').where(sql, params);
  }
}
