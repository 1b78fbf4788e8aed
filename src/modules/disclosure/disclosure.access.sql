select app.protect('disclosure_sheet', by => 'participant');
select app.protect('disclosure_item', by => 'participant');
grant select, insert on disclosure_sheet, disclosure_item to jalon_app;
