select app.protect('placement', by => 'participant');
select app.protect('placement_change', by => 'participant');
select app.protect('placement_evidence', by => 'participant');
grant select, insert on placement, placement_change, placement_evidence to jalon_app;
