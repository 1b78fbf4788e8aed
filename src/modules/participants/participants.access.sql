-- A person's record and everything that hangs on it: the wall of the service, a coach's caseload, a manager's service. No row changes owner, none is
-- renumbered; what is history (answers given on a day) is added to, never rewritten.
select app.protect(t::regclass, by => 'participant') from unnest(array['participant', 'participant_phone', 'family_member', 'recognition', 'functional_profile',
  'washington_group', 'entry_answer', 'information_given', 'consent', 'protection_measure']) t;

grant select, insert on participant, participant_phone, family_member, recognition, functional_profile, washington_group, entry_answer, information_given, consent, protection_measure to jalon_app;
grant update (given_names, family_names, known_as, search, born_on, born_precision, gender, document_kind, place, languages, channel, formats,
  emergency_name, emergency_phone, emergency_relation, version) on participant to jalon_app;
grant delete on participant_phone, family_member to jalon_app;
grant update (scheme, reference, state, valid_from, valid_until, version) on recognition to jalon_app;
grant update (families, main_family, families_refused, support_needs, version) on functional_profile to jalon_app;
grant update (value, refused, answered_on, recorded_by, version) on entry_answer to jalon_app;
grant update (withdrawn_on, version) on consent to jalon_app;
grant update (kind, holder, holder_phone, acts, by_service, document, from_on, until_on, withdrawn_at, withdrawn_by, withdrawn_reason, version) on protection_measure to jalon_app;
grant update (name, relation, takes_part, phone, version) on family_member to jalon_app;

-- People found among those whom the actor may see. `words` come without accents and in lower case, `tail` is the end of a phone number, as long as it was typed, or empty.
-- The wall stands inside, because the index on names cannot be used under row-level security.
create or replace function app.find_people(words text, tail text, n int)
returns table (id uuid, given_names text, family_names text, known_as text, born_on date, born_precision text, place text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
  p text[] := app.ctx();
  wall uuid := nullif(p[4], '')::uuid;
  own uuid[] := app.caseload();
  -- Each word begins a word of the name. The index knows patterns one by one, so the longest word leads it; the others are looked at in what it finds. No
  -- sign of a pattern is left in `words`.
  longest text := (select w from unnest(string_to_array(words, ' ')) w where w <> '' order by length(w) desc limit 1);
  beginning text[] := (select array_agg('% ' || w || '%') from unnest(string_to_array(words, ' ')) w where w <> '');
begin
  if wall is null or p[2] not in ('coach', 'manager', 'system') then return; end if;
  if p[2] = 'coach' then
    -- A caseload is small: its rows are looked at one by one.
    return query
      select f.id, f.given_names, f.family_names, f.known_as, f.born_on, f.born_precision, f.place
      from public.participant f
      where f.service_id = wall and f.id = any (own)
        and ((words <> '' and (words operator(public.<%) f.search or (' ' || f.search) like all (beginning)))
          or (tail <> '' and exists (select from public.participant_phone t where t.participant_id = f.id and right(t.digits, length(tail)) = tail)))
      order by public.word_similarity(words, f.search) desc, f.search, f.id
      limit least(n, 50);
    return;
  end if;
  -- Each branch by an index of its own.
  return query
    with hit as (
      select f.id from public.participant f where f.service_id = wall and length(words) > 3 and words operator(public.<%) f.search -- fewer letters are a beginning, not a likeness
      union select f.id from public.participant f where f.service_id = wall and (f.search like longest || '%' or f.search like '% ' || longest || '%') and (' ' || f.search) like all (beginning)
      -- An end is a beginning from behind; the colon comes after every digit.
      union select t.participant_id from public.participant_phone t where t.service_id = wall and tail <> '' and (reverse(t.digits) collate "C") >= reverse(tail) and (reverse(t.digits) collate "C") < reverse(tail) || ':'
    )
    select f.id, f.given_names, f.family_names, f.known_as, f.born_on, f.born_precision, f.place
    from hit join public.participant f on f.id = hit.id
    order by public.word_similarity(words, f.search) desc, f.search, f.id
    limit least(n, 50);
end $$;

-- Who in the whole service may be the same person: name, year of birth and coach, nothing else. Offered to who is about to write somebody new.
create or replace function app.find_duplicates(wanted text, day date, tail text)
returns table (id uuid, name text, born_year int, coach text, same_name boolean, same_birth boolean, same_phone boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set pg_trgm.word_similarity_threshold = 0.5 set pg_trgm.similarity_threshold = 0.35 as $$
#variable_conflict use_column
declare
  p text[] := app.ctx();
  wall uuid := nullif(p[4], '')::uuid;
  today date := nullif(p[5], '')::date;
  own uuid[] := app.caseload();
begin
  if wall is null or p[2] not in ('coach', 'manager', 'system') then return; end if;
  return query
    with alike as (
      select f.id from public.participant f where f.service_id = wall and wanted <> '' and wanted operator(public.<%) f.search
      union select f.id from public.participant f where f.service_id = wall and wanted <> '' and f.search operator(public.%) wanted
      union select f.id from public.participant f where f.service_id = wall and f.born_on = day and day is not null
      union select t.participant_id from public.participant_phone t where t.service_id = wall and tail <> '' and t.digits = tail
    ), judged as (
      select f.*, greatest(public.word_similarity(wanted, f.search), public.word_similarity(f.search, wanted)) as near,
        -- Every word of one name has its like in the other: a common family name alone is no likeness.
        wanted <> '' and (not exists (select from unnest(string_to_array(wanted, ' ')) w where public.word_similarity(w, f.search) < 0.45)
          or not exists (select from unnest(string_to_array(f.search, ' ')) w where public.word_similarity(w, wanted) < 0.45)) as name_fits,
        coalesce(f.born_on = day, false) as day_fits,
        exists (select from public.participant_phone t where t.participant_id = f.id and tail <> '' and t.digits = tail) as phone_fits
      from alike a join public.participant f on f.id = a.id
    )
    select case when p[2] <> 'coach' or j.id = any (own) then j.id end, j.given_names || ' ' || j.family_names, extract(year from j.born_on)::int,
      (select u.name from public.assignment s join public.app_user u on u.id = s.coach_id
        where s.participant_id = j.id and s.kind = 'lead' and s.from_on <= today and (s.until_on is null or s.until_on > today)),
      j.name_fits, j.day_fits, j.phone_fits
    from judged j
    where j.phone_fits or (j.day_fits and j.near > 0.45)
      -- The same name with birth dates known on both sides, years apart, is somebody else.
      or (j.name_fits and (day is null or j.born_on is null or abs(extract(year from j.born_on) - extract(year from day)) <= 2))
    order by (j.phone_fits::int + j.day_fits::int) desc, j.near desc, j.id
    limit 10;
end $$;

grant execute on function app.find_people(text, text, int), app.find_duplicates(text, date, text) to jalon_app;
