-- Wall 2 of accounts. What opens a door (hashes, sessions, tokens, links, attempts) is the sign-in's alone: one policy, one purpose.
do $$
declare name text;
begin
  foreach name in array array['credential', 'session', 'access_token', 'one_time_link', 'sign_in_attempt', 'known_browser'] loop
    execute format('alter table %I enable row level security', name);
    execute format('drop policy if exists %I on %I', name || '_sign_in', name);
    execute format('create policy %I on %I for all to jalon_app using ((select app.is_system(''sign-in''))) with check ((select app.is_system(''sign-in'')))', name || '_sign_in', name);
  end loop;
end $$;
grant select, insert on credential, session, access_token, one_time_link, sign_in_attempt, known_browser to jalon_app;
grant update (password_hash, changed_at) on credential to jalon_app;
grant update (last_seen_at, ended_at) on session to jalon_app;
grant update (last_used_at, revoked_at) on access_token to jalon_app;
grant update (used_at) on one_time_link to jalon_app;
grant update (created_at) on known_browser to jalon_app;
grant update (failures, window_starts_at, blocked_until), delete on sign_in_attempt to jalon_app;

-- What has ended goes, by a purpose of its own that sees nothing else; of sessions a user's last one stays, which says under which membership the next opens.
create policy session_purge_read on session for select to jalon_app using ((select app.is_system('purge')));
create policy session_purge on session for delete to jalon_app using ((select app.is_system('purge')) and least(ended_at, expires_at) < (select app.today()));
create policy access_token_purge_read on access_token for select to jalon_app using ((select app.is_system('purge')));
create policy access_token_purge on access_token for delete to jalon_app using ((select app.is_system('purge')) and least(revoked_at, expires_on) < (select app.today()));
create policy one_time_link_purge_read on one_time_link for select to jalon_app using ((select app.is_system('purge')));
create policy one_time_link_purge on one_time_link for delete to jalon_app using ((select app.is_system('purge')) and least(used_at, expires_at) < (select app.today()));
create policy known_browser_purge_read on known_browser for select to jalon_app using ((select app.is_system('purge')));
create policy known_browser_purge on known_browser for delete to jalon_app using ((select app.is_system('purge')) and created_at < (select app.today()));
grant delete on session, access_token, one_time_link, known_browser to jalon_app;

-- Accounts hold addresses: the administrator reads them all, everybody their own, the system what it builds and signs in. Others ask names below.
alter table app_user enable row level security;
alter table membership enable row level security;
drop policy if exists app_user_own on app_user;
drop policy if exists app_user_administration on app_user;
drop policy if exists membership_own on membership;
drop policy if exists membership_administration on membership;
create policy app_user_own on app_user for select to jalon_app using (id = (select app.actor_id()));
create policy app_user_administration on app_user for all to jalon_app
  using ((select app.is_system()) or (select app.role()) = 'administrator') with check ((select app.is_system()) or (select app.role()) = 'administrator');
create policy membership_own on membership for select to jalon_app using (user_id = (select app.actor_id()));
create policy membership_administration on membership for all to jalon_app
  using ((select app.is_system()) or (select app.role()) = 'administrator') with check ((select app.is_system()) or (select app.role()) = 'administrator');
grant select, insert on app_user, membership to jalon_app;
grant update (email, name, language, disabled_at, version) on app_user to jalon_app;
grant update (ends_on, version) on membership to jalon_app;

-- The names behind ids that a page already shows. No address, no way to list.
create or replace function app.user_names(ids uuid[]) returns table (id uuid, name text) language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not app.is_known() then return; end if;
  return query select it.id, it.name from public.app_user it where it.id = any (ids);
end $$;
-- Who works as a coach in the actor's own service on the actor's day.
create or replace function app.coaches() returns table (id uuid, name text) language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  here uuid := app.service_id();
  day date := app.today();
begin
  return query select distinct it.id, it.name from public.membership part join public.app_user it on it.id = part.user_id
    where part.service_id = here and part.role = 'coach' and part.starts_on <= day and (part.ends_on is null or part.ends_on > day) and it.disabled_at is null;
end $$;
grant execute on function app.user_names(uuid[]), app.coaches() to jalon_app;
