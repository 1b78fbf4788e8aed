-- Reasons to act: as visible as the person they are about. What is written about whom never moves; the rest follows the facts.
select app.protect('agenda_entry', by => 'participant');
grant select, insert,
  update (enrolment_id, kind, nature, wanted_from_on, wanted_due_on, from_on, due_on, postponed_reason, for_whom, user_id, subject_kind, subject_id, params, by_hand, done_on, done_by, outcome, version)
  on agenda_entry to jalon_app;
-- What was done by hand is added to, never rewritten.
select app.protect('agenda_act', by => 'participant');
grant select, insert on agenda_act to jalon_app;
