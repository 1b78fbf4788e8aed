-- What the second wall stands on: the signed context, and the policies by shape of table. Applied after the migrations, before every
-- module's own file, all in one transaction; so what a file no longer says is gone.

-- Rights are what the files say, from nothing.
revoke all on all tables in schema public from jalon_app;
revoke all on all functions in schema app from jalon_app;
grant usage on schema public, app to jalon_app;
do $$
declare p record;
begin
  -- Loads the library: a function may only carry a setting that PostgreSQL knows by then.
  if exists (select from pg_extension where extname = 'pg_trgm') then perform public.similarity('', ''); end if;
  execute format('revoke temporary on database %I from public', current_database());
  for p in select polname, polrelid::regclass as tbl from pg_policy join pg_class c on c.oid = polrelid where c.relnamespace = 'public'::regnamespace loop
    execute format('drop policy %I on %s', p.polname, p.tbl);
  end loop;
end $$;

-- `pg_temp` comes last in every search path: named nowhere it would come first, and a role that may make temporary types could pass its own off.

-- The context's nine parts: actor | role | scope | service | day | signed at | until | backend pid | signature. Null when there is none;
-- 42501 when it is forged, of another connection, of a transaction before this one (ten seconds are left to clocks), or too old.
create or replace function app.ctx() returns text[] language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  c text := nullif(current_setting('app.ctx', true), ''); -- '' after the transaction that set it
  p text[];
  k app_secret.ctx_key;
begin
  if c is null then return null; end if;
  p := string_to_array(c, '|');
  select * into k from app_secret.ctx_key;
  if cardinality(p) <> 9 or k.one is null
    or p[9] <> encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(array_to_string(p[1:8], '|'), 'UTF8'))), 'hex')
    or p[8] <> pg_backend_pid()::text
  then raise exception 'forged context' using errcode = '42501'; end if;
  if p[6]::float8 < extract(epoch from now()) - 10 then raise exception 'replayed context' using errcode = '42501'; end if;
  if p[7]::int8 < extract(epoch from clock_timestamp()) then raise exception 'stale context' using errcode = '42501'; end if;
  return p;
end $$;

create or replace function app.actor_id() returns uuid language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return nullif((app.ctx())[1], '')::uuid; end $$;
create or replace function app.role() returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return nullif((app.ctx())[2], ''); end $$;
create or replace function app.scope() returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return nullif((app.ctx())[3], ''); end $$;
create or replace function app.service_id() returns uuid language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return nullif((app.ctx())[4], '')::uuid; end $$;
-- The actor's day, as the application's clock has it; policies never ask the server's.
create or replace function app.today() returns date language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return nullif((app.ctx())[5], '')::date; end $$;
-- False, never null, for everybody else and without a context.
create or replace function app.is_system(purpose text default null) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.ctx();
begin return coalesce(p[2] = 'system' and (purpose is null or p[3] = purpose), false); end $$;
-- Some actor is known: a person, or the system.
create or replace function app.is_known() returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.ctx();
begin return coalesce(p[1] <> '' or p[2] = 'system', false); end $$;
-- One of these roles in one of its own services. False without a service.
create or replace function app.in_service_as(variadic roles text[]) returns boolean language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare p text[] := app.ctx();
begin return coalesce(p[4] <> '' and p[2] = any (roles), false); end $$;
-- The last migration: what a process compares with its own before it serves.
create or replace function app.migration() returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin return (select name from public.pgmigrations order by id desc limit 1); end $$;

grant execute on function app.ctx(), app.actor_id(), app.role(), app.scope(), app.service_id(), app.today(), app.is_system(text), app.is_known(), app.in_service_as(text[]), app.migration() to jalon_app;

-- Protects a table: row-level security on, and the policies of its shape. Grants are the module's.
--   participant  the wall of the service; a coach's own caseload; a manager's and the system's whole service. `col` names the person's column.
--   service      the wall of the service; everybody who works in it.
--   reference    read by everybody known; who writes it is said by hand.
-- A coach finds people by an array made once a statement (InitPlan), never by a function called for each row.
-- What is taken back stays so: the columns named, once they say something, say the same for good.
create or replace function app.stays() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare name text;
begin
  foreach name in array tg_argv loop
    if to_jsonb(old) ->> name is not null and to_jsonb(new) ->> name is distinct from to_jsonb(old) ->> name then raise exception '% of % stays as it is', name, tg_table_name using errcode = '42501'; end if;
  end loop;
  return new;
end $$;

create or replace function app.protect(tbl regclass, by text, col text default null) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name text := (select relname from pg_class where oid = tbl);
  person text := coalesce(col, case when name = 'participant' then 'id' else 'participant_id' end);
  wall text := 'service_id = (select app.service_id())';
  p record;
begin
  execute format('alter table %s enable row level security', tbl);
  for p in select polname from pg_policy where polrelid = tbl loop
    execute format('drop policy %I on %s', p.polname, tbl);
  end loop;
  if by = 'reference' then
    execute format('create policy %I on %s for select to jalon_app using ((select app.is_known()))', name || '_read', tbl);
    return;
  end if;
  execute format('create policy %I on %s as restrictive for all to jalon_app using (%s) with check (%3$s)', name || '_wall', tbl, wall);
  if by = 'participant' then
    -- One policy, and the wall not said again: each look-up of the context verifies its signature.
    execute format('create policy %I on %s for all to jalon_app using (%s) with check (%3$s)', name || '_people', tbl,
      format('(select app.in_service_as(''manager'', ''system'')) or ((select app.in_service_as(''coach'')) and %I = any ((select app.caseload())::uuid[]))', person));
  elsif by = 'service' then
    execute format('create policy %I on %s for all to jalon_app using (%s) with check (%3$s)', name || '_service', tbl,
      '(select app.in_service_as(''coach'', ''manager'', ''cashier'', ''system'')) and ' || wall);
  else
    raise exception 'app.protect does not know the shape %', by;
  end if;
end $$;

-- A repeated form answers only who sent it first; what is a day old goes, whosever it is.
select app.protect('idempotency_key', by => 'reference');
drop policy idempotency_key_read on idempotency_key;
create policy idempotency_key_own on idempotency_key for all to jalon_app using (actor_id = (select app.actor_id())) with check (actor_id = (select app.actor_id()));
create policy idempotency_key_purge_read on idempotency_key for select to jalon_app using ((select app.is_system('purge')));
create policy idempotency_key_purge on idempotency_key for delete to jalon_app using ((select app.is_system('purge')));
grant select, insert, update (status, location, made_id), delete on idempotency_key to jalon_app;
