-- By hand, because a kept filter is its user's alone, in the service where it was made.
select app.protect('saved_view', by => 'service');
drop policy saved_view_service on saved_view;
create policy saved_view_own on saved_view for all to jalon_app using (user_id = (select app.actor_id())) with check (user_id = (select app.actor_id()));
grant select, insert, update (query), delete on saved_view to jalon_app;
