import type { Client } from 'pg';
import { fill, type Filled } from '../../../bench/fill';
import { AppKey } from '../../../src/platform/database/context';
import { connected } from '../../../src/platform/database/roles';
import { Seal } from '../../../src/platform/seal';
import type { TestApp, TestUser } from '../app';
import type { World } from './world';

/** A coach in the middle of a crowd, and one of the people of that coach with something of everything. */
export interface Crowd extends Filled {
  user: TestUser;
}

/**
 * A service as it is after some years, by SQL: n people and their enrolments, with what is past (closed, done, annulled, handed over) outweighing what is open.
 * Another crowd may stand in the same database.
 */
export async function aCrowd(app: TestApp, world: World, n: number): Promise<Crowd> {
  const filled = await fill(app.postgres.ownerUrl, n, world.protocols['employment-advice']!);
  await connected(app.postgres.ownerUrl, async (owner) => {
    await owner.query('begin');
    await owner.query("update app_user set email = id || '@crowd.example' where email like '%@bench.example'");
    await past(owner, filled.service);
    await left(owner, filled);
    await closed(owner, filled.participant, new Seal(app.get(AppKey).bytes, 'document'));
    await owner.query('commit');
    await owner.query('vacuum analyze');
  });
  return { ...filled, user: { id: filled.coach, name: 'Coach 0', email: '', role: 'coach', membership: filled.membership } };
}

/** The files of the one person who is opened, as the product writes them. */
async function closed(owner: Client, participant: string, seal: Seal): Promise<void> {
  const { rows } = await owner.query<{ id: string }>('select document_id as id from document_content where participant_id = $1', [participant]);
  for (const { id } of rows) await owner.query('update document_content set content = $2 where document_id = $1', [id, seal.closeBytes(Buffer.from('x'), id)]);
}

/** By name, so that a new column is no matter here; rows about each person of the service, most of them closed or over. */
async function past(owner: Client, service: string): Promise<void> {
  const own = 'from participant p join enrolment e on e.participant_id = p.id join assignment l on l.participant_id = p.id where p.service_id = $1';
  const each = (from: number, until: number): string => own.replace(' where', ` cross join generate_series(${from}, ${until}) i where`);
  const put = (table: string, values: Record<string, string>, source: string): Promise<unknown> =>
    owner.query(`insert into ${table} (service_id, ${Object.keys(values).join(', ')}) select $1, ${Object.values(values).join(', ')} ${source}`, [service]);
  const id = 'gen_random_uuid()';
  const participant_id = 'p.id';

  // Names as unlike each other as names are, and half of the silences heard of.
  await owner.query(`update participant set given_names = initcap(n.given), family_names = initcap(n.family), search = n.given || ' ' || n.family
    from (select id, translate(left(md5(id::text), 7), '0123456789', 'ghijklmnop') as given, translate(right(md5(id::text), 9), '0123456789', 'qrstuvwxyz') as family from participant) n
    where n.id = participant.id and service_id = $1`, [service]);
  await owner.query("update agenda_entry set from_on = current_date - 10 where kind = 'silence' and service_id = $1 and hashtext(id::text) & 1 = 0", [service]);

  await put('participant_phone', { id, participant_id, number: "'06 ' || left(p.id::text, 8)", digits: "right(translate(p.id::text, 'abcdef-', '012345'), 9)", owner: "'self'" }, own);
  await put('family_member', { id, participant_id, name: "'A sister'", relation: "'sister'" }, own);
  await put('recognition', { id, participant_id, scheme: "'rqth'", state: "'granted'", valid_from: 'current_date - 400 * i', valid_until: 'current_date - 400 * i + 500' }, each(1, 3));
  await put('functional_profile', { participant_id, support_needs: "'time'" }, own);
  await put('washington_group', {
    id, participant_id, asked_on: 'current_date - 100 * i', answered_by: "'self'", seeing: '1', hearing: '1', walking: '1', remembering: '1', self_care: '1', communicating: '1', recorded_at: 'now()',
  }, each(1, 3));
  await put('entry_answer', { participant_id, item: "'work-status'", value: "'inactive'", answered_on: 'current_date' }, own);
  await put('information_given', { id, participant_id, given_on: 'current_date - 90', wording_version: "'1'", format: "'plain'", willing: "'yes'", recorded_at: 'now()' }, own);
  await put('consent', {
    id, participant_id, purpose: "'family'", answer: "'yes'", wording_version: "'1'", format: "'plain'", giver: "'self'", method: "'handwritten'", given_on: 'current_date - 90 * i',
    withdrawn_on: 'case when i > 1 then current_date - 60 end',
  }, each(1, 3));
  await put('protection_measure', { id, participant_id, kind: "'none'", from_on: 'current_date - 300' }, own);
  await put('profile_section', { id, participant_id, section: "(array['work-wanted', 'interests', 'abilities', 'barriers'])[i]", words: "'Words'", own_words: 'false', written_on: 'current_date - 50', since_on: 'current_date - 50', recorded_at: 'now()' }, each(1, 4));
  await put('plan', { id, participant_id, enrolment_id: 'e.id', kind: "'search'", opened_on: 'current_date - 100 * i', closed_on: 'case when i > 1 then current_date - 100 * i + 50 end', review_on: 'current_date + 60', created_at: 'now()' }, each(1, 3));
  const plans = 'from plan it cross join generate_series(1, 3) i where it.service_id = $1';
  await put('plan_goal', { id, plan_id: 'it.id', participant_id: 'it.participant_id', words: "'A goal'", own_words: 'true', position: 'i', added_on: 'it.opened_on' }, plans);
  await put('plan_action', { id, plan_id: 'it.id', participant_id: 'it.participant_id', what: "'An action'", who: "'person'", position: 'i', added_on: 'it.opened_on', due_on: 'it.opened_on + 30', done_on: 'case when i > 1 then it.opened_on + 20 end' }, plans);
  await put('plan_agreement', { id, plan_id: 'it.id', participant_id: 'it.participant_id', agreed_on: 'it.opened_on', format: "'plain'", giver: "'self'", superseded_on: 'case when i > 1 then it.opened_on + i end', recorded_at: 'now()' }, plans);
  await put('natural_support', { id, participant_id, enrolment_id: 'e.id', none_needed: 'false', name: "'A friend'", relation: "'friend'", from_on: 'current_date - 100 * i', ended_on: 'case when i > 1 then current_date - 100 * i + 50 end', recorded_at: 'now()' }, each(1, 3));
  await put('agreement', {
    id, participant_id, enrolment_id: 'e.id', kind: "'two-party'", wording_version: "'1'", from_on: 'current_date - 100 * i', ended_on: 'case when i > 1 then current_date - 100 * i + 50 end', ended_reason: "case when i > 1 then 'Another follows' end", created_at: 'now()',
  }, each(1, 3));
  await put('agreement_signature', { id, agreement_id: 'it.id', participant_id: 'it.participant_id', party: "'service'", name: "'Coach 0'", method: "'handwritten'", signed_on: 'it.from_on', recorded_at: 'now()' }, 'from agreement it where it.service_id = $1');
  await put('document', {
    id, participant_id: 'it.participant_id', subject_kind: "'agreement'", subject_id: 'it.id', kind: "'agreement'", name: "'signed.pdf'", media_type: "'application/pdf'", bytes: '1', sha256: "repeat('0', 64)", added_at: 'now()',
  }, 'from agreement it where it.service_id = $1');
  await put('document_content', { document_id: 'd.id', participant_id: 'd.participant_id', content: "'x'" }, 'from document d where d.service_id = $1');
  // Whom a person was with before, whose days are over.
  await put('application', { id, participant_id, employer_name: "'An employer'", title: "'A job'", found_by: "'person'", state: "'sent'", state_on: 'current_date - 30 * i', applied_on: 'current_date - 30 * i', created_at: 'now()' }, each(1, 4));
  await put('benefits_advice', { id, participant_id, answer: "'declined'", given_on: 'current_date - 100 * i', recorded_at: 'now()' }, each(1, 2));
  await put('agreed_step', { id, participant_id, enrolment_id: 'e.id', to_what: "'standby'", answer: "'yes'", answered_on: 'current_date - 100 * i', format: "'plain'", giver: "'self'", recorded_at: 'now()' }, each(1, 2));
  await put('assignment', {
    id, participant_id, coach_id: '(select user_id from membership where service_id = $1 order by hashtext(id::text || p.id::text) limit 1)', kind: "'team'",
    from_on: 'date \'2023-01-01\' + i * 30', until_on: 'date \'2023-01-01\' + i * 30 + 20',
  }, each(1, 4));
  await owner.query('alter table enrolment disable trigger user; alter table step disable trigger user');
  await put('enrolment', {
    id, participant_id, pathway: 'e.pathway', protocol_version_id: 'e.protocol_version_id', operation_id: 'e.operation_id', stage: "'admitted'", stage_since: 'e.referred_on - 200',
    referred_on: 'e.referred_on - 400', admitted_on: 'e.referred_on - 300', closed_on: 'e.referred_on - 100', close_reason: "'moved'", created_at: 'now()',
  }, own);
  await put('referral', { id, participant_id, enrolment_id: 'e.id', source: "'self'", received_on: 'e.referred_on' }, `from enrolment e join participant p on p.id = e.participant_id where p.service_id = $1 and e.closed_on is not null`);
  await put('step', {
    id, participant_id, enrolment_id: 'e.id', seq: '1', version_id: 'e.protocol_version_id', key: "'admit'", from_stage: "'referred'", to_stage: "'admitted'", met: "'{}'",
    effective_on: 'e.referred_on + 10', taken_at: 'now()', taken_by: 'l.coach_id', taken_as: "'coach'",
  }, `${own} and l.kind = 'lead'`);
  await owner.query('alter table enrolment enable trigger user; alter table step enable trigger user');
  await put('agenda_entry', {
    id, participant_id, key: "'past:' || i", kind: "'stage-due'", nature: "'task'", wanted_from_on: 'current_date - 30 * i', wanted_due_on: 'current_date - 30 * i', from_on: 'current_date - 30 * i',
    due_on: 'current_date - 30 * i', for_whom: "case i % 2 when 0 then 'coach' else 'manager' end", subject_kind: "'participant'", done_on: 'current_date - 30 * i', outcome: "'done'",
  }, `from participant p cross join generate_series(1, 12) i where p.service_id = $1`);
  await partners(owner, service);
  // Once for each person, whoever else accompanies them.
  const once = (until: number): string => `${own.replace(' where', ` cross join generate_series(1, ${until}) i where`)} and l.kind = 'lead' and e.closed_on is null`;
  const at = (salt: string): string => `(select id from employer k where k.service_id = $1 order by hashtext(k.id::text || p.id::text || ${salt}) limit 1)`;
  // One job that runs, and two that are over, each at another employer than the one before it.
  await put('placement', {
    id, participant_id, enrolment_id: 'e.id', employer_id: at('i::text'), title: "'A job'", first_day_on: 'current_date - 300 * i', setting: "'ordinary'", contract: "'fixed'", found_by: "'coach'", created_at: 'now()',
    last_day_on: 'case when i > 1 then current_date - 300 * i + 200 end', end_precision: "case when i > 1 then 'exact' end", end_learnt_on: 'case when i > 1 then current_date - 300 * i + 201 end', end_by: "case when i > 1 then 'worker' end", end_reason: "case when i > 1 then 'better-job' end",
  }, once(3));
  const jobs = 'from placement it where it.service_id = $1';
  const ofJob = { id, placement_id: 'it.id', participant_id: 'it.participant_id', recorded_at: 'now()' };
  await put('placement_change', { ...ofJob, act: "'started'", effective_on: 'it.first_day_on', before: "'{}'", after: "'{}'" }, jobs);
  await put('placement_evidence', { ...ofJob, about: "'first-day'", on_day: 'it.first_day_on', kind: "'worker-word'", level: "'worker'" }, jobs);
  await put('placement_evidence', { ...ofJob, about: "'end'", on_day: 'it.last_day_on', kind: "'worker-word'", level: "'worker'" }, `${jobs} and it.last_day_on is not null`);
  await put('milestone', { id, placement_id: 'it.id', participant_id: 'it.participant_id', anchor: "'first-day'", anchored_on: 'it.first_day_on', month: 'm', due_on: '(it.first_day_on + make_interval(months => m))::date' }, 'from placement it cross join unnest(array[1, 3, 6, 9, 12, 18, 24, 36]) m where it.service_id = $1');
  const asked = { id, milestone_id: 'it.id', participant_id: 'it.participant_id', side: "'worker'", channel: "'call'", recorded_at: 'now()' };
  await put('milestone_answer', { ...asked, status: "'at-work'", about_on: 'it.due_on', answered_on: 'it.due_on', level: "'worker'" }, 'from milestone it where it.service_id = $1 and it.month < 9 and it.due_on < current_date');
  await put('milestone_attempt', { ...asked, tried_on: 'it.due_on' }, 'from milestone it where it.service_id = $1 and it.month = 9 and it.due_on < current_date');
  await put('accommodation', { id, participant_id, kind: "'time'", need: "'To begin later'", raised_on: 'current_date - 10 * i', raised_by: "'worker'", state: "case when i > 1 then 'in-place' else 'open' end", state_on: 'current_date - 10 * i', created_at: 'now()' }, once(3));
  await put('no_need_known', { id, participant_id, answered_on: 'current_date - 100', recorded_at: 'now()' }, once(1));
  await put('disclosure_sheet', { id, participant_id, nothing: 'false', decided_on: 'current_date - 100 * i', format: "'plain'", giver: "'self'", recorded_at: 'now()', ended_on: 'case when i > 1 then current_date - 100 * i + 90 end' }, once(3));
  await put('disclosure_item', { id, sheet_id: 'it.id', participant_id: 'it.participant_id', fact: "'support'", audience: 'm' }, "from disclosure_sheet it cross join unnest(array['hr', 'tutor']) m where it.service_id = $1");
  for (const [kind, source] of [['placement', jobs], ['milestone', 'from milestone it where it.service_id = $1 and it.month = 1']] as const) {
    await put('document', { id, participant_id: 'it.participant_id', subject_kind: `'${kind}'`, subject_id: 'it.id', kind: "'payslip'", name: "'payslip.pdf'", media_type: "'application/pdf'", bytes: '1', sha256: "repeat('0', 64)", added_at: 'now()' }, source);
  }
  await put('document_content', { document_id: 'd.id', participant_id: 'd.participant_id', content: "'x'" }, "from document d where d.service_id = $1 and d.kind = 'payslip'");
  await put('placement_evidence', { id, placement_id: 'd.subject_id', participant_id: 'd.participant_id', about: "'presence'", on_day: 'j.first_day_on', kind: "'payslip'", level: "'document'", document_id: 'd.id', recorded_at: 'now()' },
    "from document d join placement j on j.id = d.subject_id where d.service_id = $1 and d.subject_kind = 'placement'");
  // Each line of the log has the id of its moment, as newId() makes them.
  await put('audit_event', {
    id: `(lpad(to_hex((extract(epoch from d.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(p.id::text || i), 1, 3) || '8' || substr(md5(p.id::text || i), 4, 15))::uuid`,
    at: 'd.at', actor_id: 'l.coach_id', actor_name: 'u.name', actor_role: "'coach'", action: "(array['participant.opened', 'activity.logged', 'activity.corrected', 'enrolment.opened'])[1 + (hashtext(i || p.id::text) & 3)]",
    outcome: "case hashtext(p.id::text || i) & 3 when 0 then 'read' else 'done' end", subject_kind: "'participant'", subject_id: 'p.id', participant_id,
  }, `from participant p join assignment l on l.participant_id = p.id and l.kind = 'lead' join app_user u on u.id = l.coach_id cross join generate_series(1, 12) i
      cross join lateral (select now() - make_interval(hours => i * 100, mins => hashtext(p.id::text) & 1023) as at) d where p.service_id = $1`);
  await put('saved_view', { id, user_id: 'm.user_id', name: "'View ' || i", query: "'late=on'" }, 'from membership m cross join generate_series(1, 1) i where m.service_id = $1');
  await accounts(owner, service);
}

/** Employers with their sites, people and dealings. */
async function partners(owner: Client, service: string): Promise<void> {
  await owner.query("insert into employer (id, service_id, name, search, country, sector, place, created_at) select gen_random_uuid(), $1::uuid, initcap(w.name), w.name, 'FR', 'Trade', 'Lyon', now() from generate_series(1, 40) i cross join lateral (select translate(md5($1::uuid::text || i), '0123456789', 'ghijklmnop') as name) w", [service]);
  const each = 'from employer k cross join generate_series(1, 4) i where k.service_id = $1';
  await owner.query(`insert into employer_site (id, service_id, employer_id, name) select gen_random_uuid(), $1, k.id, 'Site ' || i ${each}`, [service]);
  await owner.query(`insert into employer_contact (id, service_id, employer_id, name, role) select gen_random_uuid(), $1, k.id, 'Contact ' || i, 'hr' ${each}`, [service]);
  await owner.query(`insert into employer_dealing (id, service_id, employer_id, kind, mode, happened_on, minutes, outcome, recorded_at, recorded_by) select gen_random_uuid(), $1, k.id, 'visit', 'call', current_date - i, 10, 'done', now(), (select user_id from membership where service_id = $1 limit 1) ${each}`, [service]);
}

/** Every fourth person has left: nothing is open any more, and nothing is to be done. */
async function left(owner: Client, { service, participant }: Filled): Promise<void> {
  const gone = "service_id = $1 and (hashtext(participant_id::text) & 3) = 0 and participant_id <> $2";
  await owner.query(`update enrolment set closed_on = current_date - 30, close_reason = 'moved' where closed_on is null and ${gone}`, [service, participant]);
  await owner.query(`update agenda_entry set done_on = current_date - 30, outcome = 'withdrawn' where done_on is null and ${gone}`, [service, participant]);
}

/** Sessions that ended, tokens that were revoked, forms that were sent; and people of other services who have an account. */
async function accounts(owner: Client, service: string): Promise<void> {
  const own = 'from membership m cross join generate_series(1, 20) i where m.service_id = $1';
  const hash = "sha256(convert_to(m.id::text || i || 'x', 'UTF8'))";
  await owner.query(`insert into session (id, id_hash, user_id, membership_id, created_at, last_seen_at, expires_at, ended_at) select gen_random_uuid(), ${hash}, m.user_id, m.id, now() - interval '30 days', now() - interval '30 days', now() - interval '29 days', now() - interval '29 days' ${own}`, [service]);
  await owner.query(`insert into access_token (id, token_hash, user_id, membership_id, name, scopes, created_at, expires_on) select gen_random_uuid(), ${hash}, m.user_id, m.id, 'A token', '{read}', now(), current_date ${own}`, [service]);
  await owner.query(`insert into idempotency_key (actor_id, route, key, request_hash, status, created_at) select m.user_id, 'POST /activities/new', 'key-' || m.id || i, ${hash}, 201, now() ${own}`, [service]);
  await owner.query("insert into app_user (id, email, name, language, created_at) select gen_random_uuid(), left(md5($1::uuid::text || i), 20) || '@elsewhere.example', 'User ' || i, 'fr', now() from generate_series(1, 1000) i", [service]);
  await owner.query(`with elsewhere as (insert into service (id, key, federation_id, name, place, country, time_zone, language) select gen_random_uuid(), gen_random_uuid()::text, federation_id, 'Elsewhere ' || i, 'Lyon', 'FR', 'Europe/Paris', 'fr' from service cross join generate_series(1, 20) i where id = $1 returning id)
    insert into membership (id, user_id, role, service_id, starts_on) select gen_random_uuid(), u.id, case hashtext(u.id::text) % 2 when 0 then 'coach' else 'manager' end, s.id, '2024-01-01'
      from app_user u join lateral (select id from elsewhere order by hashtext(id::text || u.id::text) limit 1) s on true where u.email like '%@elsewhere.example' and not exists (select from membership where user_id = u.id)`, [service]);
}
