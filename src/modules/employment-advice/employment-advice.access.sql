select app.protect('application', by => 'participant');
select app.protect('benefits_advice', by => 'participant');
select app.protect('agreed_step', by => 'participant');
grant select, insert on application, benefits_advice, agreed_step to jalon_app;
