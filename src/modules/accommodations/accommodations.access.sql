select app.protect('accommodation', by => 'participant');
select app.protect('no_need_known', by => 'participant');
grant select, insert, update (placement_id, kind, need, raised_on, raised_by, agreed_on, owner, owner_name, interim, interim_from_on, state, state_on, version) on accommodation to jalon_app;
grant select, insert on no_need_known to jalon_app;
