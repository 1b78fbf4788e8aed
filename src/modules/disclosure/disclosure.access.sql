select app.protect('disclosure_sheet', by => 'participant');
select app.protect('disclosure_item', by => 'participant');
-- A decision is never rewritten: a sheet ends, an item is taken back.
grant select, insert, update (ended_on, version) on disclosure_sheet to jalon_app;
grant select, insert, update (revoked_on, version) on disclosure_item to jalon_app;
create or replace trigger disclosure_sheet_stays before update on disclosure_sheet for each row execute function app.stays('ended_on');
create or replace trigger disclosure_item_stays before update on disclosure_item for each row execute function app.stays('revoked_on');
