import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { Visibility } from '../caseloads';
import type { Pathway } from '../pathways';
import { LEVELS, type EndReason, type Level, type Setting } from '../placements';
import type { Cell } from './figures';
import type { Group } from './pathways.repository';
import { MILESTONE_MONTHS, type Measure, type MilestoneRule } from './point-in-time';
import { retentionStatement, STANDINGS, standings } from './retention.statement';

/** What a retention report is about; every part of it stands in the address. */
export interface RetentionQuery {
  measure: Measure;
  rule: MilestoneRule;
  gap: number;
  settings: readonly Setting[];
  level: Level;
  cutoff: Day;
  /** Only units whose anchor lies between these days. */
  from: Day | null;
  to: Day | null;
  /** Ends that take a unit out, declared beforehand. */
  excluding: readonly EndReason[];
  operationId: string | null;
  programmeId: string | null;
  serviceId: string | null;
  pathway: Pathway | null;
}
export interface CaseQuery {
  month: number;
  standing: keyof typeof STANDINGS;
  group: Group | null;
}
/** A unit behind a figure: a job, a period in work, or a person in any job. */
export interface RetentionCase {
  participantId: string;
  name: string;
  employerName: string;
  anchor: Day;
  milestone: Day;
  lastDayOn: Day | null;
  confirmedThrough: Day | null;
  /** The level of what shows that day: of the end, or of the last day on which the person was seen in the job; null where nothing does. */
  level: Level | null;
}

/** Point-in-time retention where the rows are. Every table in its statements stands behind the condition of its door: whose rows the actor may see. */
@Injectable()
export class RetentionRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  cells(actor: Actor, query: RetentionQuery): Promise<Cell[]> {
    return this.database.sql<Cell>(retentionStatement(query.measure, this.wall(actor)), this.params(actor, query));
  }

  /** @returns a portion of the units behind one figure, in the order of names, and how many there are */
  async cases(actor: Actor, query: RetentionQuery, { month, standing, group }: CaseQuery, limit: number, offset: number): Promise<{ items: RetentionCase[]; total: number }> {
    const seen = this.visibility.visible(actor, 'p.id');
    const named = this.visibility.service(actor, 'e.service_id');
    const rows = await this.database.sql<{ total: number } & (RetentionCase | { participantId: null })>(
      // The name of a column and a standing come from closed lists, never from an address.
      `${standings(query.measure, this.wall(actor))}, own as (select * from stood where month = :month and ${STANDINGS[standing]} ${group ? `and ${group.by} = :value` : ''})
       select n.total, shown."participantId", shown.name, shown."employerName", shown.anchor, shown.milestone, shown."lastDayOn", shown."confirmedThrough", shown.level from (select count(*)::int as total from own) n left join lateral (
         select o.person as "participantId", concat_ws(' ', p.family_names, p.given_names) as name, e.name as "employerName", o.anchor::text as anchor, o.milestone::text as milestone,
           o.ends::text as "lastDayOn", o.held_any::text as "confirmedThrough", (cast(:levels as text[]))[o.proof] as level,
           row_number() over (order by p.family_names collate "und-x-icu", p.given_names collate "und-x-icu", o.anchor, o.unit) as place
         from own o join participant p on p.id = o.person and ${seen.sql} join employer e on e.id = o.employer and ${named.sql}
         order by place limit :limit offset :offset) shown on true order by shown.place`,
      { ...this.params(actor, query), ...seen.params, ...named.params, month, value: group?.value ?? null, limit, offset });
    return { items: rows.filter((row) => row.participantId !== null).map(({ total: _, ...row }) => row), total: rows[0]!.total };
  }

  private wall(actor: Actor) {
    return (alias: string): string => this.visibility.visible(actor, `${alias}.participant_id`).sql;
  }

  private params(actor: Actor, query: RetentionQuery): Record<string, unknown> {
    return { ...this.visibility.visible(actor, 'pl.participant_id').params, ...retentionParams(query) };
  }
}

/** The parameters of the statements on retention, beside those of the wall. */
export function retentionParams({ level, rule, from, to, measure: _, ...query }: RetentionQuery): Record<string, unknown> {
  return {
    ...query, settings: [...query.settings], excluding: [...query.excluding], levels: [...LEVELS], least: LEVELS.indexOf(level) + 1, months: [...MILESTONE_MONTHS], back: rule === 'status-at' ? 0 : 1, anchorFrom: from, anchorTo: to,
  };
}
