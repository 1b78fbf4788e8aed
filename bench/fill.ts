import type { Client } from 'pg';
import { connected } from '../src/platform/database/roles';
import { newId } from '../src/platform/id';

export interface Filled {
  programme: string;
  operation: string;
  service: string;
  coach: string;
  membership: string;
  manager: string;
  managership: string;
  /** A participant of the coach. */
  participant: string;
  /** Another, for whom tenYears() puts a long history down. */
  veteran: string;
}
/** People on one coach's caseload. */
const CASELOAD = 40;

/**
 * One service with n enrolments, forty to a coach: three open reasons, five contacts and one step each. By SQL, as the owner.
 * @param version a published protocol with the stages referred and admitted
 */
export function fill(ownerUrl: string, n: number, version: string): Promise<Filled> {
  return connected(ownerUrl, async (owner) => {
    const [federation, programme, operation, service] = [newId(), newId(), newId(), newId()];
    await owner.query('begin');
    await owner.query("insert into federation values ($1, 'Bench', 'FR')", [federation]);
    await owner.query("insert into programme values ($1::uuid, $1::uuid::text, $2, 'Bench', '2024-01-01')", [programme, federation]);
    await owner.query("insert into operation (id, programme_id, name, opens_on) values ($1, $2, 'Bench', '2024-01-01')", [operation, programme]);
    await owner.query("insert into service values ($1::uuid, $1::uuid::text, $2, 'Bench', 'Tours', 'FR', 'Europe/Paris', 'fr')", [service, federation]);
    await owner.query("insert into programme_service values ($1, $2, '2024-01-01')", [programme, service]);
    await owner.query(`create temporary table coach on commit drop as select i, gen_random_uuid() as id, gen_random_uuid() as membership from generate_series(0, ($1::int - 1) / ${CASELOAD}) i`, [n]);
    await owner.query("insert into app_user (id, email, name, language, created_at) select id, 'c' || i || '@bench.example', 'Coach ' || i, 'fr', now() from coach");
    await owner.query("insert into membership (id, user_id, role, service_id, starts_on) select membership, id, 'coach', $1, '2024-01-01' from coach", [service]);
    await owner.query(`create temporary table person on commit drop as select n.i, gen_random_uuid() as id, gen_random_uuid() as enrolment, c.id as coach from generate_series(0, $1::int - 1) n (i) join coach c on c.i = n.i / ${CASELOAD}`, [n]);
    const [manager, managership] = [newId(), newId()];
    await owner.query("insert into app_user (id, email, name, language, created_at) values ($1::uuid, $1 || '@bench.example', 'Manager', 'fr', now())", [manager]);
    await owner.query("insert into membership (id, user_id, role, service_id, starts_on) values ($1, $2, 'manager', $3, '2024-01-01')", [managership, manager, service]);
    await people(owner, service, operation, version);
    const { rows: [first, second] } = await owner.query<{ coach: string; membership: string; participant: string }>('select c.id as coach, c.membership, p.id as participant from coach c join person p on p.coach = c.id where c.i = 0 order by p.i limit 2');
    await owner.query('commit');
    await owner.query('vacuum analyze');
    return { programme, operation, service, coach: first!.coach, membership: first!.membership, manager, managership, participant: first!.participant, veteran: (second ?? first)!.participant };
  });
}

async function people(owner: Client, service: string, operation: string, version: string): Promise<void> {
  await owner.query("insert into assignment (id, service_id, participant_id, coach_id, kind, from_on) select gen_random_uuid(), $1, id, coach, 'lead', '2024-01-01' from person", [service]);
  await owner.query(`insert into participant (id, service_id, given_names, family_names, search, born_on, born_precision, gender, document_kind, created_at)
    select id, $1, 'Given' || i % 500, 'Family' || i, 'given' || i % 500 || ' family' || i, '1990-01-01'::date + i % 9000, 'day', 'undisclosed', 'none', now() from person`, [service]);
  await owner.query(`insert into enrolment (id, service_id, participant_id, pathway, protocol_version_id, operation_id, referred_on, created_at)
    select enrolment, $1, id, 'employment-advice', $2, $3, current_date - 60 - i % 300, now() from person`, [service, version, operation]);
  await owner.query("update enrolment set stage = 'admitted', stage_since = current_date - 20 - (hashtext(id::text) & 31), admitted_on = current_date - 50 where (hashtext(id::text) & 3) > 0");
  await owner.query(`insert into referral (id, service_id, participant_id, enrolment_id, source, received_on) select gen_random_uuid(), $1, id, enrolment, 'self', current_date - 60 - i % 300 from person`, [service]);
  await owner.query(`insert into agenda_entry (id, service_id, participant_id, enrolment_id, key, kind, nature, wanted_from_on, wanted_due_on, from_on, due_on, for_whom, subject_kind, subject_id, params, by_hand)
    select gen_random_uuid(), $1, p.id, p.enrolment, k.key || ':' || p.enrolment, k.kind, k.nature, d.day - 5, d.day, d.day - 5, d.day, 'coach', 'enrolment', p.enrolment, k.params::jsonb, false
      from person p cross join (values
        ('pathways.stage', 'stage-due', 'task', '{"title": {"fr": "Admission", "es": "Admisión", "en": "Admission"}}'),
        ('pathways.task', 'protocol-task', 'task', '{"title": {"fr": "Entretien", "es": "Entrevista", "en": "Interview"}}'),
        ('silence', 'silence', 'warning', '{"since": "2026-01-01"}')) k (key, kind, nature, params)
      cross join lateral (select current_date - 3 + (hashtext(p.id::text || k.key) & 63) as day) d`, [service]);
  await owner.query("create temporary table contact on commit drop as select gen_random_uuid() as id, p.id as person, p.coach, current_date - 5 - j * 20 as day from person p cross join generate_series(0, 4) j");
  await owner.query("insert into activity (id, service_id, kind, mode, happened_on, minutes, outcome, note, recorded_at, recorded_by) select id, $1, 'interview', 'in-person', day, 45, 'done', 'A note', now(), coach from contact", [service]);
  await owner.query('insert into activity_participant (activity_id, service_id, participant_id, happened_on) select id, $1, person, day from contact', [service]);
}

/**
 * A job for everybody, at one of fifty employers: begun up to three years ago, every third one over, with its follow-ups to come and, of those that are past, four of five answered. By SQL, as the owner.
 */
export function hire(ownerUrl: string, { service }: Filled): Promise<void> {
  return connected(ownerUrl, async (owner) => {
    await owner.query('begin');
    await owner.query("insert into employer (id, service_id, name, search, country, created_at) select gen_random_uuid(), $1, 'Employer ' || i, 'employer ' || i, 'FR', now() from generate_series(1, 50) i", [service]);
    await owner.query(`insert into placement (id, service_id, participant_id, enrolment_id, employer_id, title, first_day_on, setting, contract, found_by, created_at, last_day_on, end_precision, end_learnt_on, end_by, end_reason)
      select gen_random_uuid(), $1, e.participant_id, e.id, k.ids[1 + (h.n % 50)], 'A job', d.first, 'ordinary', 'permanent', 'coach', now(), case when d.over then d.first + 30 + h.n % 200 end, case when d.over then 'exact' end,
        case when d.over then d.first + 30 + h.n % 200 end, case when d.over then 'worker' end, case when d.over then 'better-job' end
      from enrolment e cross join lateral (select hashtext(e.id::text) & 2147483647 as n) h cross join lateral (select current_date - 20 - h.n % 1100 as first, h.n % 3 = 0 and h.n % 1100 > 240 as over) d
        cross join (select array_agg(id) as ids from employer where service_id = $1) k where e.service_id = $1`, [service]);
    await owner.query(`insert into placement_evidence (id, placement_id, service_id, participant_id, about, on_day, kind, level, recorded_at)
      select gen_random_uuid(), id, service_id, participant_id, a.about, case a.about when 'end' then last_day_on else first_day_on end, 'worker-word', 'worker', now()
      from placement cross join (values ('first-day'), ('end')) a (about) where service_id = $1 and (a.about = 'first-day' or last_day_on is not null)`, [service]);
    await owner.query(`insert into milestone (id, service_id, participant_id, placement_id, anchor, anchored_on, month, due_on)
      select gen_random_uuid(), service_id, participant_id, id, 'first-day', first_day_on, m, (first_day_on + make_interval(months => m))::date from placement cross join unnest(array[1, 3, 6, 9, 12, 18, 24, 36]) m where service_id = $1`, [service]);
    await owner.query(`insert into milestone_answer (id, milestone_id, service_id, participant_id, side, status, about_on, answered_on, channel, level, recorded_at)
      select gen_random_uuid(), m.id, m.service_id, m.participant_id, 'worker', case when p.last_day_on < m.due_on then 'not-in-work' else 'at-work' end, m.due_on, m.due_on, 'call', 'worker', now()
      from milestone m join placement p on p.id = m.placement_id where m.service_id = $1 and m.due_on < current_date and hashtext(m.id::text) % 5 <> 0`, [service]);
    await owner.query('commit');
    await owner.query('vacuum analyze');
  });
}

/** Ten years with one person: two contacts a month, nine closed enrolments, a job a year that lasted nine months. By SQL, as the owner. */
export function tenYears(ownerUrl: string, { service, coach, veteran }: Filled): Promise<void> {
  return connected(ownerUrl, async (owner) => {
    const whom = [service, veteran];
    await owner.query('begin');
    await owner.query("create temporary table contact on commit drop as select gen_random_uuid() as id, current_date - 15 * i as day from generate_series(1, 240) i");
    await owner.query("insert into activity (id, service_id, kind, mode, happened_on, minutes, outcome, note, recorded_at, recorded_by) select id, $1, 'interview', 'in-person', day, 45, 'done', 'A note', now(), $2 from contact", [service, coach]);
    await owner.query('insert into activity_participant (activity_id, service_id, participant_id, happened_on) select id, $1, $2, day from contact', whom);
    await owner.query('alter table enrolment disable trigger user');
    await owner.query(`insert into enrolment (id, service_id, participant_id, pathway, protocol_version_id, operation_id, stage, stage_since, referred_on, admitted_on, closed_on, close_reason, created_at)
      select gen_random_uuid(), $1, $2, pathway, protocol_version_id, operation_id, 'admitted', current_date - 365 * i - 200, current_date - 365 * i - 330, current_date - 365 * i - 300, current_date - 365 * i - 20, 'moved', now()
      from enrolment cross join generate_series(1, 9) i where service_id = $1 and participant_id = $2`, whom);
    await owner.query('alter table enrolment enable trigger user');
    await owner.query("insert into referral (id, service_id, participant_id, enrolment_id, source, received_on) select gen_random_uuid(), $1, $2, id, 'self', referred_on from enrolment where service_id = $1 and participant_id = $2 and closed_on is not null", whom);
    await owner.query(`insert into placement (id, service_id, participant_id, enrolment_id, employer_id, title, first_day_on, setting, contract, found_by, created_at, last_day_on, end_precision, end_learnt_on, end_by, end_reason)
      select gen_random_uuid(), $1, $2, e.id, (select id from employer where service_id = $1 order by id limit 1), 'A job', e.admitted_on, 'ordinary', 'fixed', 'coach', now(), e.admitted_on + 270, 'exact', e.admitted_on + 270, 'term', 'term'
      from enrolment e where e.service_id = $1 and e.participant_id = $2 and e.closed_on is not null and e.admitted_on < current_date - 1500`, whom);
    await owner.query(`insert into milestone (id, service_id, participant_id, placement_id, anchor, anchored_on, month, due_on)
      select gen_random_uuid(), p.service_id, p.participant_id, p.id, 'first-day', p.first_day_on, m, (p.first_day_on + make_interval(months => m))::date from placement p cross join unnest(array[1, 3, 6, 9, 12, 18, 24, 36]) m
      where p.service_id = $1 and p.participant_id = $2 and not exists (select from milestone o where o.placement_id = p.id)`, whom);
    await owner.query(`insert into milestone_answer (id, milestone_id, service_id, participant_id, side, status, about_on, answered_on, channel, level, recorded_at)
      select gen_random_uuid(), m.id, m.service_id, m.participant_id, 'worker', 'at-work', m.due_on, m.due_on, 'call', 'worker', now() from milestone m
      where m.service_id = $1 and m.participant_id = $2 and m.due_on < current_date and not exists (select from milestone_answer a where a.milestone_id = m.id)`, whom);
    await owner.query(`insert into audit_event (id, at, service_id, actor_id, actor_name, actor_role, action, outcome, subject_kind, subject_id, participant_id)
      select gen_random_uuid(), now() - make_interval(days => i * 3), $1, $3, 'Coach 0', 'coach', 'participant.opened', 'read', 'participant', $2, $2 from generate_series(1, 1200) i`, [service, veteran, coach]);
    await owner.query('commit');
    await owner.query('vacuum analyze');
  });
}
