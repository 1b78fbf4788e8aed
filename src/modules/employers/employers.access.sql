select app.protect('employer', by => 'service');
select app.protect('employer_site', by => 'service');
select app.protect('employer_contact', by => 'service');
select app.protect('employer_dealing', by => 'service');
grant select, insert on employer, employer_site, employer_contact, employer_dealing to jalon_app;
-- That it is a double is written by `app.merge_employers` alone.
grant update (name, search, registration, country, sector, size, is_public, place, note, next_on, next_what, version) on employer to jalon_app;
grant update (name, place, closed_on, version) on employer_site to jalon_app;
grant update (name, role, site_id, phone, email, left_on, version) on employer_contact to jalon_app;
grant update (kind, mode, contact_id, happened_on, minutes, outcome, note, withdrawn_at, withdrawn_reason, version) on employer_dealing to jalon_app;

-- Who bears these words, each the beginning of a word of name, place or sector: trigram operators are not leakproof, so under row-level security no index would be used.
-- The wall is held here. The index knows patterns one by one, so the longest word leads it, by its first letters; no sign of a pattern is left in them.
create or replace function app.find_employers(words text[]) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  wall uuid := app.service_id();
  longest text := (select '% ' || left(w, 8) || '%' from unnest(words) w order by length(w) desc limit 1);
  beginning text[] := (select array_agg('% ' || w || '%') from unnest(words) w);
begin
  if wall is null or not app.in_service_as('coach', 'manager', 'system') then return; end if;
  return query select e.id from public.employer e where e.service_id = wall and e.merged_into is null and (' ' || e.search) like longest and (' ' || e.search) like all (beginning);
end $$;
grant execute on function app.find_employers(text[]) to jalon_app;

-- Nothing is written on a double, in the very moment of the merge either: who writes waits for it, looks again, and is refused; the merge waits for who wrote first, and moves what they wrote.
-- A foreign key would only see that the row is still there.
create or replace function app.employer_stands() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare kept uuid;
begin
  if new.employer_id is null or (tg_op = 'UPDATE' and new.employer_id is not distinct from old.employer_id) then return new; end if;
  select e.merged_into into kept from public.employer e where e.service_id = new.service_id and e.id = new.employer_id for key share;
  if kept is not null then raise exception 'employer-merged' using errcode = 'JA409'; end if;
  return new;
end $$;
do $$
declare name text;
begin
  foreach name in array array['employer_site', 'employer_contact', 'employer_dealing', 'disclosure_sheet', 'agreement', 'application', 'placement'] loop
    execute format('create or replace trigger %I before insert or update of employer_id on %I for each row execute function app.employer_stands()', name || '_employer_stands', name);
  end loop;
end $$;

-- How much hangs on an employer, in the whole service: numbers, and never whose. Asked by a manager before two records become one.
create or replace function app.count_of_employer(one uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare wall uuid := app.service_id();
begin
  if wall is null or not app.in_service_as('manager', 'system') then raise exception 'only a manager makes two employers one' using errcode = '42501'; end if;
  return jsonb_build_object(
    'sites', (select count(*) from public.employer_site t where t.service_id = wall and t.employer_id = one),
    'contacts', (select count(*) from public.employer_contact t where t.service_id = wall and t.employer_id = one),
    'dealings', (select count(*) from public.employer_dealing t where t.service_id = wall and t.employer_id = one),
    'jobs', (select count(*) from public.placement t where t.service_id = wall and t.employer_id = one),
    'applications', (select count(*) from public.application t where t.service_id = wall and t.employer_id = one),
    'agreements', (select count(*) from public.agreement t where t.service_id = wall and t.employer_id = one),
    'sheets', (select count(*) from public.disclosure_sheet t where t.service_id = wall and t.employer_id = one));
end $$;

-- Two records of one employer become one: everything that names `dup` names `kept` from now on, people's facts too, which a coach alone may not all see.
-- Answers what stands against it, and how often, before anything is touched; null where it is done.
create or replace function app.merge_employers(dup uuid, kept uuid, at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  wall uuid := app.service_id();
  n int;
begin
  if wall is null or not app.in_service_as('manager', 'system') then raise exception 'only a manager makes two employers one' using errcode = '42501'; end if;
  if dup = kept then raise exception 'an employer is not merged into itself' using errcode = '22023'; end if;
  -- Always in one order, so that two merges cannot wait for each other.
  perform from public.employer e where e.service_id = wall and e.id in (dup, kept) order by e.id for update;
  if (select count(*) from public.employer e where e.service_id = wall and e.id in (dup, kept)) <> 2 then raise exception 'both employers are of this service' using errcode = '42501'; end if;
  -- Another merge was faster.
  if exists (select from public.employer e where e.service_id = wall and e.id in (dup, kept) and e.merged_into is not null) then raise exception 'employer-merged' using errcode = 'JA409'; end if;
  -- One person does not hold two jobs at one employer on the same day.
  select count(*) into n from public.placement a join public.placement b on b.service_id = a.service_id and b.participant_id = a.participant_id
    where a.service_id = wall and a.employer_id = dup and b.employer_id = kept and a.first_day_on is not null and b.first_day_on is not null and a.annulled_at is null and b.annulled_at is null
      and daterange(a.first_day_on, a.last_day_on, '[]') && daterange(b.first_day_on, b.last_day_on, '[]');
  if n > 0 then return jsonb_build_object('code', 'jobs', 'count', n); end if;
  -- What somebody decided for one employer says nothing of the other: beside a decision in force, one that was taken back forbids all the same. Which of them holds is theirs to say.
  select count(distinct a.participant_id) into n from public.disclosure_sheet a join public.disclosure_sheet b on b.service_id = a.service_id and b.participant_id = a.participant_id
    where a.service_id = wall and a.employer_id = dup and b.employer_id = kept and (a.ended_on is null or b.ended_on is null);
  if n > 0 then return jsonb_build_object('code', 'sheets', 'count', n); end if;
  set constraints public.employer_contact_site, public.employer_dealing_contact, public.placement_site deferred;
  update public.employer_site t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.employer_contact t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.employer_dealing t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.placement t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.application t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.agreement t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  update public.disclosure_sheet t set employer_id = kept where t.service_id = wall and t.employer_id = dup;
  -- What was made one with the double before stands with the one that stays.
  update public.employer e set merged_into = kept where e.service_id = wall and e.merged_into = dup;
  update public.employer e set merged_into = kept, merged_at = at, version = e.version + 1 where e.service_id = wall and e.id = dup;
  set constraints public.employer_contact_site, public.employer_dealing_contact, public.placement_site immediate;
  return null;
end $$;
grant execute on function app.count_of_employer(uuid), app.merge_employers(uuid, uuid, timestamptz) to jalon_app;
