import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { addMonths, type Day } from '../../platform/days';
import { Visibility } from '../caseloads';
import type { Pathway } from '../pathways';
import type { Setting } from '../placements';
import type { Dimension } from './figures';
import { COUNTS, countsStatement, coverageStatement, OF_PERIOD, pathwayRows, ROW_COUNTS, type RowCount } from './pathways.statement';

export interface PathwaysQuery {
  from: Day;
  to: Day;
  settings: readonly Setting[];
  operationId: string | null;
  programmeId: string | null;
  serviceId: string | null;
  pathway: Pathway | null;
}
/** Every figure that opens onto its cases. */
export const COUNT_NAMES = [...ROW_COUNTS, 'hires'] as const;
export type CountName = RowCount | 'hires';
export type Counted = Record<(typeof OF_PERIOD)[number] | 'hires', number> & { dimension: Dimension | 'total'; value: string };
export interface Coverage {
  operationId: string;
  operationName: string;
  population: number | null;
  reached: number;
  withJob: number;
}
export interface PathwayCase {
  participantId: string;
  name: string;
  pathway: string;
  admittedOn: Day | null;
  closedOn: Day | null;
  /** The first job after the admission; of a hire, that job. */
  firstStartOn: Day | null;
  /** Of a hire: where, and its last day. */
  employerName: string | null;
  lastDayOn: Day | null;
}
/** A value of what a report is broken down by. */
export interface Group {
  by: Dimension;
  value: string;
}

/** Counts of a period in one statement over all that the actor may see. Distinct people and enrolments are counted where the rows are. */
@Injectable()
export class PathwaysRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  counts(actor: Actor, query: PathwaysQuery): Promise<Counted[]> {
    return this.database.sql<Counted>(countsStatement(this.wall(actor)), this.params(actor, query));
  }

  coverage(actor: Actor, query: PathwaysQuery): Promise<Coverage[]> {
    return this.database.sql<Coverage>(coverageStatement(this.wall(actor)), this.params(actor, query));
  }

  /** @returns a portion of what one figure counts, in the order of names, and how many there are */
  async cases(actor: Actor, query: PathwaysQuery, name: CountName, group: Group | null, limit: number, offset: number): Promise<{ items: PathwayCase[]; total: number }> {
    const seen = this.visibility.visible(actor, 'p.id');
    const named = this.visibility.service(actor, 'k.service_id');
    // The name of a column comes from a closed list, never from an address.
    const only = group ? `and e.${group.by} = :value` : '';
    const own = name === 'hires' ? `select e.*, e.hire as unit from hire e where true ${only}`
      : `select distinct on (${COUNTS[name].unit}) e.*, null::uuid as employer_id, null::date as starts, null::date as ends, ${COUNTS[name].unit} as unit from one e
           where ${COUNTS[name].when} and ${COUNTS[name].unit} is not null ${only} order by ${COUNTS[name].unit}, e.referred_on, e.id`;
    const rows = await this.database.sql<{ total: number } & (PathwayCase | { participantId: null })>(
      `${pathwayRows(this.wall(actor))}, own as (${own})
       select n.total, shown."participantId", shown.name, shown.pathway, shown."admittedOn", shown."closedOn", shown."firstStartOn", shown."employerName", shown."lastDayOn" from (select count(*)::int as total from own) n left join lateral (
         select o.participant_id as "participantId", concat_ws(' ', p.family_names, p.given_names) as name, o.pathway, o.admitted_on::text as "admittedOn", o.closed_on::text as "closedOn", coalesce(o.starts, o.first_start)::text as "firstStartOn",
           k.name as "employerName", o.ends::text as "lastDayOn", row_number() over (order by p.family_names collate "und-x-icu", p.given_names collate "und-x-icu", o.starts, o.unit) as place
         from own o join participant p on p.id = o.participant_id and ${seen.sql} left join employer k on k.id = o.employer_id and ${named.sql}
         order by place limit :limit offset :offset) shown on true order by shown.place`,
      { ...this.params(actor, query), ...seen.params, ...named.params, value: group?.value ?? null, limit, offset });
    return { items: rows.filter((row) => row.participantId !== null).map(({ total: _, ...row }) => row), total: rows[0]!.total };
  }

  private wall(actor: Actor) {
    return (alias: string): string => this.visibility.visible(actor, `${alias}.participant_id`).sql;
  }

  private params(actor: Actor, query: PathwaysQuery): Record<string, unknown> {
    return { ...this.visibility.visible(actor, 'e.participant_id').params, ...pathwaysParams(query) };
  }
}

/** The parameters of the statements on a period, beside those of the wall. */
export function pathwaysParams(query: PathwaysQuery): Record<string, unknown> {
  return { ...query, settings: [...query.settings], yearBefore: addMonths(query.to, -12) };
}
