-- Wall 2 of the log: everybody who acts writes their own line and no other's; nobody changes one (grants, and a trigger that stops the owner as well).

-- The caseload is the work of a later module: this name is bound when it is called.
create or replace function app.audit_caseload() returns uuid[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return (app.caseload())::uuid[]; end $$;
grant execute on function app.audit_caseload() to jalon_app;

alter table audit_event enable row level security;
drop policy if exists audit_event_write on audit_event;
drop policy if exists audit_event_administrator on audit_event;
drop policy if exists audit_event_manager on audit_event;
drop policy if exists audit_event_coach on audit_event;
-- The system writes for those who are not signed in (a refused sign-in) and on behalf of those who are.
create policy audit_event_write on audit_event for insert to jalon_app with check (
  (select app.is_system())
  or (actor_id = (select app.actor_id()) and service_id is not distinct from (select app.service_id())));
-- The administrator answers for the log of the whole platform; it holds no name of a participant.
create policy audit_event_administrator on audit_event for select to jalon_app using ((select app.role()) = 'administrator');
create policy audit_event_manager on audit_event for select to jalon_app using (
  (select app.in_service_as('manager')) and service_id = (select app.service_id()) and participant_id is not null);
create policy audit_event_coach on audit_event for select to jalon_app using (
  (select app.in_service_as('coach')) and service_id = (select app.service_id()) and participant_id = any ((select app.audit_caseload())::uuid[]));
grant select, insert on audit_event to jalon_app;
