select app.protect('profile_section', by => 'participant');
grant select, insert on profile_section to jalon_app;
