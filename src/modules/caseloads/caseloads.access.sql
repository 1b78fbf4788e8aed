-- The people a coach looks after today, from the index alone; twice who is assigned twice. Read once a statement by every policy of shape `participant`.
create or replace function app.caseload() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.ctx();
begin
  if p is null or p[2] <> 'coach' or p[1] = '' or p[4] = '' then return '{}'::uuid[]; end if;
  return coalesce((select array_agg(a.participant_id) from public.assignment a
    where a.service_id = p[4]::uuid and a.coach_id = p[1]::uuid and a.from_on <= p[5]::date and (a.until_on is null or a.until_on > p[5]::date)), '{}'::uuid[]);
end $$;

-- An id that nobody bears yet, and that nobody has been given.
create or replace function app.is_new_participant(person uuid) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (select from public.participant where id = person) and not exists (select from public.assignment where participant_id = person);
end $$;

grant execute on function app.caseload(), app.is_new_participant(uuid) to jalon_app;

-- By hand, because being assigned is what opens everything else: a coach takes on a person who does not exist yet and nobody who does; only a manager hands over.
select app.protect('assignment', by => 'service');
drop policy assignment_service on assignment;
create policy assignment_own on assignment for select to jalon_app
  using ((select app.in_service_as('coach')) and (coach_id = (select app.actor_id()) or participant_id = any ((select app.caseload())::uuid[])));
create policy assignment_first on assignment for insert to jalon_app
  with check ((select app.in_service_as('coach')) and coach_id = (select app.actor_id()) and kind = 'lead' and from_on = (select app.today()) and app.is_new_participant(participant_id));
create policy assignment_service on assignment for all to jalon_app
  using ((select app.in_service_as('manager', 'system'))) with check ((select app.in_service_as('manager', 'system')));

grant select, insert, update (until_on, withdrawn_on, version) on assignment to jalon_app;
