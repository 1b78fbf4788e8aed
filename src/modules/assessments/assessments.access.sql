-- A section is written anew in its place; what stood there before is in the log.
select app.protect('profile_section', by => 'participant');
grant select, insert, update (words, own_words, written_on, since_on, own_since_on, recorded_at, recorded_by, version) on profile_section to jalon_app;
