import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { visibleReference } from './programmes.access';
import type { TakingPartView } from './programmes.dto';
import { Operation, ProgrammeService, ServiceSite } from './programmes.entities';

interface Named extends ObjectLiteral {
  id: string;
  name: string;
  version: number;
}

@Injectable()
export class ProgrammesRepository {
  constructor(private readonly database: Database) {}

  async add<E extends ObjectLiteral>(entity: EntityTarget<E>, row: E): Promise<void> {
    await this.database.of(entity).insert(row);
  }

  async get<E extends Named>(actor: Actor, entity: EntityTarget<E>, id: string): Promise<E> {
    const found = await this.visible(actor, entity).andWhere('it.id = :id', { id }).getOne();
    if (!found) throw notFound();
    return found;
  }

  find<E extends Named>(actor: Actor, entity: EntityTarget<E>, ids: readonly string[]): Promise<E[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.visible(actor, entity).andWhere('it.id = any(:ids)', { ids: [...new Set(ids)] }).getMany();
  }

  all<E extends Named>(actor: Actor, entity: EntityTarget<E>): Promise<E[]> {
    return this.visible(actor, entity).orderBy('it.name').addOrderBy('it.id').getMany();
  }

  async byKey<E extends Named>(actor: Actor, entity: EntityTarget<E>, key: string): Promise<E | null> {
    return this.visible(actor, entity).andWhere('it.key = :key', { key }).getOne();
  }

  /** The keys that begin like this one. */
  async keysLike<E extends Named & { key: string }>(actor: Actor, entity: EntityTarget<E>, key: string): Promise<string[]> {
    return (await this.visible(actor, entity).andWhere('starts_with(it.key, :key)', { key }).getMany()).map((one) => one.key);
  }

  operationsOfProgramme(actor: Actor, programmeId: string): Promise<Operation[]> {
    return this.visible(actor, Operation).andWhere('it.programmeId = :programmeId', { programmeId }).orderBy('it.name').addOrderBy('it.id').getMany();
  }

  /** Operations open on a day, of the programmes that the service takes part in that day. */
  operationsOfService(actor: Actor, serviceId: string, day: Day): Promise<Operation[]> {
    return this.visible(actor, Operation)
      .innerJoin(ProgrammeService, 'part', 'part.programmeId = it.programmeId')
      .andWhere('part.serviceId = :serviceId', { serviceId })
      .andWhere('part.opensOn <= :day and (part.closesOn is null or part.closesOn >= :day)', { day })
      .andWhere('it.opensOn <= :day and (it.closesOn is null or it.closesOn >= :day)')
      .orderBy('it.name').addOrderBy('it.id').getMany();
  }

  servicesOfProgramme(actor: Actor, programmeId: string): Promise<TakingPartView[]> {
    const { sql, params } = visibleReference(actor);
    return this.database.sql<TakingPartView>(
      `select part.service_id "serviceId", service.name, service.place, part.opens_on "opensOn", part.closes_on "closesOn"
       from programme_service part join service on service.id = part.service_id
       where part.programme_id = :programmeId and (${sql}) order by service.name, service.id`, { ...params, programmeId });
  }

  /** Of these services, by name. */
  sitesOf(actor: Actor, serviceIds: readonly string[]): Promise<ServiceSite[]> {
    return this.visible(actor, ServiceSite).andWhere('it.serviceId = any(:serviceIds)', { serviceIds: [...serviceIds] }).orderBy('it.name').addOrderBy('it.id').getMany();
  }

  async takePart(row: ProgrammeService): Promise<void> {
    await this.database.of(ProgrammeService).createQueryBuilder().insert().values(row)
      .orUpdate(['opens_on', 'closes_on'], ['programme_id', 'service_id']).execute();
  }

  private visible<E extends ObjectLiteral>(actor: Actor, entity: EntityTarget<E>): SelectQueryBuilder<E> {
    const { sql, params } = visibleReference(actor);
    return this.database.of(entity).createQueryBuilder('it').where(`(${sql})`, params);
  }
}
