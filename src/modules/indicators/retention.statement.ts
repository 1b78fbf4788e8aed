import { AGE_BAND, FAMILY } from './dimensions';
import { DIMENSIONS } from './figures';
import type { Wall } from './pathways.statement';
import type { Measure } from './point-in-time';

/** What a list behind a figure of retention holds, of the units at one milestone. */
export const STANDINGS = {
  'due': "standing <> 'not-yet-due'", 'retained': "standing = 'retained'", 'lost': "standing = 'lost'", 'unknown': "standing = 'unknown'", 'not-yet-due': "standing = 'not-yet-due'", 'excluded': "standing = 'excluded'",
  // Of the unknown: held by evidence below the level that is asked for.
  'below': "standing = 'unknown' and below",
  // Began before the support: only who still worked at admission was met (delayed entry).
  'delayed': 'delayed',
} as const;

/** All its values in one text. */
const PROFILE = `concat_ws(chr(31), ${DIMENSIONS.join(', ')})`;
/** What is known of a unit beside its anchor. */
const KNOWN = `employer, ends, held, held_any, proof, end_below, left_out, admitted, ${DIMENSIONS.join(', ')}, ${PROFILE} as profile`;
/** Each unit at each milestone. make_interval clamps to the end of a month. */
const MILESTONES = 'cross join unnest(cast(:months as int[])) m(month) cross join lateral (select (u.anchor + make_interval(months => m.month))::date as milestone) due';
const WITHIN = '(cast(:anchorFrom as date) is null or u.anchor >= :anchorFrom) and (cast(:anchorTo as date) is null or u.anchor <= :anchorTo)';
const LOOKED_AT = 'due.milestone - cast(:back as int)';
/** Where one spell, or one chain, stands on the day that the rule looks at. */
const STANDS = (row: string): string => `case when ${row}.ends < ${LOOKED_AT} then 'lost' when ${row}.ends >= ${LOOKED_AT} and not ${row}.end_below then 'retained' when ${row}.held >= ${LOOKED_AT} then 'retained' else 'unknown' end`;
const OF_SPELLS = `stood as (
  select u.*, m.month, due.milestone, case when due.milestone > :cutoff then 'not-yet-due' when u.left_out and u.ends < ${LOOKED_AT} then 'excluded' else ${STANDS('u')} end as standing,
    coalesce(u.ends, u.held_any) >= ${LOOKED_AT} as below, u.admitted > u.anchor as delayed
  from unit u ${MILESTONES} where ${WITHIN})`;
/** Someone in work with anyone: the best that any job says, on that day. */
const OF_PEOPLE = `stood as (
  select u.*, at.month, at.milestone, case when at.milestone > :cutoff then 'not-yet-due' when at.gone then 'excluded' when at.kept then 'retained' when at.open then 'unknown' else 'lost' end as standing,
    at.below, u.admitted > u.anchor as delayed
  from unit u join (
    select u.unit, m.month, due.milestone, coalesce(bool_or(${STANDS('s')} = 'retained' or x.person is not null), false) as kept, coalesce(bool_or(${STANDS('s')} = 'unknown'), false) as open,
      coalesce(bool_or(s.left_out and s.ends < ${LOOKED_AT}), false) as gone, coalesce(bool_or(coalesce(s.ends, s.held_any) >= ${LOOKED_AT}), false) as below
    from unit u ${MILESTONES} left join spell s on s.person = u.person and s.starts <= ${LOOKED_AT} left join elsewhere x on x.person = u.person and x.on_day = ${LOOKED_AT} where ${WITHIN}
    group by u.unit, m.month, due.milestone) at on at.unit = u.unit)`;

/** The level of evidence on the latest of some days, and the best of that day. Levels are fewer than eight: one pass, and no sorting of what there are millions of. */
const latest = (day: string, rank: string): string => `max((${day} - date '1900-01-01') * 8 + ${rank}) % 8`;
const first = (column: string): string => `(array_agg(${column} order by starts, id))[1] as ${column}`;
const UNITS: Record<Measure, string> = {
  'same-employer': `unit as materialized (select id as unit, person, starts as anchor, ${KNOWN} from spell), ${OF_SPELLS}`,
  'any-employment': `unit as materialized (select distinct on (person) person as unit, person, starts as anchor, ${KNOWN} from spell order by person, starts, id), ${OF_PEOPLE}`,
  // Already in work when the support began: counted from admission (EA-09).
  kept: `unit as materialized (select distinct on (person) person as unit, person, admitted as anchor, ${KNOWN} from spell where starts < admitted and (ends is null or ends >= admitted) order by person, admitted, starts, id), ${OF_PEOPLE}`,
  // A chain breaks where all that began before had ended more than the gap ago.
  chain: `run as (select s.*, sum(breaks) over (partition by person order by starts, id) as nth from (
        select s.*, case when max(coalesce(ends, 'infinity')) over (partition by person order by starts, id rows between unbounded preceding and 1 preceding) + cast(:gap as int) + 1 >= starts then 0 else 1 end as breaks
        from spell s) s),
      unit as materialized (select (array_agg(id order by starts, id))[1] as unit, person, min(starts) as anchor, ${first('employer')},
          case when bool_or(ends is null) then null else max(ends) end as ends, max(greatest(held, case when not end_below then ends end)) as held, max(greatest(held_any, ends)) as held_any, ${latest('greatest(held_any, ends)', 'proof')} as proof,
          (array_agg(end_below order by coalesce(ends, 'infinity') desc, starts, id))[1] as end_below, (array_agg(left_out order by coalesce(ends, 'infinity') desc, starts, id))[1] as left_out,
          ${['admitted', ...DIMENSIONS].map(first).join(', ')}, (array_agg(${PROFILE} order by starts, id))[1] as profile
        from run group by person, nth), ${OF_SPELLS}`,
};

/**
 * Each unit of a measure at each milestone, as `stood`: in one statement over jobs, their evidence and what was answered of them. It says what point-in-time.ts says.
 * Named parameters: cutoff, settings, operationId, programmeId, serviceId, pathway, levels, least, months, gap, back, anchorFrom, anchorTo, excluding.
 */
export function standings(measure: Measure, wall: Wall): string {
  return `with answered as (
      select distinct on (a.milestone_id, a.side) a.milestone_id, a.side, m.participant_id as person, m.placement_id, a.status, a.about_on, a.level
        from milestone_answer a join milestone m on m.id = a.milestone_id and m.participant_id = a.participant_id
        where ${wall('a')} and m.cancelled_at is null and m.placement_id is not null
        order by a.milestone_id, a.side, a.recorded_at desc, a.id desc),
    -- Where the worker and the employer say different things of one day, neither has shown anything: somebody speaks with the person first.
    agreed as (select a.*, bool_and(a.status in ('at-work', 'absent')) over (partition by a.milestone_id) as alike from answered a where a.status not in ('unknown', 'refused')),
    -- In work on that day, in a job that nobody has written down: what the worker says is all that is known of it.
    elsewhere as (select distinct person, about_on as on_day from answered where side = 'worker' and array_position(cast(:levels as text[]), level) >= :least
      and case status when 'elsewhere' then 'ordinary' when 'self-employed' then 'own-account' end = any(cast(:settings as text[]))),
    shown as (
      select placement_id, about_on as on_day, array_position(cast(:levels as text[]), level) as rank from agreed where alike
      union all select v.placement_id, v.on_day, array_position(cast(:levels as text[]), v.level) from placement_evidence v where ${wall('v')} and v.withdrawn_at is null and v.about <> 'end'),
    confirmed as (select placement_id, max(on_day) filter (where rank >= :least) as held, max(on_day) as held_any, ${latest('on_day', 'rank')} as proof from shown group by placement_id),
    ended as (select v.placement_id, max(array_position(cast(:levels as text[]), v.level)) as rank from placement_evidence v where ${wall('v')} and v.withdrawn_at is null and v.about = 'end' group by v.placement_id),
    spell as (
      select pl.id, pl.participant_id as person, pl.employer_id as employer, pl.first_day_on as starts, pl.last_day_on as ends, least(c.held, pl.last_day_on) as held, least(c.held_any, pl.last_day_on) as held_any,
        coalesce(ended.rank, c.proof) as proof, pl.last_day_on is not null and coalesce(ended.rank, 1) < :least as end_below, coalesce(pl.end_reason = any(cast(:excluding as text[])), false) as left_out, e.admitted_on as admitted,
        coalesce(e.pathway, 'none') as pathway, pl.service_id::text as service, p.gender, ${AGE_BAND('coalesce(e.admitted_on, pl.first_day_on)')} as age, ${FAMILY} as disability
      from placement pl join participant p on p.id = pl.participant_id and p.service_id = pl.service_id
        left join enrolment e on e.id = pl.enrolment_id and e.participant_id = pl.participant_id left join operation op on op.id = e.operation_id
        left join functional_profile f on f.participant_id = pl.participant_id and f.service_id = pl.service_id
        left join confirmed c on c.placement_id = pl.id left join ended on ended.placement_id = pl.id
      where ${wall('pl')} and pl.annulled_at is null and pl.first_day_on <= :cutoff and pl.setting = any(cast(:settings as text[]))
        and (cast(:operationId as uuid) is null or e.operation_id = :operationId) and (cast(:programmeId as uuid) is null or op.programme_id = :programmeId)
        and (cast(:serviceId as uuid) is null or pl.service_id = :serviceId) and (cast(:pathway as text) is null or e.pathway = :pathway)),
    ${UNITS[measure]}`;
}

const NAMES = { retained: 'retained', lost: 'lost', unknown: 'unknown', notYetDue: 'not-yet-due', excluded: 'excluded', belowLevel: 'below', delayed: 'delayed' } as const satisfies Record<string, keyof typeof STANDINGS>;

/** How a unit may stand, by number. */
const KINDS = ['retained', 'lost', 'unknown', 'not-yet-due', 'excluded'];

/**
 * A whole retention report: how many units stand how at each milestone, in all and by the values of each dimension. This is its bare SQL: all else that its page does is to show it.
 * Units that are alike are counted together in one pass, then those few rows are added up. Alike is a text and a number, behind `offset 0`: with more columns the planner takes each unit for a group of its own, and
 * sorts 800,000 rows where it could hash them.
 */
export const retentionStatement = (measure: Measure, wall: Wall): string => `${standings(measure, wall)},
  alike as (select profile, mark, count(*) as n from (
      select profile, month * 64 + array_position(array['${KINDS.join("', '")}'], standing) * 4 + case when below then 2 else 0 end + case when delayed then 1 else 0 end as mark from stood offset 0) s group by profile, mark),
  told as (select mark / 64 as month, (array['${KINDS.join("', '")}'])[(mark / 4) % 16] as standing, mark & 2 > 0 as below, mark & 1 > 0 as delayed,
    ${DIMENSIONS.map((name, at) => `split_part(profile, chr(31), ${at + 1}) as ${name}`).join(', ')}, n from alike)
  select c.month, d.dimension, d.value, ${Object.entries(NAMES).map(([name, standing]) => `coalesce(sum(c.n) filter (where ${STANDINGS[standing]}), 0)::int as "${name}"`).join(', ')}
    from told c cross join lateral (values ('total', 'all'), ${DIMENSIONS.map((name) => `('${name}', c.${name})`).join(', ')}) d(dimension, value) group by c.month, d.dimension, d.value`;
