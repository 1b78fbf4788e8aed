select app.protect('accommodation', by => 'participant');
grant select, insert on accommodation to jalon_app;
