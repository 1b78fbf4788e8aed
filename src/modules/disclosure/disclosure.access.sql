select app.protect('disclosure_sheet', by => 'participant');
select app.protect('disclosure_item', by => 'participant');
-- A decision is never rewritten: a sheet ends, an item is taken back.
grant select, insert, update (ended_on, version) on disclosure_sheet to jalon_app;
grant select, insert, update (revoked_on, version) on disclosure_item to jalon_app;
