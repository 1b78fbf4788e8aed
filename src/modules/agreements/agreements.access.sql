-- What somebody has signed is written once; of the agreement, its terms until then, its end afterwards.
select app.protect('agreement', by => 'participant');
select app.protect('agreement_signature', by => 'participant');
grant select, insert on agreement, agreement_signature to jalon_app;
grant update (terms, from_on, until_on, signed_on, ended_on, ended_reason, version) on agreement to jalon_app;
