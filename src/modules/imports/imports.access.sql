select app.protect('import_run', by => 'service');
select app.protect('import_row', by => 'service');
select app.protect('import_mapping', by => 'service');
grant select, insert on import_run, import_row, import_mapping to jalon_app;
