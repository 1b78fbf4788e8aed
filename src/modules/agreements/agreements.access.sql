select app.protect('agreement', by => 'participant');
select app.protect('agreement_signature', by => 'participant');
grant select, insert on agreement, agreement_signature to jalon_app;
