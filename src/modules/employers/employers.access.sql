select app.protect('employer', by => 'service');
select app.protect('employer_site', by => 'service');
select app.protect('employer_contact', by => 'service');
select app.protect('employer_dealing', by => 'service');
grant select, insert on employer, employer_site, employer_contact, employer_dealing to jalon_app;
