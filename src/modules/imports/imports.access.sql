-- Registers hold a whole service's people: the manager's alone, and the system's that works for one.
select app.protect('import_run', by => 'service');
select app.protect('import_row', by => 'service');
select app.protect('import_mapping', by => 'service');
create policy import_run_manager on import_run as restrictive for all to jalon_app using ((select app.in_service_as('manager', 'system'))) with check ((select app.in_service_as('manager', 'system')));
create policy import_row_manager on import_row as restrictive for all to jalon_app using ((select app.in_service_as('manager', 'system'))) with check ((select app.in_service_as('manager', 'system')));
create policy import_mapping_manager on import_mapping as restrictive for all to jalon_app using ((select app.in_service_as('manager', 'system'))) with check ((select app.in_service_as('manager', 'system')));

grant select, insert on import_run, import_row, import_mapping to jalon_app;
grant update (columns, mapping, answers, state, failure, done, counts, committed_at, version) on import_run to jalon_app;
grant update (cells, outcome, says, participant_id, same_as, other_than), delete on import_row to jalon_app;
grant update (mapping, answers, used_at) on import_mapping to jalon_app;

-- What is written by the thousand into tables that were small: how the server looks up their keys, it decides once a connection, by what it believes of their size. Held up by nobody.
create or replace function app.learn_sizes() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.in_service_as('manager', 'system') then raise exception 'not for this role' using errcode = '42501'; end if;
  analyze (skip_locked) public.participant, public.assignment, public.enrolment, public.agenda_entry;
end $$;
grant execute on function app.learn_sizes() to jalon_app;
