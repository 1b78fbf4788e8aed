-- Wall 2 of what is common to all: known people read; the administrator writes, and the system when it builds a world.
do $$
declare name text;
begin
  foreach name in array array['federation', 'programme', 'operation', 'service', 'service_site', 'programme_service'] loop
    perform app.protect(name::regclass, by => 'reference');
    execute format('create policy %I on %I for insert to jalon_app with check ((select app.is_system()) or (select app.role()) = ''administrator'')', name || '_add', name);
    execute format('create policy %I on %I for update to jalon_app using ((select app.is_system()) or (select app.role()) = ''administrator'')
      with check ((select app.is_system()) or (select app.role()) = ''administrator'')', name || '_edit', name);
  end loop;
end $$;
grant select, insert on federation, programme, operation, service, service_site, programme_service to jalon_app;
grant update (name, country, version) on federation to jalon_app;
grant update (name, opens_on, closes_on, version) on programme to jalon_app;
grant update (name, opens_on, closes_on, eligibility, reference_population, version) on operation to jalon_app;
grant update (name, place, country, time_zone, language, version) on service to jalon_app;
grant update (name, search, place, opens_on, closes_on, version) on service_site to jalon_app;
grant update (opens_on, closes_on) on programme_service to jalon_app;
