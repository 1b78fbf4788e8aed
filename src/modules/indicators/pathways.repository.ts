import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor';
import { Database } from '../../platform/database/database';
import { addMonths, type Day } from '../../platform/days';
import { Visibility } from '../caseloads';
import type { Setting } from '../placements';
import { AGE_BAND, FAMILY } from './dimensions';
import type { Dimension } from './figures';

export interface PathwaysQuery {
  from: Day;
  to: Day;
  settings: readonly Setting[];
  operationId: string | null;
  programmeId: string | null;
}
/** What is counted of enrolments, jobs and people; each with the condition that takes a row in. */
export const COUNTS = {
  referrals: { unit: 'e.id', when: 'e.received between :from and :to' },
  participations: { unit: 'e.participation', when: 'e.entered between :from and :to' },
  enrolments: { unit: 'e.id', when: 'e.referred_on <= :to and (e.closed_on is null or e.closed_on >= :from)' },
  admissions: { unit: 'e.id', when: 'e.admitted_on between :from and :to' },
  exits: { unit: 'e.id', when: 'e.admitted_on is not null and e.closed_on between :from and :to' },
  activeInPeriod: { unit: 'e.participant_id', when: 'e.active' },
  activeAtEnd: { unit: 'e.participant_id', when: 'e.admitted_on <= :to and (e.closed_on is null or e.closed_on > :to)' },
  inWorkAtEnd: { unit: 'e.participant_id', when: 'e.admitted_on <= :to and (e.closed_on is null or e.closed_on > :to) and e.in_work_at_end' },
  peopleAdmitted: { unit: 'e.participant_id', when: 'e.admitted_on between :from and :to' },
  peopleHired: { unit: 'e.participant_id', when: 'e.admitted_on between :from and :to and e.first_start <= :to' },
  accessPeriodDenominator: { unit: 'e.participant_id', when: 'e.active and not e.worked' },
  accessPeriodNumerator: { unit: 'e.participant_id', when: 'e.active and not e.worked and e.began_in_period' },
  accessCohortDenominator: { unit: 'e.participant_id', when: 'e.admitted_on <= :yearBefore and not e.worked' },
  accessCohortNumerator: { unit: 'e.participant_id', when: "e.admitted_on <= :yearBefore and not e.worked and e.first_start <= (e.admitted_on + interval '12 months')::date" },
} as const;
export type CountName = keyof typeof COUNTS;
export const COUNT_NAMES = Object.keys(COUNTS) as CountName[];
export type Counted = Record<CountName, number> & { hires: number; dimension: Dimension | 'total'; value: string };
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
  firstStartOn: Day | null;
}

/** Counts of a period in one statement over all that the actor may see. Distinct people and enrolments are counted where the rows are. */
@Injectable()
export class PathwaysRepository {
  constructor(
    private readonly database: Database,
    private readonly visibility: Visibility,
  ) {}

  counts(actor: Actor, query: PathwaysQuery): Promise<Counted[]> {
    const { sql, params } = this.rows(actor, query);
    const columns = COUNT_NAMES.map((name) => `(count(distinct ${COUNTS[name].unit}) filter (where ${COUNTS[name].when}))::int as "${name}"`).join(', ');
    return this.database.sql<Counted>(
      `${sql} select d.dimension, d.value, ${columns}, coalesce(sum(e.hires), 0)::int as hires
       from one e cross join lateral (values ('total', 'all'), ('pathway', e.pathway), ('gender', e.gender), ('age', e.age), ('disability', e.disability)) d(dimension, value)
       group by d.dimension, d.value`, params);
  }

  /** How many people of the reference population of each operation were accompanied by the last day, and how many of them found work. */
  coverage(actor: Actor, query: PathwaysQuery): Promise<Coverage[]> {
    const { sql, params } = this.rows(actor, query);
    return this.database.sql<Coverage>(
      `${sql} select e.operation_id as "operationId", op.name as "operationName", op.reference_population as population, count(distinct e.participant_id)::int as reached,
         (count(distinct e.participant_id) filter (where e.first_start <= :to))::int as "withJob"
       from one e join operation op on op.id = e.operation_id where e.admitted_on <= :to group by op.id, e.operation_id order by op.name, op.id`, params);
  }

  async cases(actor: Actor, query: PathwaysQuery, name: CountName, by: Dimension | null, value: string | null, limit: number, offset: number): Promise<{ items: PathwayCase[]; total: number }> {
    const { sql, params } = this.rows(actor, query);
    const seen = this.visibility.visible(actor, 'p.id');
    const rows = await this.database.sql<{ total: number } & (PathwayCase | { participantId: null })>(
      `${sql}, own as (select distinct on (${COUNTS[name].unit}) e.* from one e where ${COUNTS[name].when} and ${COUNTS[name].unit} is not null ${by ? `and e.${by} = :value` : ''} order by ${COUNTS[name].unit}, e.referred_on, e.id)
       select n.total, shown."participantId", shown.name, shown.pathway, shown."admittedOn", shown."closedOn", shown."firstStartOn" from (select count(*)::int as total from own) n left join lateral (
         select o.participant_id as "participantId", concat_ws(' ', p.family_names, p.given_names) as name, o.pathway, o.admitted_on::text as "admittedOn", o.closed_on::text as "closedOn", o.first_start::text as "firstStartOn",
           row_number() over (order by p.family_names collate "und-x-icu", p.given_names collate "und-x-icu", o.id) as place
         from own o join participant p on p.id = o.participant_id and ${seen.sql} order by place limit :limit offset :offset) shown on true order by shown.place`,
      { ...params, ...seen.params, value, limit, offset });
    return { items: rows.filter((row) => row.participantId !== null).map(({ total: _, ...row }) => row), total: rows[0]!.total };
  }

  private rows(actor: Actor, query: PathwaysQuery): { sql: string; params: Record<string, unknown> } {
    const wall = (alias: string): string => this.visibility.visible(actor, `${alias}.participant_id`).sql;
    return {
      sql: `with job as materialized (
          select pl.participant_id, pl.enrolment_id, pl.first_day_on as starts, pl.last_day_on as ends from placement pl
            where ${wall('pl')} and pl.annulled_at is null and pl.first_day_on <= :to and pl.setting = any(cast(:settings as text[]))),
        worked as (
          select e.id, coalesce(bool_or(j.starts < e.admitted_on and (j.ends is null or j.ends >= e.admitted_on)), false) as worked, min(j.starts) filter (where j.starts >= e.admitted_on) as first_start,
            coalesce(bool_or(j.starts >= e.admitted_on and j.starts >= :from), false) as began_in_period, coalesce(bool_or(j.starts <= :to and (j.ends is null or j.ends >= :to)), false) as in_work_at_end,
            count(*) filter (where j.enrolment_id = e.id and j.starts >= e.admitted_on and j.starts >= :from) as hires
          from enrolment e left join job j on j.participant_id = e.participant_id where ${wall('e')} group by e.id),
        -- One record of a person in an operation, whatever enrolments hang below it.
        first_participation as (select distinct on (pn.participant_id, pn.operation_id) pn.id, pn.participant_id, pn.operation_id, pn.entered_on from participation pn
          where ${wall('pn')} order by pn.participant_id, pn.operation_id, pn.entered_on, pn.id),
        one as materialized (
          select e.id, e.participant_id, pn.id as participation, e.operation_id, e.pathway, e.referred_on, e.admitted_on, e.closed_on, r.received_on as received, pn.entered_on as entered,
            e.admitted_on <= :to and (e.closed_on is null or e.closed_on >= :from) as active, w.worked, w.first_start, w.began_in_period, w.in_work_at_end, w.hires,
            p.gender, ${AGE_BAND('e.admitted_on')} as age, ${FAMILY} as disability
          from enrolment e join worked w on w.id = e.id join participant p on p.id = e.participant_id and p.service_id = e.service_id left join operation op on op.id = e.operation_id
            left join referral r on r.enrolment_id = e.id and r.participant_id = e.participant_id left join first_participation pn on pn.participant_id = e.participant_id and pn.operation_id = e.operation_id
            left join functional_profile f on f.participant_id = e.participant_id and f.service_id = e.service_id
          where ${wall('e')} and e.referred_on <= :to and (cast(:operationId as uuid) is null or e.operation_id = :operationId) and (cast(:programmeId as uuid) is null or op.programme_id = :programmeId))`,
      params: { ...this.visibility.visible(actor, 'e.participant_id').params, ...query, settings: [...query.settings], yearBefore: addMonths(query.to, -12) },
    };
  }
}
