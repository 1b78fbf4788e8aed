import { AGE_BAND, FAMILY } from './dimensions';
import { DIMENSIONS } from './figures';

/** The condition of the rows that are counted: of which service, and of whose people. @param alias of the table in the statement */
export type Wall = (alias: string) => string;

const OPEN_AT_END = 'e.admitted_on <= :to and (e.closed_on is null or e.closed_on > :to)';
const ADMITTED = 'e.admitted_on between :from and :to';
/** What is counted of enrolments and people; each with the condition that takes a row in. */
export const COUNTS = {
  referrals: { unit: 'e.id', when: 'e.received between :from and :to' },
  participations: { unit: 'e.participation', when: 'e.entered between :from and :to' },
  enrolments: { unit: 'e.id', when: 'e.referred_on <= :to and (e.closed_on is null or e.closed_on >= :from)' },
  admissions: { unit: 'e.id', when: ADMITTED },
  exits: { unit: 'e.id', when: 'e.admitted_on is not null and e.closed_on between :from and :to' },
  activeInPeriod: { unit: 'e.participant_id', when: 'e.active' },
  activeAtEnd: { unit: 'e.participant_id', when: OPEN_AT_END },
  inWorkAtEnd: { unit: 'e.participant_id', when: `${OPEN_AT_END} and e.in_work_at_end` },
  peopleAdmitted: { unit: 'e.participant_id', when: ADMITTED },
  peopleHired: { unit: 'e.participant_id', when: `${ADMITTED} and e.first_start <= :to` },
  accessPeriodDenominator: { unit: 'e.participant_id', when: 'e.active and not e.worked' },
  accessPeriodNumerator: { unit: 'e.participant_id', when: 'e.active and not e.worked and e.began_in_period' },
  accessCohortDenominator: { unit: 'e.participant_id', when: 'e.admitted_on <= :yearBefore and not e.worked' },
  accessCohortNumerator: { unit: 'e.participant_id', when: "e.admitted_on <= :yearBefore and not e.worked and e.first_start <= (e.admitted_on + interval '12 months')::date" },
  reached: { unit: 'e.participant_id', when: 'e.admitted_on <= :to' },
  withJob: { unit: 'e.participant_id', when: 'e.admitted_on <= :to and e.first_start <= :to' },
} as const;
export type RowCount = keyof typeof COUNTS;
export const ROW_COUNTS = Object.keys(COUNTS) as RowCount[];

/**
 * The rows that figures of a period are counted from: `one`, a row for each enrolment with what is known of its person, and `hire`, the jobs that count as its hires.
 * Named parameters: from, to, yearBefore, settings, operationId, programmeId, serviceId, pathway.
 */
export function pathwayRows(wall: Wall): string {
  return `with job as materialized (
      select pl.id, pl.participant_id, pl.enrolment_id, pl.employer_id, pl.first_day_on as starts, pl.last_day_on as ends from placement pl
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
      select e.id, e.participant_id, pn.id as participation, e.operation_id, e.pathway, e.service_id::text as service, e.referred_on, e.admitted_on, e.closed_on, coalesce(e.close_reason, 'unknown') as reason, r.received_on as received,
        pn.entered_on as entered, e.admitted_on <= :to and (e.closed_on is null or e.closed_on >= :from) as active, w.worked, w.first_start, w.began_in_period, w.in_work_at_end, w.hires,
        p.gender, ${AGE_BAND('coalesce(pn.entered_on, e.admitted_on, e.referred_on)')} as age, ${FAMILY} as disability
      from enrolment e join worked w on w.id = e.id join participant p on p.id = e.participant_id and p.service_id = e.service_id left join operation op on op.id = e.operation_id
        left join referral r on r.enrolment_id = e.id and r.participant_id = e.participant_id left join first_participation pn on pn.participant_id = e.participant_id and pn.operation_id = e.operation_id
        left join functional_profile f on f.participant_id = e.participant_id and f.service_id = e.service_id
      where ${wall('e')} and e.referred_on <= :to and (cast(:operationId as uuid) is null or e.operation_id = :operationId) and (cast(:programmeId as uuid) is null or op.programme_id = :programmeId)
        and (cast(:serviceId as uuid) is null or e.service_id = :serviceId) and (cast(:pathway as text) is null or e.pathway = :pathway)),
    hire as (select e.*, j.id as hire, j.employer_id, j.starts, j.ends from one e join job j on j.enrolment_id = e.id and j.starts >= e.admitted_on and j.starts >= :from)`;
}

const columns = (names: readonly RowCount[]): string => names.map((name) => `(count(distinct ${COUNTS[name].unit}) filter (where ${COUNTS[name].when}))::int as "${name}"`).join(', ');
const OF_OPERATION: readonly RowCount[] = ['reached', 'withJob'];
export const OF_PERIOD = ROW_COUNTS.filter((name) => !OF_OPERATION.includes(name));

/** Every figure of a period, whole and by the values of each dimension; exits by their reason as well. */
export const countsStatement = (wall: Wall): string => `${pathwayRows(wall)}
  select d.dimension, d.value, ${columns(OF_PERIOD)}, coalesce(sum(e.hires), 0)::int as hires
    from one e cross join lateral (values ('total', 'all'), ${DIMENSIONS.map((name) => `('${name}', e.${name})`).join(', ')}) d(dimension, value)
    group by d.dimension, d.value`;

/** How many people of the reference population of each operation were accompanied by the last day, and how many of them found work. */
export const coverageStatement = (wall: Wall): string => `${pathwayRows(wall)}
  select op.id as "operationId", op.name as "operationName", op.reference_population as population, ${columns(OF_OPERATION)}
    from one e join operation op on op.id = e.operation_id where e.admitted_on <= :to group by op.id order by op.name, op.id`;
