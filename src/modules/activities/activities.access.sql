-- Whom an activity served follows the person; these rows are written once, and the day follows by the foreign key.
select app.protect('activity_participant', by => 'participant');
grant select, insert on activity_participant to jalon_app;

-- By hand, because an activity has several people: a coach sees it when one of them is theirs (the policy of activity_participant cuts the inner query),
-- writes in their own name only, and corrects only what they wrote.
select app.protect('activity', by => 'service');
drop policy activity_service on activity;
create policy activity_read on activity for select to jalon_app
  using ((select app.in_service_as('coach')) and exists (select from activity_participant s where s.activity_id = activity.id));
create policy activity_log on activity for insert to jalon_app
  with check ((select app.in_service_as('coach')) and recorded_by = (select app.actor_id()));
create policy activity_correct on activity for update to jalon_app
  using ((select app.in_service_as('coach')) and recorded_by = (select app.actor_id()) and exists (select from activity_participant s where s.activity_id = activity.id))
  with check ((select app.in_service_as('coach')) and recorded_by = (select app.actor_id()));
create policy activity_service on activity for all to jalon_app
  using ((select app.in_service_as('manager', 'system'))) with check ((select app.in_service_as('manager', 'system')));
grant select, insert, update (kind, mode, place, happened_on, minutes, outcome, note, withdrawn_at, withdrawn_by, withdrawn_reason, version) on activity to jalon_app;
