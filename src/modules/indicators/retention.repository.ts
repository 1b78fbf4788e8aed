import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import type { Day } from '../../platform/days';
import { Visibility } from '../caseloads';
import { LEVELS, type Level, type Setting } from '../placements';
import { AGE_BAND, FAMILY } from './dimensions';
import type { Cell, Dimension } from './figures';
import { MILESTONE_MONTHS, type Measure, type MilestoneRule, type Standing } from './point-in-time';

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
  operationId: string | null;
  programmeId: string | null;
}
export interface CaseQuery {
  month: number;
  standing: Standing | 'not-yet-due';
  by: Dimension | null;
  value: string | null;
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
  /** The best level of evidence behind it; null where there is none. */
  level: Level | null;
}

/**
 * Point-in-time retention where the rows are: one statement for a whole report. It says what point-in-time.ts says, which a test compares on random jobs.
 * Every table in it stands behind the condition of its door: whose rows the actor may see.
 */
@Injectable()
export class RetentionRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  cells(actor: Actor, query: RetentionQuery): Promise<Cell[]> {
    const { sql, params } = this.standings(actor, query);
    return this.database.sql<Cell>(
      `${sql} select month, pathway, gender, age, disability, ${counted('retained')}, ${counted('lost')}, ${counted('unknown')}, ${counted('not-yet-due', 'notYetDue')},
         (count(*) filter (where standing = 'unknown' and below))::int as "belowLevel", (count(*) filter (where delayed))::int as delayed
       from stood group by month, pathway, gender, age, disability`, params);
  }

  /** @returns a portion of the units behind one figure, in the order of names, and how many there are */
  async cases(actor: Actor, query: RetentionQuery, { month, standing, by, value }: CaseQuery, limit: number, offset: number): Promise<{ items: RetentionCase[]; total: number }> {
    const { sql, params } = this.standings(actor, query);
    const seen = this.visibility.visible(actor, 'p.id');
    const named = this.visibility.service(actor, 'e.service_id');
    // The name of a column comes from a closed list, never from an address.
    const only = by ? `and o.${by} = :value` : '';
    const rows = await this.database.sql<{ total: number } & (RetentionCase | { participantId: null })>(
      `${sql}, own as (select * from stood o where o.month = :month and o.standing = :standing ${only})
       select n.total, shown."participantId", shown.name, shown."employerName", shown.anchor, shown.milestone, shown."lastDayOn", shown."confirmedThrough", shown.level from (select count(*)::int as total from own) n left join lateral (
         select o.person as "participantId", concat_ws(' ', p.family_names, p.given_names) as name, e.name as "employerName", o.anchor::text as anchor, o.milestone::text as milestone,
           o.ends::text as "lastDayOn", o.held_any::text as "confirmedThrough", (array[:levels]::text[])[o.best] as level,
           row_number() over (order by p.family_names collate "und-x-icu", p.given_names collate "und-x-icu", o.anchor, o.unit) as place
         from own o join participant p on p.id = o.person and ${seen.sql} join employer e on e.id = o.employer and ${named.sql}
         order by place limit :limit offset :offset) shown on true order by shown.place`.replace('array[:levels]::text[]', 'cast(:levels as text[])'),
      { ...params, ...seen.params, ...named.params, month, standing, value, limit, offset });
    return { items: rows.filter((row) => row.participantId !== null).map(({ total: _, ...row }) => row), total: rows[0]!.total };
  }

  private standings(actor: Actor, query: RetentionQuery): { sql: string; params: Record<string, unknown> } {
    const wall = (alias: string): string => this.visibility.visible(actor, `${alias}.participant_id`).sql;
    const { params } = this.visibility.visible(actor, 'pl.participant_id');
    return {
      sql: `with answered as (
          select distinct on (a.milestone_id, a.side) m.placement_id, a.status, a.about_on, a.level
            from milestone_answer a join milestone m on m.id = a.milestone_id and m.participant_id = a.participant_id
            where ${wall('a')} and m.cancelled_at is null and m.placement_id is not null
            order by a.milestone_id, a.side, a.recorded_at desc, a.id desc),
        shown as (
          select placement_id, about_on as on_day, array_position(cast(:levels as text[]), level) as rank from answered where status in ('at-work', 'absent')
          union all select v.placement_id, v.on_day, array_position(cast(:levels as text[]), v.level) from placement_evidence v where ${wall('v')} and v.about <> 'end'),
        confirmed as (select placement_id, max(on_day) filter (where rank >= :least) as held, max(on_day) as held_any, max(rank) as best from shown group by placement_id),
        ended as (select v.placement_id, max(array_position(cast(:levels as text[]), v.level)) as rank from placement_evidence v where ${wall('v')} and v.about = 'end' group by v.placement_id),
        spell as (
          select pl.id, pl.participant_id as person, pl.employer_id as employer, pl.first_day_on as starts, pl.last_day_on as ends, least(c.held, pl.last_day_on) as held, least(c.held_any, pl.last_day_on) as held_any,
            greatest(c.best, ended.rank) as best, pl.last_day_on is not null and coalesce(ended.rank, 1) < :least as end_below, e.admitted_on as admitted,
            coalesce(e.pathway, 'none') as pathway, p.gender, ${AGE_BAND('coalesce(e.admitted_on, pl.first_day_on)')} as age, ${FAMILY} as disability
          from placement pl join participant p on p.id = pl.participant_id and p.service_id = pl.service_id
            left join enrolment e on e.id = pl.enrolment_id and e.participant_id = pl.participant_id left join operation op on op.id = e.operation_id
            left join functional_profile f on f.participant_id = pl.participant_id and f.service_id = pl.service_id
            left join confirmed c on c.placement_id = pl.id left join ended on ended.placement_id = pl.id
          where ${wall('pl')} and pl.annulled_at is null and pl.first_day_on <= :cutoff and pl.setting = any(cast(:settings as text[]))
            and (cast(:operationId as uuid) is null or e.operation_id = :operationId) and (cast(:programmeId as uuid) is null or op.programme_id = :programmeId)),
        ${UNITS[query.measure]}`,
      params: {
        ...params, levels: [...LEVELS], least: LEVELS.indexOf(query.level) + 1, cutoff: query.cutoff, settings: [...query.settings], operationId: query.operationId, programmeId: query.programmeId,
        months: [...MILESTONE_MONTHS], gap: query.gap, back: query.rule === 'status-at' ? 0 : 1, anchorFrom: query.from, anchorTo: query.to,
      },
    };
  }
}

function counted(standing: string, as = standing): string {
  return `(count(*) filter (where standing = '${standing}'))::int as "${as}"`;
}

/** Each unit at each milestone. make_interval clamps to the end of a month. */
const MILESTONES = `cross join (select unnest(cast(:months as int[])) as month) m cross join lateral (select (u.anchor + make_interval(months => m.month))::date as milestone) due`;
const WITHIN = '(cast(:anchorFrom as date) is null or u.anchor >= :anchorFrom) and (cast(:anchorTo as date) is null or u.anchor <= :anchorTo)';
/** Where one spell, or one chain, stands on the day that the rule looks at. */
const STANDS = (day: string, row: string): string => `case when ${row}.ends < ${day} then 'lost' when ${row}.ends >= ${day} and not ${row}.end_below then 'retained'
  when ${row}.held >= ${day} then 'retained' else 'unknown' end`;
const OF_SPELLS = `stood as materialized (
  select u.*, m.month, due.milestone, case when due.milestone > :cutoff then 'not-yet-due' else ${STANDS('due.milestone - cast(:back as int)', 'u')} end as standing,
    coalesce(u.ends, u.held_any) >= due.milestone - cast(:back as int) as below, u.admitted > u.anchor as delayed
  from unit u ${MILESTONES} where ${WITHIN})`;
/** Someone in work with anyone: the best that any job says, on that day. */
const OF_PEOPLE = `stood as materialized (
  select u.*, at.month, at.milestone, case when at.milestone > :cutoff then 'not-yet-due' when at.kept then 'retained' when at.open then 'unknown' else 'lost' end as standing,
    at.below, u.admitted > u.anchor as delayed
  from unit u join (
    select u.unit, m.month, due.milestone, coalesce(bool_or(${STANDS('due.milestone - cast(:back as int)', 's')} = 'retained'), false) as kept,
      coalesce(bool_or(${STANDS('due.milestone - cast(:back as int)', 's')} = 'unknown'), false) as open, coalesce(bool_or(coalesce(s.ends, s.held_any) >= due.milestone - cast(:back as int)), false) as below
    from unit u ${MILESTONES} left join spell s on s.person = u.person and s.starts <= due.milestone - cast(:back as int) where ${WITHIN}
    group by u.unit, m.month, due.milestone) at on at.unit = u.unit)`;
const FIRST_OF_PERSON = `select distinct on (person) person as unit, person, employer, starts as anchor, ends, held, held_any, best, end_below, admitted, pathway, gender, age, disability from spell`;

const UNITS: Record<Measure, string> = {
  'same-employer': `unit as (select id as unit, person, employer, starts as anchor, ends, held, held_any, best, end_below, admitted, pathway, gender, age, disability from spell), ${OF_SPELLS}`,
  'any-employment': `unit as (${FIRST_OF_PERSON} order by person, starts, id), ${OF_PEOPLE}`,
  // Already in work when the support began: counted from admission (EA-09).
  kept: `unit as (select distinct on (person) person as unit, person, employer, admitted as anchor, ends, held, held_any, best, end_below, admitted, pathway, gender, age, disability
      from spell where starts < admitted and (ends is null or ends >= admitted) order by person, admitted, starts, id), ${OF_PEOPLE}`,
  // A chain breaks where all that began before had ended more than the gap ago.
  chain: `run as (select s.*, sum(breaks) over (partition by person order by starts, id) as nth from (
        select s.*, case when max(coalesce(ends, 'infinity')) over (partition by person order by starts, id rows between unbounded preceding and 1 preceding) + cast(:gap as int) + 1 >= starts then 0 else 1 end as breaks
        from spell s) s),
      unit as (select (array_agg(id order by starts, id))[1] as unit, person, (array_agg(employer order by starts, id))[1] as employer, min(starts) as anchor,
          case when bool_or(ends is null) then null else max(ends) end as ends, max(greatest(held, case when not end_below then ends end)) as held, max(greatest(held_any, ends)) as held_any, max(best) as best,
          (array_agg(end_below order by coalesce(ends, 'infinity') desc, id))[1] as end_below, (array_agg(admitted order by starts, id))[1] as admitted, (array_agg(pathway order by starts, id))[1] as pathway,
          (array_agg(gender order by starts, id))[1] as gender, (array_agg(age order by starts, id))[1] as age, (array_agg(disability order by starts, id))[1] as disability
        from run group by person, nth), ${OF_SPELLS}`,
};
