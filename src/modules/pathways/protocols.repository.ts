import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { notFound } from '../../platform/problem';
import { ProtocolVersion } from './entities';
import { readableProtocols } from './pathways.access';
import type { Pathway, Protocol } from './protocol';
import { rowsOf } from './publication';

@Injectable()
export class ProtocolsRepository {
  /** Published documents never change: read once in the life of the process. */
  private readonly published = new Map<string, ProtocolVersion>();

  constructor(private readonly database: Database) {}

  /** By id, for the enrolments that the caller may see: their version is theirs to read. */
  async byIds(ids: readonly string[]): Promise<Map<string, ProtocolVersion>> {
    const missing = [...new Set(ids)].filter((id) => !this.published.has(id));
    if (missing.length > 0) {
      const found = await this.database.of(ProtocolVersion).createQueryBuilder('v').where('v.id = any(:ids)', { ids: missing }).getMany();
      for (const one of found) if (one.state === 'published') this.published.set(one.id, one);
    }
    return new Map([...new Set(ids)].flatMap((id) => (this.published.has(id) ? [[id, this.published.get(id)!] as const] : [])));
  }

  async list(actor: Actor, federationId: string | null): Promise<ProtocolVersion[]> {
    const { sql, params } = readableProtocols(actor, 'v', federationId);
    return this.database.of(ProtocolVersion).createQueryBuilder('v').where(sql, params)
      .orderBy('v.pathway').addOrderBy('v.federation_id', 'ASC', 'NULLS FIRST').addOrderBy('v.number', 'DESC').addOrderBy('v.id').getMany();
  }

  async get(actor: Actor, id: string, federationId: string | null): Promise<ProtocolVersion> {
    const { sql, params } = readableProtocols(actor, 'v', federationId);
    const found = await this.database.of(ProtocolVersion).createQueryBuilder('v').where('v.id = :id', { id }).andWhere(sql, params).getOne();
    if (!found) throw notFound();
    return found;
  }

  async insert(version: ProtocolVersion): Promise<void> {
    await this.database.of(ProtocolVersion).insert(version);
  }

  async update(at: { id: string; version: number }, patch: Partial<ProtocolVersion>): Promise<void> {
    await this.database.updateOne(ProtocolVersion, at, patch);
  }

  /** The second time that a protocol is written: as the rows that the database checks steps against. */
  async writeRules(versionId: string, protocol: Protocol): Promise<void> {
    const { stages, steps } = rowsOf(protocol);
    await this.database.sql(
      `insert into protocol_stage (version_id, key, position, first, admits, ends)
       select $1, s->>'key', (s->>'position')::int, (s->>'first')::boolean, (s->>'admits')::boolean, s->>'ends' from jsonb_array_elements($2::jsonb) s`,
      [versionId, JSON.stringify(stages)],
    );
    await this.database.sql(
      `insert into protocol_step (version_id, key, from_stage, to_stage, requires, taken_by, deviation_by, reasons)
       select $1, s->>'key', s->>'from', s->>'to', array(select jsonb_array_elements_text(s->'requires')), array(select jsonb_array_elements_text(s->'takenBy')),
              array(select jsonb_array_elements_text(s->'deviationBy')), array(select jsonb_array_elements_text(s->'reasons')) from jsonb_array_elements($2::jsonb) s`,
      [versionId, JSON.stringify(steps)],
    );
  }

  async adopt(id: string, programmeId: string, pathway: Pathway, versionId: string, on: Day, by: string | null): Promise<void> {
    await this.database.sql(
      'insert into protocol_adoption (id, programme_id, pathway, version_id, adopted_on, adopted_by) values ($1, $2, $3, $4, $5, $6)', [id, programmeId, pathway, versionId, on, by],
    );
  }

  /** What each programme goes by on a day: programme and pathway → version. */
  async adopted(programmeIds: readonly string[], on: Day): Promise<{ programmeId: string; pathway: Pathway; versionId: string; adoptedOn: Day }[]> {
    return this.database.sql(
      `select distinct on (programme_id, pathway) programme_id as "programmeId", pathway, version_id as "versionId", adopted_on as "adoptedOn" from protocol_adoption
        where programme_id = any ($1) and adopted_on <= $2 order by programme_id, pathway, adopted_on desc, id desc`,
      [programmeIds, on],
    );
  }
}
