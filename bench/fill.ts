import type { Client } from 'pg';
import { connected } from '../src/platform/database/roles';
import { newId } from '../src/platform/id';

export interface Filled {
  service: string;
  coach: string;
  membership: string;
  /** A participant of the coach. */
  participant: string;
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
    await people(owner, service, operation, version);
    const { rows: [first] } = await owner.query<{ coach: string; membership: string; participant: string }>('select c.id as coach, c.membership, p.id as participant from coach c join person p on p.coach = c.id where c.i = 0 order by p.i limit 1');
    await owner.query('commit');
    await owner.query('vacuum analyze');
    return { service, coach: first!.coach, membership: first!.membership, participant: first!.participant };
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
